import { ActionKind as WireKind } from "./generated/wire/action-kind.ts";
import { ActionOutcome as WireOutcome } from "./generated/wire/action-outcome.ts";
import type { ActionKind, ActionOutcome } from "./messages.ts";

/** Every outcome with its number on the wire. Exhaustive by type, checked against the schema by a test. */
const OUTCOME_NUMBERS: Readonly<Record<ActionOutcome, number>> = {
  unknown: WireOutcome.unknown,
  hit: WireOutcome.hit,
  no_target: WireOutcome.no_target,
  out_of_range: WireOutcome.out_of_range,
  out_of_arc: WireOutcome.out_of_arc,
  target_gone: WireOutcome.target_gone,
  cooldown: WireOutcome.cooldown,
  no_such_target: WireOutcome.no_such_target,
  self: WireOutcome.self,
  too_late: WireOutcome.too_late,
  too_far_ahead: WireOutcome.too_far_ahead,
  no_command: WireOutcome.no_command,
  rate_limited: WireOutcome.rate_limited,
  switched_off: WireOutcome.switched_off,
  unknown_action: WireOutcome.unknown_action,
};
const KIND_NUMBERS: Readonly<Record<ActionKind, number>> = { none: WireKind.none, strike: WireKind.strike };

/** All outcomes, in no particular order. */
export const ACTION_OUTCOMES = Object.keys(OUTCOME_NUMBERS) as readonly ActionOutcome[];
export const ACTION_KINDS = Object.keys(KIND_NUMBERS) as readonly ActionKind[];

const OUTCOMES: readonly ActionOutcome[] = byNumber(ACTION_OUTCOMES, OUTCOME_NUMBERS);
const KINDS: readonly ActionKind[] = byNumber(ACTION_KINDS, KIND_NUMBERS);

/** The number of an outcome on the wire. Throws `RangeError` on what is none. */
export function outcomeNumber(outcome: ActionOutcome): number {
  return numberOf(OUTCOME_NUMBERS, outcome, "outcome");
}

/** The outcome with that number; "unknown" for a number that this version does not know. */
export function actionOutcome(number: number): ActionOutcome {
  return OUTCOMES[number] ?? "unknown";
}

/** The number of a kind of action on the wire. Throws `RangeError` on what is none. */
export function kindNumber(kind: ActionKind): number {
  return numberOf(KIND_NUMBERS, kind, "kind");
}

/** The kind with that number; "none" for a number that this version does not know. */
export function actionKind(number: number): ActionKind {
  return KINDS[number] ?? "none";
}

function byNumber<Name extends string>(names: readonly Name[], numbers: Readonly<Record<Name, number>>): Name[] {
  const list: Name[] = [];
  for (const name of names) list[numbers[name]] = name;
  return list;
}

function numberOf<Name extends string>(numbers: Readonly<Record<Name, number>>, name: Name, what: string): number {
  if (Object.hasOwn(numbers, name)) return numbers[name];
  throw new RangeError(`action ${what}: expected one of ${Object.keys(numbers).join(", ")}, got ${name}`);
}
