import { bbcodeToMarkdown } from "./bbcode-to-markdown.mjs";

/**
 * Renders a documentation comment, or an empty string where there is nothing to say.
 * @param {{ text?: string, deprecated?: string, experimental?: string, params?: readonly (readonly [name: string, text: string])[] }} doc
 *   `text`, `deprecated` and `experimental` in BBCode; `params` in Markdown
 * @param {{ indent: string, docsUrl: string }} options
 * @returns {string} ends with a line feed
 */
export function docComment(doc, { indent, docsUrl }) {
  const lines = bbcodeToMarkdown(doc.text ?? "", docsUrl).split("\n");
  if (lines.length === 1 && lines[0] === "") lines.pop();
  for (const [name, text] of doc.params ?? []) lines.push(`@param ${name} ${text}`);
  if (doc.experimental !== undefined) lines.push(`@experimental ${bbcodeToMarkdown(doc.experimental, docsUrl)}`);
  if (doc.deprecated !== undefined) lines.push(`@deprecated ${bbcodeToMarkdown(doc.deprecated, docsUrl)}`);
  if (lines.length === 0) return "";
  const safe = separateParagraphs(lines).map((line) => line.replaceAll("*/", "*\u200b/").trimEnd());
  const [only] = safe;
  if (safe.length === 1 && only !== undefined) return `${indent}/** ${only} */\n`;
  return `${indent}/**\n${safe.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
}

/**
 * The class reference separates paragraphs by one line feed, Markdown by two.
 * @param {readonly string[]} lines
 */
function separateParagraphs(lines) {
  /** @type {string[]} */
  const out = [];
  let inFence = false;
  for (const line of lines) {
    const previous = out.at(-1);
    const isFence = line.startsWith("```");
    const tight = inFence || line === "" || previous === "" || (line.startsWith("- ") && previous?.startsWith("- "));
    if (previous !== undefined && !tight && !(line.startsWith("@") && previous.startsWith("@"))) out.push("");
    if (!(line === "" && previous === "" && !inFence)) out.push(line);
    if (isFence) inFence = !inFence;
  }
  return out;
}
