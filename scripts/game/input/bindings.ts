import { ACTIONS, type Action } from "./actions.ts";

/** Keys and mouse buttons are one place of an action, gamepads another one. */
export const PLACES = ["keys", "pad"] as const;
export type Place = (typeof PLACES)[number];

/**
 * What does something, as text: `key:NUMBER` or `shift+key:NUMBER` by its place on the keyboard, `mouse:NUMBER`, `pad:NUMBER` for a button, `axis:NUMBER:1` or
 * `axis:NUMBER:-1` for a way of a stick or a trigger; numbers are the engine's. "" for nothing.
 */
export type Binding = string;

/** Where an action is bound otherwise than usual. */
export type Bindings = Readonly<Partial<Record<Action, Readonly<Partial<Record<Place, Binding>>>>>>;
/** What is bound where usually: several keys of one action do the same. */
export type UsualBindings = Readonly<Record<Action, Readonly<Record<Place, readonly Binding[]>>>>;

/** What nobody can take away: the way out. */
const FIXED: readonly Action[] = ["pause"];
const FORMS: Readonly<Record<Place, RegExp>> = {
  keys: /^((shift\+)?key:\d{1,9}|mouse:\d{1,2})?$/,
  pad: /^(pad:\d{1,3}|axis:\d{1,2}:-?1)?$/,
};

export function isBinding(place: Place, value: unknown): value is Binding {
  return typeof value === "string" && FORMS[place].test(value);
}

/** What is in effect for an action: the player's, or else the usual. */
export function bindingsOf(action: Action, place: Place, bindings: Bindings, usual: UsualBindings): readonly Binding[] {
  const chosen = bindings[action]?.[place];
  if (chosen === undefined) return usual[action][place];
  return chosen === "" ? [] : [chosen];
}

/** Whether a player may bind an action in a place at all. */
export function mayBind(action: Action, place: Place): boolean {
  return !(place === "keys" && FIXED.includes(action));
}

export interface Rebinding {
  readonly bindings: Bindings;
  /** Actions that had it before, and have it no more. */
  readonly lost: readonly Action[];
  /** The action that keeps it, because the way out is nobody's to take; nothing has changed then. */
  readonly kept: Action | undefined;
}

/**
 * Binds an action to something: whatever else had it has it no more, with its other keys kept if there are any. What another action cannot do
 * without is refused.
 */
export function rebind(
  action: Action,
  place: Place,
  binding: Binding,
  bindings: Bindings,
  usual: UsualBindings,
): Rebinding {
  const others = ACTIONS.filter(
    (other) => other !== action && binding !== "" && bindingsOf(other, place, bindings, usual).includes(binding),
  );
  const kept = others.find((other) => !mayBind(other, place));
  if (kept !== undefined || !mayBind(action, place)) return { bindings, lost: [], kept: kept ?? action };
  let changed: Bindings = { ...bindings, [action]: { ...bindings[action], [place]: binding } };
  for (const other of others) {
    const left = bindingsOf(other, place, bindings, usual).find((one) => one !== binding) ?? "";
    changed = { ...changed, [other]: { ...changed[other], [place]: left } };
  }
  return { bindings: changed, lost: others, kept: undefined };
}

/** From what was read of a file: what is none of the actions, or no binding, is left out. */
export function readBindings(value: unknown): Bindings {
  if (typeof value !== "object" || value === null) return {};
  const stored = value as Record<string, unknown>;
  let bindings: Bindings = {};
  for (const action of ACTIONS) {
    const places = stored[action];
    if (typeof places !== "object" || places === null) continue;
    for (const place of PLACES) {
      const binding = (places as Record<string, unknown>)[place];
      if (!isBinding(place, binding) || !mayBind(action, place)) continue;
      bindings = { ...bindings, [action]: { ...bindings[action], [place]: binding } };
    }
  }
  return bindings;
}
