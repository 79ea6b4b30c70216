// What the Godot editor asks the language: whether a source is right, what its doc comments say, what new scripts look like.

const { outline } = modules.outline;

// ---- validation -----------------------------------------------------------------------------------------------------

let transform;
/** The project's own esbuild, which the bundler uses as well; null without one. */
function compiler() {
  if (transform === undefined) {
    try {
      transform = modules.loader.require("esbuild").transformSync;
    } catch {
      transform = null;
    }
  }
  return transform;
}

function syntaxErrors(source, path) {
  const check = compiler();
  if (check === null) return [];
  try {
    check(source, { loader: "ts", logLevel: "silent", sourcefile: path });
    return [];
  } catch (error) {
    if (!Array.isArray(error?.errors)) return [];
    return error.errors.map(({ text, location }) => ({
      path,
      line: location?.line ?? 1,
      column: (location?.column ?? 0) + 1,
      message: text,
    }));
  }
}

/** For the script editor: errors with their lines, and the methods for its list. */
function validate(source, path) {
  const errors = syntaxErrors(source, path);
  const methods = (outline(source)?.members ?? []).filter(({ method }) => method !== undefined);
  return { valid: errors.length === 0, errors, functions: methods.map(({ name, line }) => `${name}:${line}`) };
}

// ---- documentation --------------------------------------------------------------------------------------------------

/** A doc comment as the editor's help shows it, with its tags taken off. */
function readDoc(comment) {
  if (comment === undefined) return { text: "" };
  const lines = comment
    .slice(3, -2)
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const tags = {};
  const text = [];
  let tag;
  for (const line of lines) {
    const found = /^\s*@(\w+)\s*(.*)$/.exec(line);
    if (found) {
      tag = found[1];
      tags[tag] = found[2];
    } else if (tag === undefined) text.push(line.trim());
    else tags[tag] += ` ${line.trim()}`;
  }
  return { text: toBbcode(text.join("\n").trim()), deprecated: tags.deprecated, experimental: tags.experimental };
}

/** Markdown's code and emphasis, links to symbols; an empty line parts paragraphs. */
function toBbcode(text) {
  return text
    .replaceAll(/\{@link\s+([^}|\s]+)[^}]*\}/g, "`$1`")
    .replaceAll(/[[\]]/g, (bracket) => (bracket === "[" ? "[lb]" : "[rb]"))
    .replaceAll(/`([^`]+)`/g, "[code]$1[/code]")
    .replaceAll(/\*\*([^*]+)\*\*/g, "[b]$1[/b]")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " "))
    .join("\n\n");
}

const typeNames = {
  number: "float",
  boolean: "bool",
  string: "String",
  void: "void",
  unknown: "Variant",
  bigint: "int",
};
const typeName = (text) => typeNames[text?.trim()] ?? (/^\w+$/.test(text?.trim() ?? "") ? text.trim() : "Variant");

const quoted = (path) => `"${path.slice("res://".length)}"`;

function joined(path, relative) {
  const parts = path.slice("res://".length).split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return `res://${parts.join("/")}`;
}

function parentOf({ base, baseImport }, path) {
  if (baseImport?.from === "godot") return baseImport.name;
  if (baseImport?.from.startsWith(".")) return quoted(joined(path, baseImport.from).replace(/\.js$/, ".ts"));
  return base;
}

/** Tags as the engine's records have them. */
function marks({ deprecated, experimental }) {
  return {
    ...(deprecated === undefined ? {} : { is_deprecated: true, deprecated_message: deprecated }),
    ...(experimental === undefined ? {} : { is_experimental: true, experimental_message: experimental }),
  };
}

function parametersOf(text) {
  const list = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (/[([{<]/.test(text[at] ?? "")) depth++;
    if (/[)\]}>]/.test(text[at] ?? "") && text.slice(at - 1, at + 1) !== "=>") depth--;
    if (at < text.length && (text[at] !== "," || depth > 0)) continue;
    const [, name, type, value] =
      /^\s*(?:\.\.\.)?([\w$]+)\??\s*(?::\s*([^=]*))?(?:=\s*(.*))?$/s.exec(text.slice(from, at)) ?? [];
    if (name)
      list.push({ name, type: typeName(type), ...(value === undefined ? {} : { default_value: value.trim() }) });
    from = at + 1;
  }
  return list;
}

/** The text of `key: "text"` in an object literal. */
const stringIn = (literal, key) =>
  new RegExp(`\\b${key}:\\s*(["'\`])((?:(?!\\1)[^\\\\]|\\\\.)*)\\1`).exec(literal)?.[2].replaceAll(/\\(.)/g, "$1");

const virtuals = (name) => name.startsWith("_") || name === "constructor";

/** The class as the editor's help has it, in the form of DocData.ClassDoc; [] if there is none. */
function documentation(source, path) {
  const found = path.startsWith("res://") ? outline(source) : undefined;
  if (found === undefined) return [];
  const { members } = found;
  const own = readDoc(found.doc);
  const [brief, ...rest] = own.text.split("\n\n");
  const fields = new Map(
    members.filter(({ isStatic, method }) => !isStatic && method === undefined).map((field) => [field.name, field]),
  );
  const keysOf = (name) => members.find((each) => each.isStatic && each.name === name)?.keys ?? [];
  const properties = keysOf("exports").map(({ name, doc, value }) => {
    const field = fields.get(name);
    const declared = stringIn(value, "type");
    const { text, ...tags } = readDoc(doc ?? field?.doc);
    const description = text || toBbcode(stringIn(value, "description") ?? "");
    return {
      name,
      type: declared ?? typeName(field?.type),
      description,
      default_value: field?.value ?? "",
      ...marks(tags),
    };
  });
  const methods = members
    .filter(
      ({ method, name, isPrivate, isStatic }) => method !== undefined && !isPrivate && !isStatic && !virtuals(name),
    )
    .map(({ name, method, type, doc }) => {
      const { text, ...tags } = readDoc(doc);
      return {
        name,
        return_type: typeName(type ?? "void"),
        arguments: parametersOf(method),
        description: text,
        ...marks(tags),
      };
    });
  const signals = keysOf("signals").map(({ name, doc }) => ({ name, arguments: [], description: readDoc(doc).text }));
  return [
    {
      name: quoted(path),
      inherits: parentOf(found, path),
      brief_description: brief,
      description: rest.join("\n\n"),
      properties,
      methods,
      signals,
      is_script_doc: true,
      script_path: path,
      ...marks(own),
    },
  ];
}

const memberLine = (source, name) => outline(source)?.members.find((each) => each.name === name)?.line ?? -1;

// ---- new scripts ----------------------------------------------------------------------------------------------------

const head = 'import { _BASE_ } from "godot";\n\n';
const templates = [
  {
    inherit: "Node",
    name: "Default",
    description: "A node with the methods that most scripts have",
    content: `${head}export default class _CLASS_ extends _BASE_ {
_TS_override _ready(): void {}

_TS_override _process(delta: number): void {}
}
`,
  },
  {
    inherit: "Node",
    name: "Exported property and signal",
    description: "What the inspector shows, and a signal",
    content: `${head}export default class _CLASS_ extends _BASE_ {
_TS_static exports = {
_TS__TS_speed: { type: "float", hint: "range", hint_string: "0,20,0.1" },
_TS_};
_TS_static signals = { arrived: [{ name: "distance", type: "float" }] };

_TS_/** Metres per second. */
_TS_speed = 5;
_TS_#distance = 0;

_TS_override _process(delta: number): void {
_TS__TS_this.#distance += this.speed * delta;
_TS__TS_if (this.#distance > 10) this.emit_signal("arrived", this.#distance);
_TS_}
}
`,
  },
  {
    inherit: "CharacterBody3D",
    name: "Movement",
    description: "Walks with the arrow keys and jumps, as the physics has it",
    content: `import { _BASE_, Input, Vector3 } from "godot";

const SPEED = 5;
const JUMP_SPEED = 4.5;

export default class _CLASS_ extends _BASE_ {
_TS_override _physics_process(delta: number): void {
_TS__TS_const wanted = Input.get_vector("ui_left", "ui_right", "ui_up", "ui_down");
_TS__TS_const direction = this.transform.basis.xform(new Vector3(wanted.x, 0, wanted.y));
_TS__TS_let { y } = this.velocity;
_TS__TS_if (!this.is_on_floor()) y += this.get_gravity().y * delta;
_TS__TS_else if (Input.is_action_just_pressed("ui_accept")) y = JUMP_SPEED;
_TS__TS_this.velocity = new Vector3(direction.x * SPEED, y, direction.z * SPEED);
_TS__TS_this.move_and_slide();
_TS_}
}
`,
  },
  {
    inherit: "Resource",
    name: "Data",
    description: "A resource with a value that the inspector shows and the file keeps",
    content: `${head}export default class _CLASS_ extends _BASE_ {
_TS_static exports = { amount: { type: "int" } };

_TS_/** What the inspector says about it. */
_TS_amount = 1;
}
`,
  },
  {
    inherit: "Object",
    name: "Empty",
    description: "The class alone",
    content: `${head}export default class _CLASS_ extends _BASE_ {}\n`,
  },
];

const BUILT_IN = 0;
const templatesFor = (className) =>
  templates
    .filter(({ inherit }) => inherit === className)
    .map((template, id) => ({ ...template, id, origin: BUILT_IN }));

native.setEditorHooks({
  validate,
  documentation,
  memberLine,
  templatesFor,
  ...modules.exporting,
  ...modules.highlighting,
});
