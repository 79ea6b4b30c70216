// console.* goes where the engine's own output goes, in order with it.

let format;
const text = (args) => {
  if (args.length === 1 && typeof args[0] === "string") return args[0];
  format ??= require("node:util").format;
  return format(...args);
};

let indentation = "";
const indented = (message) => (indentation ? indentation + message.replaceAll("\n", `\n${indentation}`) : message);

function printed(...args) {
  native.printLine(indented(text(args)));
}

function reported(kind) {
  return (...args) => {
    const frame = modules.errors.callerFrame();
    native.printError(kind, indented(text(args)), frame?.function ?? "", frame?.file ?? "console", frame?.line ?? 0);
  };
}

const ERROR = 1;
const WARNING = 2;
console.log = printed;
console.info = printed;
console.debug = printed;
console.dir = (value, options) => printed(require("node:util").inspect(value, options));
console.error = reported(ERROR);
console.warn = reported(WARNING);
console.trace = (...args) => {
  const holder = { name: "Trace", message: text(args) };
  Error.captureStackTrace(holder, console.trace);
  printed(holder.stack);
};
console.assert = (condition, ...args) => {
  if (!condition) console.error("Assertion failed", ...args);
};
console.group = (...args) => {
  if (args.length > 0) printed(...args);
  indentation += "  ";
};
console.groupCollapsed = console.group;
console.groupEnd = () => {
  indentation = indentation.slice(2);
};
