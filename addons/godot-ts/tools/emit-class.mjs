import { CLASS_ADDITIONS, OWN_SIGNATURES, VIRTUAL_ADDITIONS } from "./class-additions.mjs";
import {
  callParameters,
  defaultValueDocs,
  emitConstants,
  emitEnums,
  entryDoc,
  handlerParameters,
} from "./emit-members.mjs";
import { propertyNeverNull, returnsNeverNull } from "./nullability.mjs";
import { isObjectType, mapType } from "./type-mapping.mjs";

/**
 * @typedef {import("./emit-members.mjs").EmitContext} EmitContext
 * @typedef {import("./extension-api.mjs").ApiClass} ApiClass
 * @typedef {import("./extension-api.mjs").ApiMethod} ApiMethod
 * @typedef {import("./extension-api.mjs").ApiProperty} ApiProperty
 */

/**
 * The declarations of one engine class: signal map, virtual methods, class, enums; for a singleton also its constant.
 * @param {ApiClass} cls
 * @param {EmitContext} context
 * @returns {string}
 */
export function emitClass(cls, context) {
  const isSingleton = context.singletonTypes.has(cls.name);
  const name = declaredName(cls.name, context);
  let out = emitSignals(cls, context);
  out += emitVirtuals(cls, name, isSingleton, context);
  const brief = { ...cls, description: cls.brief_description ?? "" };
  out += entryDoc(brief, context, "");
  const keywords = isSingleton ? "declare class" : cls.is_instantiable ? "export class" : "export abstract class";
  const exported = cls.name === "Object" ? "declare class" : keywords;
  const base = cls.inherits ? ` extends ${declaredName(cls.inherits, context)}` : "";
  out += `${exported} ${name}${base} {\n`;
  if (hasOwnSignals(cls)) out += `  readonly [SIGNALS]: ${signalMapName(cls.name)};\n`;
  out += emitConstants(cls, context, { modifier: isSingleton ? "readonly" : "static readonly", scope: name });
  if (isSingleton) {
    for (const { name: enumName } of cls.enums ?? []) out += `  readonly ${enumName}: typeof ${name}.${enumName};\n`;
  }
  for (const property of cls.properties ?? []) out += emitProperty(cls, property, context);
  for (const method of cls.methods ?? []) if (!method.is_virtual) out += emitMethod(cls, method, context);
  out += CLASS_ADDITIONS[cls.name] ?? "";
  out += "}\n";
  const enums = cls.enums ?? [];
  if (enums.length > 0) {
    const keyword = isSingleton || cls.name === "Object" ? "declare" : "export";
    out += `${keyword} namespace ${name} {\n${emitEnums(enums, "  ", "enum")}}\n`;
  }
  if (isSingleton) out += emitSingleton(cls, name, entryDoc(brief, context, ""));
  if (cls.name === "Object") out += "export { GodotObject as Object, GodotObject };\n";
  return out;
}

/**
 * The name under which a class is declared: singletons export an object of that name, so their class has another, and
 * `Object` would hide JavaScript's.
 * @param {string} className
 * @param {EmitContext} context
 */
function declaredName(className, context) {
  if (className === "Object") return "GodotObject";
  return context.singletonTypes.has(className) ? `${className}Singleton` : className;
}

/** @param {ApiClass} cls */
function hasOwnSignals(cls) {
  return cls.name === "Object" || (cls.signals?.length ?? 0) > 0;
}

/** @param {string} className */
function signalMapName(className) {
  return `${className}Signals`;
}

/**
 * @param {ApiClass} cls
 * @param {EmitContext} context
 */
function emitSignals(cls, context) {
  if (!hasOwnSignals(cls)) return "";
  let base = cls.inherits ? context.classes.get(cls.inherits) : undefined;
  while (base && !hasOwnSignals(base)) base = base.inherits ? context.classes.get(base.inherits) : undefined;
  let out = `export interface ${signalMapName(cls.name)}${base ? ` extends ${signalMapName(base.name)}` : ""} {\n`;
  for (const signal of cls.signals ?? []) {
    out += `${entryDoc(signal, context, "  ")}  ${signal.name}: [${handlerParameters(signal.arguments)}];\n`;
  }
  return `${out}}\n`;
}

/**
 * Virtual methods are optional and may be overridden without the word `override`. TypeScript asks for it unless one
 * declaration of the base method is abstract, and asks for an implementation if all of them are: hence the pair.
 * @param {ApiClass} cls
 * @param {string} name
 * @param {boolean} isSingleton
 * @param {EmitContext} context
 */
function emitVirtuals(cls, name, isSingleton, context) {
  const virtuals = (cls.methods ?? []).filter((method) => method.is_virtual);
  const added = VIRTUAL_ADDITIONS[cls.name] ?? [];
  if (virtuals.length + added.length === 0) return "";
  let documented = "";
  let free = "";
  for (const { doc, signature } of added) {
    documented += `  /** ${doc} */\n  ${signature}\n`;
    free += `  abstract ${signature}\n`;
  }
  for (const method of virtuals) {
    const result = method.return_value ? virtualResult(method.return_value.type, context) : "void";
    const signature = `${method.name}?(${handlerParameters(method.arguments)}): ${result};\n`;
    documented += `${entryDoc(method, context, "  ")}  ${signature}`;
    free += `  abstract ${signature}`;
  }
  const keyword = isSingleton || cls.name === "Object" ? "interface" : "export interface";
  return (
    `interface ${name}Virtuals {\n${documented}}\n` +
    `declare abstract class ${name}VirtualsFree {\n${free}}\n` +
    `type ${name}VirtualMethods = ${name}Virtuals & ${name}VirtualsFree;\n` +
    `${keyword} ${name} extends ${name}VirtualMethods {}\n`
  );
}

/**
 * @param {string} type
 * @param {EmitContext} context
 */
function virtualResult(type, context) {
  return `${mapType(type, "in")}${isObjectType(type, context) ? " | null" : ""}`;
}

/**
 * @param {ApiClass} cls
 * @param {ApiProperty} property
 * @param {EmitContext} context
 */
function emitProperty(cls, property, context) {
  // Names with a leading underscore are the engine's own storage; a slash is a key of get() and set(), not a member.
  if (!/^[a-z]\w*$/i.test(property.name)) return "";
  const getter = findMethod(cls, property.getter, context)?.return_value?.type;
  const type = getter === undefined || getter === "Array" || getter === "Dictionary" ? property.type : getter;
  const nullable = isObjectType(type, context) && !propertyNeverNull(cls.name, property.name) ? " | null" : "";
  let out = entryDoc(property, context, "  ");
  out += `  get ${property.name}(): ${unchangeable(mapType(type, "out"))}${nullable};\n`;
  if (property.setter) out += `  set ${property.name}(value: ${mapType(type, "in")}${nullable});\n`;
  return out;
}

/**
 * Arrays and dictionaries of properties are frozen copies.
 * @param {string} type
 */
function unchangeable(type) {
  if (type === "Dictionary") return "Readonly<Dictionary>";
  return type.endsWith("[]") ? `readonly ${type}` : type;
}

/**
 * @param {ApiClass} cls
 * @param {string | undefined} name
 * @param {EmitContext} context
 * @returns {ApiMethod | undefined}
 */
function findMethod(cls, name, context) {
  /** @type {ApiClass | undefined} */
  let current = cls;
  while (current && name) {
    const method = current.methods?.find((candidate) => candidate.name === name);
    if (method) return method;
    current = current.inherits ? context.classes.get(current.inherits) : undefined;
  }
  return undefined;
}

/**
 * @param {ApiClass} cls
 * @param {ApiMethod} method
 * @param {EmitContext} context
 */
function emitMethod(cls, method, context) {
  const doc = entryDoc(method, context, "  ", defaultValueDocs(method.arguments));
  const own = OWN_SIGNATURES[`${cls.name}.${method.name}`];
  if (own !== undefined) return `${doc}  ${own}\n`;
  const type = method.return_value?.type ?? "void";
  const nullable = isObjectType(type, context) && !returnsNeverNull(cls.name, method) ? " | null" : "";
  const prefix = method.is_static && !context.singletonTypes.has(cls.name) ? "static " : "";
  return `${doc}  ${prefix}${method.name}(${callParameters(method, context)}): ${mapType(type, "out")}${nullable};\n`;
}

/**
 * The object that scripts import, the type of that name, and the types of its enums.
 * @param {ApiClass} cls
 * @param {string} name
 * @param {string} doc
 */
function emitSingleton(cls, name, doc) {
  const types = (cls.enums ?? []).map((item) => `  type ${item.name} = ${name}.${item.name};\n`).join("");
  const namespace = types === "" ? "" : `export namespace ${cls.name} {\n${types}}\n`;
  return `export type ${cls.name} = ${name};\n${doc}export const ${cls.name}: ${name};\n${namespace}`;
}
