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
  const line = command.join(" ");
  // A bundler that watches ends with its input, so it does not outlive an editor that crashed.
  const child = spawn(command[0], command.slice(1), {
    cwd: native.globalizePath("res://"),
    stdio: ["pipe", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said = (said + text).slice(-2000);
  });
  let started = true;
  child.on("error", (error) => {
    started = false;
    native.printError(
      ERROR,
      `The project setting godot_ts/watch_command: expected a program that builds saved scripts, but "${line}" cannot be started: ${error.message}. Install it or correct the setting, then use Project > Reload Current Project.`,
      "watch_command",
      "godot-ts",
      0,
    );
  });
  // Not at its "exit": the last words may come after that.
  child.on("close", (code, signal) => {
    if (!started) return;
    const end = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    const words = said.trim() === "" ? "It left no message." : `Its last words:\n${said.trim()}`;
    native.printError(
      ERROR,
      `The project setting godot_ts/watch_command: expected "${line}" to run until the editor ends, but it ${end}: saved scripts are not built any more. Correct what it complains of, then use Project > Reload Current Project, which starts it again. ${words}`,
      "watch_command",
      "godot-ts",
      0,
    );
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
    );
  // Without a window it imports, exports or checks: nobody saves anything.
  else if (DisplayServer.get_name() !== "headless") keepRunning(command);
}

modules.builder = { showProblems };
if (native.isEditor() && modules.reload.enabled) setTimeout(start);
