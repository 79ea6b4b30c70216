import { docComment } from "./doc-comment.mjs";
import { acceptsNull } from "./nullability.mjs";
import { isObjectType, mapType, parameterName } from "./type-mapping.mjs";

/**
 * What every emitter needs to know about the API.
 * @typedef {{
 *   docsUrl: string,
 *   classes: ReadonlyMap<string, import("./extension-api.mjs").ApiClass>,
 *   singletonTypes: ReadonlySet<string>,
 *   isClass(name: string): boolean,
 * }} EmitContext
 */

/**
 * The parameter list of a method that a script calls.
 * @param {{ name: string, arguments?: import("./extension-api.mjs").ApiArgument[], is_vararg?: boolean }} method
 * @param {EmitContext} context
 * @returns {string}
 */
export function callParameters(method, context) {
  const parts = (method.arguments ?? []).map((argument) => {
    const nullable = isObjectType(argument.type, context) && acceptsNull(method.name, argument);
    const type = `${mapType(argument.type, "in")}${nullable ? " | null" : ""}`;
    return `${parameterName(argument.name)}${argument.default_value === undefined ? "" : "?"}: ${type}`;
  });
  if (method.is_vararg) parts.push("...args: VariantInput[]");
  return parts.join(", ");
}

/**
 * The parameter list of a function that the engine calls (virtual methods, signal handlers).
 * @param {readonly import("./extension-api.mjs").ApiArgument[] | undefined} parameters
 * @returns {string}
 */
export function handlerParameters(parameters) {
  return (parameters ?? []).map(({ name, type }) => `${parameterName(name)}: ${mapType(type, "out")}`).join(", ");
}

/**
 * Default values of parameters, for the documentation.
 * @param {readonly import("./extension-api.mjs").ApiArgument[] | undefined} parameters
 * @returns {(readonly [string, string])[]}
 */
export function defaultValueDocs(parameters) {
  return (parameters ?? []).flatMap(({ name, default_value: value }) =>
    value === undefined
      ? []
      : [/** @type {const} */ ([parameterName(name), `Default: \`${value.replace(/^&/, "")}\``])],
  );
}

/**
 * A documentation comment for an API entry.
 * @param {import("./extension-api.mjs").ApiDocs} entry
 * @param {EmitContext} context
 * @param {string} indent
 * @param {(readonly [string, string])[]} [params]
 */
export function entryDoc(entry, context, indent, params = []) {
  const text = entry.description || entry.brief_description || "";
  return docComment(
    {
      text,
      params,
      ...(entry.deprecated === undefined ? {} : { deprecated: entry.deprecated }),
      ...(entry.experimental === undefined ? {} : { experimental: entry.experimental }),
    },
    { indent, docsUrl: context.docsUrl },
  );
}

/**
 * Constants of a class: its own and the values of its enums.
 * @param {{ name: string, constants?: readonly import("./extension-api.mjs").ApiValue[], enums?: readonly import("./extension-api.mjs").ApiEnum[] }} owner
 * @param {EmitContext} context
 * @param {{ modifier: "static readonly" | "readonly", scope: string }} options scope: what the enum types are under
 */
export function emitConstants(owner, context, { modifier, scope }) {
  let out = "";
  for (const constant of owner.constants ?? []) {
    out += `${entryDoc(constant, context, "  ")}  ${modifier} ${constant.name}: ${numberType(constant.value)};\n`;
  }
  for (const { name, values } of owner.enums ?? []) {
    for (const value of values) {
      out += `${entryDoc(value, context, "  ")}  ${modifier} ${value.name}: ${scope}.${name}.${value.name};\n`;
    }
  }
  return out;
}

/**
 * Enum declarations.
 * @param {readonly import("./extension-api.mjs").ApiEnum[]} enums
 * @param {string} indent
 * @param {string} keyword
 */
export function emitEnums(enums, indent, keyword) {
  return enums
    .map(({ name, values }) => {
      const members = values.map((value) => `${indent}  ${value.name} = ${value.value},\n`).join("");
      return `${indent}${keyword} ${name} {\n${members}${indent}}\n`;
    })
    .join("");
}

/** @param {number} value */
function numberType(value) {
  return Number.isSafeInteger(value) ? String(value) : "number | bigint";
}
