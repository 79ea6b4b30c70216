// What a module's text becomes while hot reload is on, so that one living object can go from one version of its class to the
// next:
// - `this.#count` becomes `this.Avatar$count`. A private name belongs to the class statement that declares it: an object made
//   by the old one could not be used by the methods of the new.
// - In a version that replaces another, `speed = 6;` keeps what the object has: `speed = godotTsReload.keeps(this, "speed") ?
//   this["speed"] : 6;`. Only fields that are new get their initial value.
// - There, a constructor does nothing but initialise fields for an object that exists.
// Lines keep their numbers. A text that is not understood to its end stays as it is.

const { tokens, NotUnderstood } = modules.tokens;
const modifiers = new Set(["static", "async", "get", "set", "accessor"]);

/** Classes, the private names in them, and where fields and constructors begin. */
function analyse(source) {
  const list = [...tokens(source)];
  const uses = [];
  const fields = [];
  const constructors = [];
  let classes = []; // the open ones, the innermost last
  const stack = []; // open brackets: "class" or another
  let unnamed = 0;

  /** The header of a class: returns the index of its `{`. */
  const classHeader = (start) => {
    let index = start + 1;
    let name = list[index]?.kind === "word" && list[index].text !== "extends" ? list[index++].text : undefined;
    const before = list[start - 2];
    if (name === undefined && list[start - 1]?.text === "=" && before?.kind === "word") name = before.text;
    const derived = list[index]?.text === "extends";
    for (let depth = 0; index < list.length; index++) {
      const { text, kind } = list[index];
      if (kind !== "sign") continue;
      if (text === "{" && depth === 0) break;
      if (/[([{]/.test(text)) depth++;
      if (/[)\]}]/.test(text)) depth--;
    }
    classes = [...classes, { name: name ?? `class${++unnamed}`, derived, names: new Set() }];
    return index;
  };

  let memberStart = false;
  for (let index = 0; index < list.length; index++) {
    let { kind, text } = list[index];
    const inClass = stack.at(-1) === "class";
    if (inClass && memberStart && text !== ";" && text !== "}") {
      memberStart = false;
      let isStatic = false;
      const isName = (next) => next && !/^[=;(}]$/.test(next.text);
      while (((kind === "word" && modifiers.has(text)) || text === "*") && isName(list[index + 1])) {
        if (text === "static") isStatic = true;
        ({ kind, text } = list[++index]);
      }
      if (text === "[") {
        // A computed name: its field begins anew, and its value is read like any expression.
        stack.push("[");
        continue;
      }
      if (kind === "private") {
        classes.at(-1).names.add(text);
        uses.push({ ...list[index], classes, next: list[index + 1] });
      }
      const next = list[index + 1];
      if (next && kind !== "sign" && (next.text === "=" || next.text === ";" || next.text === "}") && !isStatic)
        fields.push({ name: list[index], value: next.text === "=" ? next.end : undefined, classes });
      if (text === "constructor" && next?.text === "(" && classes.at(-1).derived) {
        let depth = 0;
        let at = index + 1;
        for (; at < list.length; at++) {
          if (list[at].text === "(") depth++;
          if (list[at].text === ")" && --depth === 0) break;
        }
        if (list[at + 1]?.text === "{") constructors.push(list[at + 1].end);
      }
      if (text === "{") index--; // static { }
      continue;
    }
    if (kind === "private") {
      uses.push({ ...list[index], classes, next: list[index + 1] });
    } else if (kind === "word" && text === "class" && list[index - 1]?.text !== "." && list[index - 1]?.text !== "?.") {
      const next = list[index + 1];
      if (next && (next.kind === "word" || next.text === "{") && list[index + 1]?.text !== ":") {
        index = classHeader(index);
        stack.push("class");
        memberStart = true;
      }
    } else if (kind === "sign" && /^[([{]$/.test(text)) {
      stack.push(text);
    } else if (kind === "sign" && /^[)\]}]$/.test(text)) {
      const opened = stack.pop();
      if (opened === undefined) throw new NotUnderstood();
      if (opened === "class") classes = classes.slice(0, -1);
      // The end of a method, or of something in a field's value: then a `;` follows.
      if (text === "}" && stack.at(-1) === "class") memberStart = !/^[;,.)]$|^\?\.$/.test(list[index + 1]?.text ?? "");
    } else if (text === ";" && inClass) {
      memberStart = true;
    }
  }
  if (stack.length > 0) throw new NotUnderstood();
  return { uses, fields, constructors };
}

/** Names that this file made: no methods for the engine. */
const made = new Set();

function rewrite(source, replaces) {
  const { uses, fields, constructors } = analyse(source);
  const edits = [];
  /** The new name of a private one: that of the innermost class that declares it; undefined in classes that extend nothing. */
  const nameOf = ({ text, classes }) => {
    const owner = classes.findLast(({ names }) => names.has(text));
    if (owner === undefined) throw new NotUnderstood();
    if (!owner.derived) return undefined;
    const name = `${owner.name}$${text.slice(1)}`;
    made.add(name);
    return name;
  };
  for (const use of uses) {
    const name = nameOf(use);
    if (name !== undefined)
      edits.push({ at: use.at, end: use.end, text: use.next?.text === "in" ? `"${name}"` : name });
  }
  if (replaces) {
    for (const { name, value, classes } of fields) {
      if (!classes.at(-1).derived) continue;
      const key = name.kind === "private" ? nameOf({ text: name.text, classes }) : name.text;
      const quoted = /^["'\d]/.test(key) ? key : `"${key}"`;
      const kept = `godotTsReload.keeps(this, ${quoted}) ? this[${quoted}] :`;
      if (value === undefined) edits.push({ at: name.end, end: name.end, text: ` = ${kept} undefined` });
      else edits.push({ at: value, end: value, text: ` ${kept}` });
    }
    for (const at of constructors)
      edits.push({ at, end: at, text: " if (godotTsReload.runs(new.target)) { super(); return; }" });
  }
  let result = "";
  let done = 0;
  for (const { at, end, text } of edits.sort((a, b) => a.at - b.at || a.end - b.end)) {
    result += source.slice(done, at) + text;
    done = end;
  }
  return result + source.slice(done);
}

modules.liveSource = {
  /** `replaces`: the text replaces an earlier version of its module. */
  rewrite(source, replaces) {
    if (!/\bclass\b[^{]*\bextends\b/.test(source)) return source;
    try {
      return rewrite(source, replaces);
    } catch (error) {
      if (error instanceof NotUnderstood) return source;
      throw error;
    }
  },
  isMade: (name) => made.has(name),
};
