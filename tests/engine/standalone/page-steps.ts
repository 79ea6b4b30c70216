import { readFileSync } from "node:fs";

/** What a page tells its reader to do: run commands, or write a file. */
export type PageStep = { kind: "run"; commands: string[] } | { kind: "write"; path: string; text: string };

const FENCE = /^```(\S*)(.*)\n([\s\S]*?)^```$/gm;
const TITLE = /title="([^"]+)"/;

/**
 * The fenced blocks of a Markdown page, in order: `sh` ones are commands, one a line, and those with `title="PATH"` are files.
 * Others only show something.
 * @param section heading under which to look, without its marks; the whole page without one
 */
export function pageSteps(page: string, section?: string): PageStep[] {
  const text = readFileSync(page, "utf8");
  const steps: PageStep[] = [];
  for (const [, language, rest = "", body = ""] of textUnder(text, section).matchAll(FENCE)) {
    const path = TITLE.exec(rest)?.[1];
    if (path !== undefined) steps.push({ kind: "write", path, text: body });
    else if (language === "sh") steps.push({ kind: "run", commands: commandsIn(body) });
  }
  if (steps.length === 0) throw new Error(`${page} has no steps${section === undefined ? "" : ` under "${section}"`}`);
  return steps;
}

function textUnder(text: string, section: string | undefined): string {
  if (section === undefined) return text;
  const from = text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${section}\n`));
  if (from === undefined) throw new Error(`expected a heading "## ${section}", got none`);
  return from;
}

/** Without their comments. */
function commandsIn(body: string): string[] {
  return body
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}
