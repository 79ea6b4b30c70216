import { CONTAINERS } from "../src/containers.mjs";
import { emitBuiltin } from "./emit-builtin.mjs";
import { emitClass } from "./emit-class.mjs";
import { emitContainer } from "./emit-container.mjs";
import { emitGlobals } from "./emit-global.mjs";
import { preamble } from "./preamble.mjs";
import { NATIVE_BUILTINS } from "./type-mapping.mjs";

/**
 * Renders the whole of `godot.d.ts`. The same API gives the same text, byte for byte.
 * @param {import("./extension-api.mjs").ExtensionApi} api
 * @returns {string}
 */
export function renderTypings(api) {
  const classes = new Map(api.classes.map((cls) => [cls.name, cls]));
  const { version_major: major, version_minor: minor } = api.header;
  /** @type {import("./emit-members.mjs").EmitContext} */
  const context = {
    docsUrl: `https://docs.godotengine.org/en/${major}.${minor}`,
    classes,
    singletonTypes: new Set(api.singletons.map((singleton) => singleton.type)),
    isClass: (name) => classes.has(name),
  };
  const hints = api.global_enums.find((item) => item.name === "PropertyHint")?.values.map((value) => value.name) ?? [];
  const exportable = api.classes.map((cls) => cls.name).filter((name) => isKindOf(name, ["Node", "Resource"], classes));
  const parts = [preamble(api.header, hints, exportable), emitGlobals(api, context)];
  for (const builtin of api.builtin_classes) {
    if (!NATIVE_BUILTINS.has(builtin.name)) parts.push(emitBuiltin(builtin, context));
  }
  for (const container of CONTAINERS) {
    const builtin = api.builtin_classes.find((item) => item.name === container.type);
    if (builtin !== undefined) parts.push(emitContainer(container, builtin, context));
  }
  for (const cls of api.classes) parts.push(emitClass(cls, context));
  return `${parts.join("\n").trimEnd()}\n`;
}

/**
 * @param {string} name
 * @param {readonly string[]} bases
 * @param {ReadonlyMap<string, import("./extension-api.mjs").ApiClass>} classes
 */
function isKindOf(name, bases, classes) {
  for (let current = classes.get(name); current; current = classes.get(current.inherits ?? "")) {
    if (bases.includes(current.name)) return true;
  }
  return false;
}
