// Files by patterns like `data/**/*.json`, as project settings name them.
const { readdirSync } = require("node:fs");

const special = /[.+?^${}()|[\]\\]/g;

/** `*` is any part of a name, `**` any number of folders. */
function toExpression(pattern) {
  const parts = pattern
    .split("/")
    .map((part) => (part === "**" ? "(?:[^/]+/)*" : `${part.replace(special, "\\$&").replaceAll("*", "[^/]*")}/`));
  return new RegExp(`^${parts.join("").slice(0, -1)}$`);
}

/** Paths below a folder, with `/`, in order. Only what lies below the part of the pattern before its first `*` is looked through. */
function filesMatching(folder, pattern) {
  const expression = toExpression(pattern);
  const fixed = pattern.slice(0, pattern.indexOf("*") < 0 ? pattern.length : pattern.indexOf("*"));
  const start = fixed.slice(0, fixed.lastIndexOf("/") + 1);
  let entries;
  try {
    entries = readdirSync(folder + start, { recursive: true, withFileTypes: true });
  } catch {
    return []; // there is no such folder
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").replaceAll("//", "/").slice(folder.length),
    )
    .filter((path) => expression.test(path))
    .sort();
}

modules.filePatterns = { filesMatching };
