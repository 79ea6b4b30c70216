import { callParameters, defaultValueDocs, emitEnums, entryDoc } from "./emit-members.mjs";
import { isReservedWord, mapType } from "./type-mapping.mjs";

/**
 * Global enums (as objects and as single constants), constants and utility functions.
 * @param {import("./extension-api.mjs").ExtensionApi} api
 * @param {import("./emit-members.mjs").EmitContext} context
 * @returns {string}
 */
export function emitGlobals(api, context) {
  let out = "";
  /** @type {Map<string, import("./extension-api.mjs").ApiEnum[]>} */
  const scoped = new Map();
  for (const item of api.global_enums) {
    const [scope, name] = item.name.includes(".") ? item.name.split(".", 2) : [undefined, item.name];
    if (scope !== undefined && name !== undefined) scoped.set(scope, [...(scoped.get(scope) ?? []), { ...item, name }]);
    else out += emitEnums([item], "", "export enum");
  }
  for (const [scope, enums] of scoped) out += `export namespace ${scope} {\n${emitEnums(enums, "  ", "enum")}}\n`;
  for (const item of api.global_enums) {
    for (const value of item.values) {
      out += `${entryDoc(value, context, "")}export const ${value.name}: ${item.name}.${value.name};\n`;
    }
  }
  for (const constant of api.global_constants) {
    out += `${entryDoc(constant, context, "")}export const ${constant.name}: number;\n`;
  }
  for (const utility of api.utility_functions) out += emitUtility(utility, context);
  return out;
}

/** Functions whose types say more than the dump. */
const OWN_SIGNATURES = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({
    instance_from_id: "(instance_id: number | bigint): GodotObject | null",
    is_instance_valid: "<T>(instance: T): instance is NonNullable<T>",
    lerp: "<T extends number | Vector2 | Vector3 | Vector4 | Color | Quaternion | Basis | Transform2D | Transform3D>(from: T, to: T, weight: number): Widened<T>",
    ...Object.fromEntries(["max", "min"].map((name) => [name, "(...values: number[]): number"])),
    clamp:
      "<T extends number | Vector2 | Vector2i | Vector3 | Vector3i | Vector4 | Vector4i>(value: T, min: T, max: T): Widened<T>",
    ...Object.fromEntries(
      ["abs", "sign", "floor", "ceil", "round"].map((name) => [
        name,
        "<T extends number | Vector2 | Vector2i | Vector3 | Vector3i | Vector4 | Vector4i>(x: T): Widened<T>",
      ]),
    ),
    snapped:
      "<T extends number | Vector2 | Vector2i | Vector3 | Vector3i | Vector4 | Vector4i>(x: T, step: T): Widened<T>",
    wrap: "(value: number, min: number, max: number): number",
  })
);

/** Functions that print or join any number of values: the dump names a first one, which may be missing. */
const ANY_ARGUMENTS = /^(print|printerr|printt|prints|printraw|print_rich|print_verbose|push_error|push_warning|str)$/;

/**
 * @param {import("./extension-api.mjs").ApiBuiltinMethod} utility
 * @param {import("./emit-members.mjs").EmitContext} context
 */
function emitUtility(utility, context) {
  const doc = entryDoc(utility, context, "", defaultValueDocs(utility.arguments));
  const parameters = ANY_ARGUMENTS.test(utility.name) ? "...args: VariantInput[]" : callParameters(utility, context);
  const own = OWN_SIGNATURES[utility.name];
  const signature = own ?? `(${parameters}): ${mapType(utility.return_type ?? "void", "out")}`;
  if (!isReservedWord(utility.name)) return `${doc}export function ${utility.name}${signature};\n`;
  return `${doc}declare function ${utility.name}_${signature};\nexport { ${utility.name}_ as ${utility.name} };\n`;
}
