// Colours of a source in the script editor. It understands what is half written: a comment, text or template that has no end goes on to the end.

const { namespace } = modules.classes;

const piece =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?|#?[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|\s+|[\s\S]/uy;
const regex = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const words = (text) => new Set(text.split(" "));
const control = words(
  "await break case catch continue default do else finally for if return switch throw try while yield",
);
const keywords = words(
  "abstract as async class const constructor declare delete enum export extends from function get implements import in instanceof interface is keyof let new of override private protected public readonly satisfies set static super this type typeof var void with null true false undefined any boolean bigint never number object string symbol unknown",
);
const operandBefore = /[\p{ID_Continue}$)\]}"'`]$/u;

/** The last part of a setting's name below text_editor/theme/highlighting, `text` for what has no colour of its own. */
function kindOf(text, before, after) {
  if (/^\/\*\*(?!\/)/.test(text)) return "doc_comment_color";
  if (/^\/[*/]/.test(text)) return "comment_color";
  if (/^["'`]/.test(text)) return "string_color";
  if (/^\d/.test(text)) return "number_color";
  if (!/^[#\p{ID_Start}$_]/u.test(text)) return "symbol_color";
  const isMember = before === "." || before === "?.";
  if (!isMember && after !== ":" && control.has(text)) return "control_flow_keyword_color";
  if (!isMember && after !== ":" && keywords.has(text)) return "keyword_color";
  if (after === "(") return "function_color";
  if (isMember || text.startsWith("#")) return "member_variable_color";
  if (/^\p{Lu}/u.test(text)) return namespace.ClassDB.class_exists(text) ? "engine_type_color" : "user_type_color";
  return "text_color";
}

/**
 * Where the colour changes: for each line its columns, each with the name of a setting.
 * @param {string} source
 * @returns {Map<number, string>[]}
 */
function colorSource(source) {
  const lines = [new Map()];
  let [column, before] = [0, ""];
  for (let at = 0; at < source.length; ) {
    piece.lastIndex = at;
    let text = piece.exec(source)[0];
    if (text === "/" && !operandBefore.test(before)) {
      regex.lastIndex = at;
      const found = regex.exec(source);
      if (found) text = found[0];
    }
    at += text.length;
    const isSpace = /^\s/.test(text);
    let kind;
    if (!isSpace) {
      const isRegex = text.length > 1 && /^\/[^/*]/.test(text);
      kind = isRegex ? "string_color" : kindOf(text, before, /^\s*(.)/.exec(source.slice(at, at + 32))?.[1]);
      lines.at(-1).set(column, kind);
      before = kind.endsWith("comment_color") ? before : text;
    }
    const parts = text.split("\n");
    column = parts.length > 1 ? parts.at(-1).length : column + text.length;
    for (let added = 1; added < parts.length; added++) lines.push(new Map(kind === undefined ? [] : [[0, kind]]));
  }
  return lines;
}

let colors = new Map();
const colorOf = (kind) => {
  let color = colors.get(kind);
  if (color === undefined) {
    color = namespace.EditorInterface.get_editor_settings().get_setting(`text_editor/theme/highlighting/${kind}`);
    colors.set(kind, color);
  }
  return color;
};

const known = new WeakMap();

modules.highlighting = {
  /** For SyntaxHighlighter._get_line_syntax_highlighting. */
  colorLine(highlighter, line) {
    const edit = highlighter.get_text_edit();
    if (edit === null) return {};
    const version = edit.get_version();
    let last = known.get(edit);
    if (last?.version !== version) {
      last = { version, lines: colorSource(edit.text) };
      known.set(edit, last);
    }
    return new Map([...(last.lines[line] ?? [])].map(([column, kind]) => [column, { color: colorOf(kind) }]));
  },
  forgetColors() {
    colors = new Map();
  },
};
