// First of our JavaScript to run: loads the other files in order. `modules` is what they share.
for (const name of ["errors", "values", "classes", "scripts", "console", "modules"]) {
  native.loadSource(name)(native, require, modules);
}
