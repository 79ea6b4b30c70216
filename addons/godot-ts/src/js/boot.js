// First of our JavaScript to run: loads the other files in order. `modules` is what they share.
const files = [
  "errors",
  "values",
  "containers",
  "classes",
  "tokens",
  "live-source",
  "reload",
  "property-types",
  "scripts",
  "console",
  "modules",
  "builder",
  "inspect",
];
if (native.isEditor()) files.push("outline", "file-patterns", "export", "highlight", "editor");
for (const name of files) {
  native.loadSource(name)(native, require, modules);
}

// libuv looks at nothing while no handle holds its loop: a script that only waits for a signal would wait for ever.
const LONGEST_INTERVAL_MS = 0x7fffffff;
setInterval(() => {}, LONGEST_INTERVAL_MS);
