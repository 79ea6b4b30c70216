// The bundler, as far as the editor and the game have to do with it: the editor keeps it running, both say what it cannot build.

const PROBLEMS = "res://dist/.build-problems.json";
const SCRIPT_ERROR = 0;
const ERROR = 1;
/** What was there at the start was said by whoever built. */
let shown = modules.reload.enabled ? native.readFile(PROBLEMS) : undefined;

/** What the bundler could not build, as tools/build-problems.mjs writes it down. The old code goes on. */
function showProblems() {
  const text = native.readFile(PROBLEMS);
  if (text === shown) return;
  shown = text;
  if (text === undefined) return;
  let problems;
  try {
    problems = JSON.parse(text);
  } catch {
    shown = undefined; // half written: the rest comes with another event
    return;
  }
  for (const { file, line, message } of problems)
    native.printError(
      SCRIPT_ERROR,
      `${message}\n    at res://${file}:${line}\n  Not built: the old code goes on.`,
      "build",
      `res://${file}`,
      line,
    );
}

/** Runs the project setting godot_ts/watch_command, a program and its arguments, in the project's folder until the editor ends. */
function keepRunning(command) {
  const { spawn } = require("node:child_process");
  // A bundler that watches ends with its input, so it does not outlive an editor that crashed.
  const child = spawn(command[0], command.slice(1), {
    cwd: native.globalizePath("res://"),
    stdio: ["pipe", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said = (said + text).slice(-2000);
  });
  child.on("error", (error) =>
    native.printError(ERROR, `${command.join(" ")}: ${error.message}`, "watch_command", "godot-ts", 0),
  ); // prettier-ignore
  child.on("exit", (code) => {
    if (code !== 0 && code !== null)
      native.printError(
        ERROR,
        `${command.join(" ")} ended with ${code}: saved scripts are not built any more\n${said}`,
        "watch_command",
        "godot-ts",
        0,
      ); // prettier-ignore
  });
  process.on("exit", () => child.kill());
}

function start() {
  const { DisplayServer, ProjectSettings } = modules.classes.namespace;
  const command = ProjectSettings.get_setting("godot_ts/watch_command", null);
  if (command === null) return;
  if (!Array.isArray(command) || command.length === 0 || command.some((part) => typeof part !== "string"))
    native.printError(
      ERROR,
      "The project setting godot_ts/watch_command must be an array of strings: a program and its arguments",
      "watch_command",
      "godot-ts",
      0,
    ); // prettier-ignore
  // Without a window it imports, exports or checks: nobody saves anything.
  else if (DisplayServer.get_name() !== "headless") keepRunning(command);
}

modules.builder = { showProblems };
if (native.isEditor() && modules.reload.enabled) setTimeout(start);
