import { readFileSync } from "node:fs";

/**
 * The shape of `extension_api.json`, as far as the typings need it.
 * @typedef {{ name: string, type: string, meta?: string, default_value?: string }} ApiArgument
 * @typedef {{ type: string, meta?: string }} ApiReturn
 * @typedef {{ description?: string, brief_description?: string, deprecated?: string, experimental?: string }} ApiDocs
 * @typedef {ApiDocs & { name: string, is_static?: boolean, is_vararg?: boolean, is_virtual?: boolean, arguments?: ApiArgument[], return_value?: ApiReturn }} ApiMethod
 * @typedef {ApiDocs & { name: string, is_static?: boolean, is_const?: boolean, is_vararg?: boolean, arguments?: ApiArgument[], return_type?: string }} ApiBuiltinMethod
 * @typedef {ApiDocs & { name: string, type: string, getter?: string, setter?: string, index?: number }} ApiProperty
 * @typedef {ApiDocs & { name: string, arguments?: ApiArgument[] }} ApiSignal
 * @typedef {ApiDocs & { name: string, value: number }} ApiValue
 * @typedef {ApiDocs & { name: string, is_bitfield?: boolean, values: ApiValue[] }} ApiEnum
 * @typedef {ApiDocs & { name: string, inherits?: string, is_instantiable?: boolean, methods?: ApiMethod[], properties?: ApiProperty[], signals?: ApiSignal[], constants?: ApiValue[], enums?: ApiEnum[] }} ApiClass
 * @typedef {ApiDocs & { name: string, right_type?: string, return_type: string }} ApiOperator
 * @typedef {ApiDocs & { name: string, type: string, value: string }} ApiBuiltinConstant
 * @typedef {ApiDocs & { name: string, members?: (ApiDocs & { name: string, type: string })[], constants?: ApiBuiltinConstant[], enums?: ApiEnum[], operators?: ApiOperator[], methods?: ApiBuiltinMethod[], constructors?: (ApiDocs & { arguments?: ApiArgument[] })[] }} ApiBuiltin
 * @typedef {{ version_major: number, version_minor: number, version_patch: number }} ApiHeader
 * @typedef {{ header: ApiHeader, global_enums: ApiEnum[], global_constants: ApiValue[], utility_functions: ApiBuiltinMethod[], builtin_classes: ApiBuiltin[], classes: ApiClass[], singletons: { name: string, type: string }[] }} ExtensionApi
 */

const SECTIONS = /** @type {const} */ ([
  "global_enums",
  "global_constants",
  "utility_functions",
  "builtin_classes",
  "classes",
  "singletons",
]);

/**
 * Checks that a value is an extension API dump.
 * @param {unknown} value
 * @param {string} origin where it came from, for the message
 * @returns {ExtensionApi}
 * @throws {Error} naming the missing section
 */
export function asExtensionApi(value, origin) {
  const how = "Write it with: godot --headless --dump-extension-api-with-docs";
  if (typeof value !== "object" || value === null || !("header" in value)) {
    throw new Error(`${origin}: expected Godot's extension API with a "header", got ${describe(value)}. ${how}`);
  }
  for (const section of SECTIONS) {
    const found = /** @type {Record<string, unknown>} */ (value)[section];
    if (!Array.isArray(found)) {
      throw new Error(`${origin}: expected an array "${section}", got ${describe(found)}. ${how}`);
    }
  }
  return /** @type {ExtensionApi} */ (value);
}

/**
 * Reads and checks an extension API dump.
 * @param {string} path
 * @returns {ExtensionApi}
 */
export function readExtensionApi(path) {
  /** @type {unknown} */
  let parsed;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read ${path}: ${reason}. Write it with: godot --headless --dump-extension-api-with-docs`);
  }
  return asExtensionApi(parsed, path);
}

/** @param {unknown} value */
function describe(value) {
  return value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
}
