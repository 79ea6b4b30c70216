// First of our JavaScript to run: loads the other files in order. `modules` is what they share.
for (const name of [
  "errors",
  "values",
  "classes",
  "tokens",
  "live-source",
  "reload",
  "scripts",
  "console",
  "modules",
  "builder",
  "inspect",
  "outline",
  "export",
  "editor",
]) {
  native.loadSource(name)(native, require, modules);
}

// libuv looks at nothing while no handle holds its loop: a script that only waits for a signal would wait for ever.
const LONGEST_INTERVAL_MS = 0x7fffffff;
setInterval(() => {}, LONGEST_INTERVAL_MS);
