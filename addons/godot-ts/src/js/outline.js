// What the editor wants to know of a script's source without running it: its class, the members, and their doc comments.

const { tokens, NotUnderstood } = modules.tokens;
const modifiers = new Set(
  "public private protected readonly override declare static async get set abstract accessor".split(" "),
);
const closing = { "(": ")", "[": "]", "{": "}" };

/** Index of the bracket that closes the one at `index`. */
function matching(list, index) {
  const wanted = [];
  for (let at = index; at < list.length; at++) {
    const { kind, text } = list[at];
    if (kind !== "sign") continue;
    if (closing[text]) wanted.push(closing[text]);
    else if (text === wanted.at(-1)) wanted.pop();
    if (wanted.length === 0) return at;
  }
  throw new NotUnderstood();
}

/** Index after the end of a field: its `;`, or the line's end where there is none. */
function endOfField(list, from) {
  for (let at = from; at < list.length; at++) {
    const { kind, text, newLine } = list[at];
    if (text === ";" && kind === "sign") return at + 1;
    const before = list[at - 1];
    const open = before.kind === "sign" && !/^[)\]}>]$/.test(before.text);
    if (at > from && newLine && !open && (kind === "word" || kind === "private" || text === "}" || text === "@"))
      return at;
    if (kind === "sign" && closing[text]) at = matching(list, at);
  }
  return list.length;
}

const textBetween = (source, list, from, to) => (from < to ? source.slice(list[from].at, list[to - 1].end) : "");

/** The keys of `{ a: ..., b: ... }`, which begins at `open`, with their doc comments. */
function keysOf(source, list, open) {
  const keys = [];
  const end = matching(list, open);
  for (let at = open + 1; at < end; at++) {
    const { kind, text, doc } = list[at];
    const start = at;
    while (at < end && list[at].text !== ",") at = closing[list[at].text] ? matching(list, at) + 1 : at + 1;
    if (list[start + 1]?.text === ":")
      keys.push({
        name: kind === "text" ? text.slice(1, -1) : text,
        doc,
        value: textBetween(source, list, start + 2, at),
      });
  }
  return keys;
}

function member(source, list, start) {
  let at = start;
  const found = { doc: list[start].doc, at: 0, isStatic: false, isPrivate: false };
  while (list[at].kind === "word" && modifiers.has(list[at].text) && !/^[=;:?!(<]$/.test(list[at + 1].text)) {
    if (list[at].text === "static") found.isStatic = true;
    if (list[at].text === "private" || list[at].text === "protected") found.isPrivate = true;
    at++;
  }
  if (list[at].text === "*") at++;
  if (list[at].text === "{") return { ...found, next: matching(list, at) + 1 }; // static { }
  if (list[at].text === "[") {
    at = matching(list, at);
  } else {
    found.name = list[at].kind === "text" ? list[at].text.slice(1, -1) : list[at].text;
    if (list[at].kind === "private") found.isPrivate = true;
  }
  found.at = list[at].at;
  at++;
  if (list[at].text === "?" || list[at].text === "!") at++;
  if (list[at].text === "(" || list[at].text === "<") {
    while (list[at].text !== "(") at++;
    const close = matching(list, at);
    found.method = textBetween(source, list, at + 1, close);
    at = close + 1;
    const type = at + 1;
    // The result's type may have braces of its own; those of the body follow something that a type can end with.
    while (at < list.length && list[at].text !== ";") {
      const before = list[at - 1];
      if (list[at].text === "{" && (before.kind !== "sign" || /^[)\]}>]$/.test(before.text))) break;
      at = closing[list[at].text] ? matching(list, at) + 1 : at + 1;
    }
    if (list[type - 1]?.text === ":") found.type = textBetween(source, list, type, at).trim();
    return { ...found, next: list[at]?.text === "{" ? matching(list, at) + 1 : at + 1 };
  }
  const next = endOfField(list, at);
  const last = list[next - 1].text === ";" ? next - 1 : next;
  let equals = at;
  while (equals < last && list[equals].text !== "=")
    equals = closing[list[equals].text] ? matching(list, equals) + 1 : equals + 1;
  if (list[at].text === ":") found.type = textBetween(source, list, at + 1, Math.min(equals, last));
  found.value = textBetween(source, list, equals + 1, last);
  if (found.isStatic && list[equals + 1]?.text === "{") found.keys = keysOf(source, list, equals + 1);
  return { ...found, next };
}

function lineOf(source, at) {
  let line = 1;
  for (let index = source.indexOf("\n"); index >= 0 && index < at; index = source.indexOf("\n", index + 1)) line++;
  return line;
}

/** Index of `class` in the class that the module exports by default. */
function defaultClass(list) {
  let named;
  for (let at = 0; at < list.length; at++) {
    if (list[at].text !== "export" || list[at + 1]?.text !== "default") continue;
    const after = list[at + 2]?.text === "abstract" ? at + 3 : at + 2;
    if (list[after]?.text === "class") return { at: after, doc: list[at].doc };
    if (list[after]?.kind === "word") named = list[after].text;
  }
  if (named === undefined) return undefined;
  const at = list.findIndex(({ text }, index) => text === "class" && list[index + 1]?.text === named);
  const first = list[at - 1]?.text === "abstract" ? at - 1 : at;
  return at < 0 ? undefined : { at, doc: list[first].doc };
}

/** Where a name of this module is from: `{ name, from }` of its import. */
function importOf(source, name) {
  for (const [, clause, from] of source.matchAll(/^\s*import\s+(?!type\b)([^"';]+?)\s+from\s+["']([^"']+)["']/gm)) {
    const named = /\{([^}]*)\}/.exec(clause)?.[1].split(",") ?? [];
    for (const part of named) {
      const [outside, inside = outside] = part.trim().split(/\s+as\s+/);
      if (inside === name) return { name: outside, from };
    }
    if (clause.split(/[,{]/)[0].trim() === name) return { name: "default", from };
  }
  return undefined;
}

/** The class of a script's source; undefined if it has none, or is not understood. */
function outline(source) {
  try {
    const list = [...tokens(source)];
    const start = defaultClass(list);
    if (start === undefined) return undefined;
    let at = start.at + 1;
    const name = list[at].kind === "word" && list[at].text !== "extends" ? list[at].text : "";
    while (at < list.length && list[at].text !== "extends" && list[at].text !== "{") at++;
    if (list[at]?.text !== "extends") return undefined;
    const base = list[at + 1].text;
    while (at < list.length && list[at].text !== "{") at++;
    const end = matching(list, at);
    const members = [];
    for (at += 1; at < end; ) {
      if (list[at].text === ";") {
        at++;
        continue;
      }
      const found = member(source, list, at);
      if (found.name !== undefined) members.push({ ...found, line: lineOf(source, found.at) });
      at = Math.max(found.next, at + 1);
    }
    return {
      name,
      doc: start.doc,
      base,
      baseImport: importOf(source, base),
      members,
      line: lineOf(source, list[start.at].at),
    };
  } catch (error) {
    if (error instanceof NotUnderstood || error instanceof TypeError) return undefined;
    throw error;
  }
}

modules.outline = { outline };
