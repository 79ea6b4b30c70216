import { parseAst } from "rollup/parseAst";

/**
 * @typedef {object} ModuleImport
 * @property {string} specifier
 * @property {number} start where the specifier with its quotes begins in the text
 * @property {number} end
 * @property {readonly string[]} names what the other module must export; a whole namespace asks for nothing
 * @property {boolean} passesAllOn `export * from`
 */

/** @typedef {{ imports: ModuleImport[]; exports: Set<string> }} ModuleOutline */

/** @typedef {{ type: string; start: number; end: number; [key: string]: unknown }} Node */

const nodes = (/** @type {unknown} */ list) => /** @type {Node[]} */ (list ?? []);
const node = (/** @type {unknown} */ value) => /** @type {Node} */ (value);

/** An export may be named by a word or by a string. */
const nameOf = (/** @type {unknown} */ value) => String(node(value).name ?? node(value).value);

/**
 * What a module takes from others and gives to them.
 * @param {string} text JavaScript
 * @returns {ModuleOutline}
 * @throws {Error} when the text is no ES module
 */
export function outlineOf(text) {
  /** @type {ModuleOutline} */
  const outline = { imports: [], exports: new Set() };
  const program = parseAst(text);
  for (const statement of nodes(program.body)) takeStatement(statement, outline);
  // Nothing but a call can be an import inside of a statement: most modules have none, and are not searched for them.
  if (/\bimport\s*\(/.test(text)) takeCalls(program, outline);
  return outline;
}

/**
 * @param {Node} statement
 * @param {ModuleOutline} outline
 */
function takeStatement(statement, { imports, exports }) {
  const from = (/** @type {readonly string[]} */ names, passesAllOn = false) => {
    if (statement.source) imports.push({ ...place(node(statement.source)), names, passesAllOn });
  };
  const specifiers = nodes(statement.specifiers);
  switch (statement.type) {
    case "ImportDeclaration":
      from(specifiers.flatMap((each) => importedName(each) ?? []));
      break;
    case "ExportAllDeclaration":
      if (statement.exported) exports.add(nameOf(statement.exported));
      from([], !statement.exported);
      break;
    case "ExportDefaultDeclaration":
      exports.add("default");
      break;
    case "ExportNamedDeclaration":
      for (const each of specifiers) exports.add(nameOf(each.exported));
      for (const name of declaredNames(statement.declaration)) exports.add(name);
      from(specifiers.map((each) => nameOf(each.local)));
      break;
  }
}

/** @param {Node} literal */
function place(literal) {
  return { specifier: String(literal.value), start: literal.start, end: literal.end };
}

/** @param {Node} specifier */
function importedName(specifier) {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  return specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : undefined;
}

/**
 * @param {unknown} declaration of a variable, function or class
 * @returns {string[]}
 */
function declaredNames(declaration) {
  if (!declaration) return [];
  const { type, declarations, id } = node(declaration);
  return type === "VariableDeclaration" ? nodes(declarations).flatMap((each) => boundNames(each.id)) : [nameOf(id)];
}

/**
 * @param {unknown} pattern an identifier, or what takes an object or array apart
 * @returns {string[]}
 */
function boundNames(pattern) {
  if (!pattern) return [];
  const { type, name, properties, elements, value, argument, left } = node(pattern);
  switch (type) {
    case "Identifier":
      return [String(name)];
    case "ObjectPattern":
      return nodes(properties).flatMap(boundNames);
    case "ArrayPattern":
      return nodes(elements).flatMap(boundNames);
    default:
      return boundNames(value ?? argument ?? left);
  }
}

/**
 * `import("./x.ts")`, wherever it is. What is computed cannot be followed.
 * @param {unknown} value
 * @param {ModuleOutline} outline
 */
function takeCalls(value, outline) {
  if (Array.isArray(value)) {
    for (const each of value) takeCalls(each, outline);
  } else if (typeof value === "object" && value !== null && "type" in value) {
    const { type, source } = node(value);
    if (type === "ImportExpression" && typeof node(source).value === "string")
      outline.imports.push({ ...place(node(source)), names: [], passesAllOn: false });
    for (const each of Object.values(value)) takeCalls(each, outline);
  }
}
