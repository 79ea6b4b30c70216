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
  if (condition) return;
  if (typeof args[0] === "string") args[0] = `Assertion failed: ${args[0]}`;
  else args.unshift("Assertion failed");
  console.warn(...args);
};
console.group = (...args) => {
  if (args.length > 0) printed(...args);
  indentation += "  ";
};
console.groupCollapsed = console.group;
console.groupEnd = () => {
  indentation = indentation.slice(2);
};

// Node's own listener prints warnings as errors, with advice for the command line of node.
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name === "DeprecationWarning" && process.noDeprecation) return;
  const code = warning.code === undefined ? "" : ` [${warning.code}]`;
  const detail = typeof warning.detail === "string" ? `\n${warning.detail}` : "";
  const frame = modules.errors.firstFrame(String(warning.stack));
  native.printError(
    WARNING,
    `${warning.name}${code}: ${warning.message}${detail}`,
    frame?.function ?? "",
    frame?.file ?? "node",
    frame?.line ?? 0,
  );
});
