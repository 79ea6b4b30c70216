/** Tags that name something in the API; shown as code. */
const REFERENCE =
  /\[(?:param|method|member|constant|enum|signal|annotation|theme_item|constructor|operator) ([^\]]+)\]/g;

/**
 * Converts the BBCode of Godot's class reference to Markdown.
 * Of `[codeblocks]` only the GDScript block stays. Unknown tags stay as they are.
 * @param {string} text
 * @param {string} docsUrl what `$DOCS_URL` stands for
 * @returns {string}
 */
export function bbcodeToMarkdown(text, docsUrl) {
  /** @type {string[]} */
  const code = [];
  /** @param {string} markdown */
  const keep = (markdown) => `\ue000${code.push(markdown) - 1}\ue000`;
  const withoutCode = text
    .replaceAll("\r\n", "\n")
    .replace(/\[codeblocks\]([\s\S]*?)\[\/codeblocks\]/g, (_, body) => {
      const block = /\[gdscript[^\]]*\]([\s\S]*?)\[\/gdscript\]/.exec(String(body));
      return block ? keep(fence("gdscript", block[1] ?? "")) : "";
    })
    .replace(/\[codeblock([^\]]*)\]([\s\S]*?)\[\/codeblock\]/g, (_, options, body) => {
      const lang = /lang=(\w+)/.exec(String(options));
      return keep(fence(lang?.[1] ?? "gdscript", String(body)));
    })
    .replace(/\[(code|kbd)(?: skip-lint)?\]([\s\S]*?)\[\/\1\]/g, (_, _tag, body) => keep(inlineCode(String(body))))
    .replace(REFERENCE, (_, name) => keep(inlineCode(String(name))));
  const markdown = withoutCode
    .replace(/\[b\]([\s\S]*?)\[\/b\]/g, "**$1**")
    .replace(/\[i\]([\s\S]*?)\[\/i\]/g, "*$1*")
    .replace(/\[u\]([\s\S]*?)\[\/u\]/g, "$1")
    .replace(/\[url=([^\]]+)\]([\s\S]*?)\[\/url\]/g, "[$2]($1)")
    .replace(/\[url\]([\s\S]*?)\[\/url\]/g, "<$1>")
    .replace(/\[\/?(?:center|font|color|img)[^\]]*\]/g, "")
    .replaceAll("[br]", "\n")
    .replace(/\[(@?[A-Z][A-Za-z0-9_@]*|int|float|bool|void)\](?!\()/g, (_, name) => inlineCode(String(name)))
    .replaceAll("[lb]", "[")
    .replaceAll("[rb]", "]");
  return markdown
    .replace(/\ue000(\d+)\ue000/g, (_, index) => code[Number(index)] ?? "")
    .replaceAll("$DOCS_URL", docsUrl)
    .trim();
}

/**
 * @param {string} language
 * @param {string} body
 */
function fence(language, body) {
  const lines = body.replace(/^\n+|\s+$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^\t*/.exec(line)?.[0].length ?? 0);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const dedented = lines.map((line) => line.slice(indent));
  return `\n\`\`\`${language}\n${dedented.join("\n")}\n\`\`\`\n`;
}

/** @param {string} body */
function inlineCode(body) {
  const text = body.replaceAll("[lb]", "[").replaceAll("[rb]", "]");
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}
