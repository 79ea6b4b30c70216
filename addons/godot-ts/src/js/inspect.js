// Node's inspector for Chrome and VS Code: `godot --path . -- --inspect[=[host:]port]`, `--inspect-wait` to wait for it before the
// first script runs.

const option = /^--inspect(-wait)?(?:=(?:(.+):)?(\d+))?$/;

function open(argument, [, wait, host = "127.0.0.1", port = "9229"]) {
  const inspector = require("node:inspector");
  // With a debugger attached the environment would wait for it to go away.
  process.on("exit", () => inspector.close());
  const fail = (why) =>
    native.printError(ERROR, `${argument}: the inspector did not start: ${why}`, "inspect", "godot-ts", 0);
  try {
    inspector.open(Number(port), host, wait !== undefined);
    // It does not throw where it cannot listen.
    if (inspector.url() === undefined) fail(`it cannot listen on ${host}:${port}; choose another port`);
  } catch (error) {
    fail(error.message);
  }
}

const ERROR = 1;
for (const argument of native.userArguments()) {
  const found = option.exec(argument);
  if (found) open(argument, found);
}
