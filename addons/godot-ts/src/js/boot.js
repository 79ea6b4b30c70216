// First of our JavaScript to run: loads the other files. `modules` is what they share.
const load = (name) => native.loadSource(name)(native, require, modules);

/** Files that many games never need, by what they put into `modules`: each is loaded when that is first read. */
const lazily = {
  containers: "containers",
  tokens: "tokens",
  liveSource: "live-source",
  propertyTypes: "property-types",
  builder: "builder",
};
for (const [key, name] of Object.entries(lazily)) {
  Object.defineProperty(modules, key, {
    configurable: true,
    get() {
      load(name);
      return modules[key];
    },
    set(value) {
      Object.defineProperty(modules, key, { value });
    },
  });
}

for (const name of ["errors", "values", "classes", "reload", "scripts", "console", "modules"]) load(name);
if (native.userArguments().some((argument) => argument.startsWith("--inspect"))) load("inspect");
if (native.isEditor())
  for (const name of ["builder", "outline", "file-patterns", "export", "highlight", "editor"]) load(name);

// libuv looks at nothing while no handle holds its loop: a script that only waits for a signal would wait for ever.
const LONGEST_INTERVAL_MS = 0x7fffffff;
setInterval(() => {}, LONGEST_INTERVAL_MS);
