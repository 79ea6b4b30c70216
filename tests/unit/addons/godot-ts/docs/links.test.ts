import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const pages = globSync("addons/godot-ts/{README.md,docs/*.md,examples/*/README.md}").sort();
const LINK = /\]\(([^)\s]+)\)/g;
const FENCED = /^```[\s\S]*?^```/gm;
const CODE = /^```[\s\S]*?^```|`[^`\n]*`/gm;

/** As code hosts make them of headings. */
function anchorsOf(page: string): string[] {
  const headings =
    readFileSync(page, "utf8")
      .replaceAll(FENCED, "")
      .match(/^#+ .+$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

it.for(pages)("every link of %s leads somewhere", (page) => {
  const links = [...readFileSync(page, "utf8").replaceAll(CODE, "").matchAll(LINK)].map(([, target = ""]) => target);
  const inside = links.filter((target) => !/^https?:/.test(target));
  expect(inside).not.toEqual([]);
  const dead = inside.filter((target) => {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
  });
  expect(dead).toEqual([]);
});
