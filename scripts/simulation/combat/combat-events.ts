import type { CombatEventKind } from "../../protocol/combat/combat-words.ts";
import { COMBAT_EVENT_KINDS } from "../../protocol/combat/combat-words.ts";

const FIRST_CAPACITY = 1024;
const KIND_NUMBER = new Map(COMBAT_EVENT_KINDS.map((kind, number) => [kind, number]));

/** The number under which a kind is kept and written. */
export function eventKindNumber(kind: CombatEventKind): number {
  return KIND_NUMBER.get(kind) ?? 0;
}

/** Numbers of kinds, so that telling an event looks nothing up. */
export const EventKindNumber = Object.fromEntries(COMBAT_EVENT_KINDS.map((kind, number) => [kind, number])) as Readonly<
  Record<CombatEventKind, number>
>;

/**
 * What happened in one tick, in the order of rule C35: index i of every array below `count` is one event. Its number is `firstSequence` + i, and
 * goes on from tick to tick. Reused memory, which grows when a tick has more than ever before.
 */
export class CombatEvents {
  /** Server tick of all of them. */
  tick = 0;
  firstSequence = 1;
  count = 0;
  /** `EventKindNumber`. */
  kind = new Uint8Array(FIRST_CAPACITY);
  source = new Uint32Array(FIRST_CAPACITY);
  target = new Uint32Array(FIRST_CAPACITY);
  /** -1: nobody, or gone. */
  sourcePlace = new Int16Array(FIRST_CAPACITY);
  targetPlace = new Int16Array(FIRST_CAPACITY);
  /** Number on the wire of an ability, or of an aura: see docs/combat.md. */
  what = new Uint16Array(FIRST_CAPACITY);
  amount = new Uint16Array(FIRST_CAPACITY);
  absorbed = new Uint16Array(FIRST_CAPACITY);
  blocked = new Uint16Array(FIRST_CAPACITY);
  over = new Uint16Array(FIRST_CAPACITY);
  /** Bits of `CombatFlag`. */
  flags = new Uint8Array(FIRST_CAPACITY);

  /** Forgets the last tick's, whose numbers are used up. */
  begin(tick: number): void {
    this.firstSequence += this.count;
    this.count = 0;
    this.tick = tick;
  }

  add(
    kind: number,
    sourcePlace: number,
    source: number,
    targetPlace: number,
    target: number,
    what: number,
    amount: number,
  ): void {
    const at = this.count;
    if (at === this.kind.length) this.#grow();
    this.count = at + 1;
    this.kind[at] = kind;
    this.source[at] = source;
    this.target[at] = target;
    this.sourcePlace[at] = sourcePlace;
    this.targetPlace[at] = targetPlace;
    this.what[at] = what;
    this.amount[at] = Math.min(amount, 0xffff);
    this.absorbed[at] = 0;
    this.blocked[at] = 0;
    this.over[at] = 0;
    this.flags[at] = 0;
  }

  /** The rest of the newest event. */
  complete(absorbed: number, blocked: number, over: number, flags: number): void {
    const at = this.count - 1;
    this.absorbed[at] = Math.min(absorbed, 0xffff);
    this.blocked[at] = Math.min(blocked, 0xffff);
    this.over[at] = Math.min(over, 0xffff);
    this.flags[at] = flags;
  }

  #grow(): void {
    const size = this.kind.length * 2;
    this.kind = grown(this.kind, new Uint8Array(size));
    this.source = grown(this.source, new Uint32Array(size));
    this.target = grown(this.target, new Uint32Array(size));
    this.sourcePlace = grown(this.sourcePlace, new Int16Array(size));
    this.targetPlace = grown(this.targetPlace, new Int16Array(size));
    this.what = grown(this.what, new Uint16Array(size));
    this.amount = grown(this.amount, new Uint16Array(size));
    this.absorbed = grown(this.absorbed, new Uint16Array(size));
    this.blocked = grown(this.blocked, new Uint16Array(size));
    this.over = grown(this.over, new Uint16Array(size));
    this.flags = grown(this.flags, new Uint8Array(size));
  }
}

function grown<Numbers extends Uint8Array | Uint16Array | Uint32Array | Int16Array>(
  from: Numbers,
  to: Numbers,
): Numbers {
  to.set(from);
  return to;
}
