import { operatorMethodName } from "../src/operators.mjs";
import { docComment } from "./doc-comment.mjs";
import { callParameters, defaultValueDocs, entryDoc } from "./emit-members.mjs";
import { mapType } from "./type-mapping.mjs";

/** What a function that changes the value takes: the value itself, not something like it. */
const CHANGED = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({
    Array: "VariantInput[]",
    Dictionary: "{ [key: string]: VariantInput } | Map<VariantInput, VariantInput>",
  })
);

/** Results that can be past 2^53. */
const LARGE = new Set([
  ...["String.to_int", "String.hex_to_int", "String.bin_to_int"],
  ...["PackedByteArray.decode_s64", "PackedByteArray.decode_u64", "PackedInt64Array.get"],
]);

/**
 * The functions of strings, arrays or dictionaries, as an object: some of their names are words of the language.
 * @param {import("../src/containers.mjs").Container} container
 * @param {import("./extension-api.mjs").ApiBuiltin} builtin
 * @param {import("./emit-members.mjs").EmitContext} context
 * @returns {string}
 */
export function emitContainer({ name, type, first, leftOut, doc }, builtin, context) {
  const value = `${first}: ${mapType(type, "in")}`;
  const changed = `${first}: ${CHANGED[type] ?? mapType(type, "out").replace("<ArrayBuffer>", "")}`;
  let out = `${docComment({ text: doc }, { indent: "", docsUrl: context.docsUrl })}export const ${name}: {\n`;
  for (const method of builtin.methods ?? []) {
    if (leftOut.includes(method.name)) continue;
    const receiver = method.is_static ? "" : method.is_const === false ? changed : value;
    const parameters = [receiver, callParameters(method, context)].filter((part) => part !== "").join(", ");
    const result = LARGE.has(`${type}.${method.name}`)
      ? "number | bigint"
      : mapType(method.return_type ?? "void", "out");
    out += `${entryDoc(method, context, "  ", defaultValueDocs(method.arguments))}  ${method.name}(${parameters}): ${result};\n`;
  }
  return `${out}${emitOperators(builtin, context, value)}};\n`;
}

/**
 * @param {import("./extension-api.mjs").ApiBuiltin} builtin
 * @param {import("./emit-members.mjs").EmitContext} context
 * @param {string} left
 */
function emitOperators(builtin, context, left) {
  /** @type {Map<string, string>} */
  const found = new Map();
  const methods = new Set(builtin.methods?.map((method) => method.name));
  for (const operator of builtin.operators ?? []) {
    const method = operatorMethodName(operator.name);
    if (method === null || methods.has(method)) continue;
    if (/^[=!]=$/.test(operator.name) && operator.right_type !== "Variant") continue;
    const right = operator.right_type === undefined ? "" : `, right: ${mapType(operator.right_type, "in")}`;
    const signature = `  ${method}(${left}${right}): ${mapType(operator.return_type, "out")};\n`;
    found.set(signature, found.get(signature) || entryDoc(operator, context, "  "));
  }
  return [...found].map(([signature, doc]) => `${doc}${signature}`).join("");
}
