// Folders that are not part of the Godot project get a `.gdignore`, so that the editor neither scans nor imports them.
// Runs after every install, because an install may have made `node_modules` anew.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const foreignFolders = ["node_modules", "addons/godot-ts/node_modules", "addons/gns/node_modules", "out"];

for (const folder of foreignFolders) {
  const path = join(root, folder);
  if (existsSync(path)) writeFileSync(join(path, ".gdignore"), "");
}
