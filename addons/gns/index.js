// Finds and loads the compiled addon. README.md tells where it is looked for and why.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

const binary = join("bin", `${process.platform}-${process.arch}`, "gns.node");

/** @type {import("./index.js").Gns | undefined} */
let loaded;

/** @returns {string[]} */
function startFolders() {
  const folders = [dirname(process.execPath), process.cwd()];
  // Inside a packed game the module's address is no file.
  if (import.meta.url.startsWith("file:")) folders.unshift(dirname(fileURLToPath(import.meta.url)));
  return folders;
}

/** @returns {string[]} */
export function candidates() {
  const found = new Set();
  for (const start of startFolders()) {
    for (let folder = start; ; folder = dirname(folder)) {
      found.add(join(folder, "addons", "gns", binary));
      found.add(join(folder, "node_modules", "gns", binary));
      if (dirname(folder) === folder) break;
    }
  }
  return [...found];
}

/**
 * @param {string} path
 * @returns {import("./index.js").Gns}
 */
function open(path) {
  /** @type {{ exports: unknown }} */
  const module = { exports: {} };
  try {
    process.dlopen(module, path);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The network addon ${path} cannot be loaded into Node ${process.versions.node}: ${detail}. ` +
        "Build it again with `npm run build`; `npm run doctor` says whether GameNetworkingSockets is installed.",
    );
  }
  return /** @type {import("./index.js").Gns} */ (module.exports);
}

/** @returns {import("./index.js").Gns} */
export function load() {
  if (loaded) return loaded;
  if (!isMainThread) {
    throw new Error(
      "The network addon works on the main JavaScript thread only, not in a worker: " +
        "create the transport there and hand its messages to the worker.",
    );
  }
  const paths = candidates();
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new Error(
      `The network addon is not built for ${process.platform}-${process.arch}: no ${join("addons", "gns", binary)} ` +
        `in ${startFolders().join(", ")} or above. Build it with \`npm run build\`.`,
    );
  }
  loaded = open(path);
  return loaded;
}
