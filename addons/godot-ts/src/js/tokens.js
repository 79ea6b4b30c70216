// A text in JavaScript or TypeScript as a row of tokens: enough to find classes and their members, not to understand expressions.

const token =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|#?[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|=>|\?\.|\+\+|--|[\s\S]/uy;
const regex = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)/y;
/** After these a slash begins a regular expression, though they are words. */
const beforeOperand = new Set(
  "return typeof instanceof in of new delete void throw case do else yield await extends".split(" "),
);

class NotUnderstood extends Error {}

/** Every token that says something, with its place; `kind` is word, private, text or sign; `doc` is a doc comment before it. */
function* tokens(source) {
  const templates = []; // depth of braces at each open `${`
  let depth = 0;
  let previous;
  let doc;
  let newLine = true;
  for (let at = 0; at < source.length; ) {
    token.lastIndex = at;
    let text = token.exec(source)[0];
    let kind = "sign";
    const first = text[0];
    const spaces = /^(?:\s|\/\/|\/\*)/.test(text);
    if (spaces) {
      if (text.startsWith("/**") && text.length > 4) doc = text;
      if (text.includes("\n")) newLine = true;
      at += text.length;
      continue;
    }
    const operandExpected =
      previous === undefined ||
      (previous.kind === "sign" && !/^[)\]}]$|^\+\+$|^--$/.test(previous.text)) ||
      (previous.kind === "word" && beforeOperand.has(previous.text)); // prettier-ignore
    if (first === "/" && operandExpected) {
      regex.lastIndex = at;
      const found = regex.exec(source);
      if (!found) throw new NotUnderstood();
      text = found[0];
      kind = "text";
    } else if (first === "`" || (first === "}" && templates.at(-1) === depth)) {
      if (first === "}") templates.pop();
      templatePart.lastIndex = at + 1;
      const found = templatePart.exec(source);
      if (!found) throw new NotUnderstood();
      text = first + found[0];
      kind = "text";
      if (found[1] === "${") {
        templates.push(depth);
        previous = { kind: "sign", text: "(", at };
        at += text.length;
        continue;
      }
    } else if (first === "#") {
      kind = text.length > 1 ? "private" : "sign";
    } else if (/^[\p{ID_Start}$_]/u.test(text)) kind = "word";
    else if (/^["'\d]/.test(text)) kind = "text";
    if (kind === "sign" && text === "{") depth += 1;
    if (kind === "sign" && text === "}") depth -= 1;
    const found = { kind, text, at, end: at + text.length, doc, newLine };
    doc = undefined;
    newLine = false;
    yield found;
    previous = found;
    at = found.end;
  }
  if (depth !== 0 || templates.length > 0) throw new NotUnderstood();
}

modules.tokens = { tokens, NotUnderstood };
