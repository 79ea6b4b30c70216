import type { CombatEvent } from "../../protocol/combat/combat-messages.ts";
import { CombatFlag } from "../../protocol/combat/combat-words.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import { createText, type Mutable } from "./combat-parts.ts";
import {
  type CombatTextEvent,
  type CombatTextFeed,
  type CombatTextKind,
  MAX_TEXTS_PER_FRAME,
} from "./view/combat-text.ts";

/** A hit that was not confirmed by then was none. */
const CONFIRM_TICKS = 90;
const MAX_PREDICTED = 8;

/** Turns the events of a fight into texts to be shown, one's own before those of strangers. Entries are reused from frame to frame. */
export class CombatTexts implements CombatTextFeed {
  count = 0;
  omitted = 0;
  readonly events: readonly Mutable<CombatTextEvent>[] = Array.from({ length: MAX_TEXTS_PER_FRAME }, createText);
  readonly #data: CombatData | undefined;
  readonly #predicted: { number: number; abilityId: number; targetEntityId: number; tick: number }[] = [];
  #number = 0;

  constructor(data: CombatData | undefined) {
    this.#data = data;
  }

  beginFrame(): void {
    this.count = 0;
    this.omitted = 0;
  }

  /** A hit that is expected of a use of one's own. */
  predict(abilityId: number, targetEntityId: number, ownEntityId: number, tick: number): void {
    const text = this.#next("damage", targetEntityId, ownEntityId, true, tick);
    if (text === undefined) return;
    text.predicted = true;
    text.label = this.#data?.ability(abilityId)?.name ?? "";
    if (this.#predicted.length === MAX_PREDICTED) this.#predicted.shift();
    this.#predicted.push({ number: text.number, abilityId, targetEntityId, tick });
  }

  /** The player cannot do what it wished to, for a reason in words. */
  refuse(ownEntityId: number, label: string, tick: number): void {
    const text = this.#next("refused", ownEntityId, ownEntityId, true, tick);
    if (text !== undefined) text.label = label;
  }

  /** The same by the server's word: what was expected of it is not to be expected any more, the reason takes its place. */
  refuseExpected(abilityId: number, targetEntityId: number, ownEntityId: number, label: string, tick: number): void {
    const text = this.#next("refused", ownEntityId, ownEntityId, true, tick);
    const confirms = this.#takePredicted(abilityId, targetEntityId, tick);
    if (text === undefined) return;
    text.label = label;
    text.confirms = confirms;
  }

  /** `own`: it concerns the player or its party. */
  add(event: Readonly<CombatEvent>, tick: number, own: boolean, ownEntityId: number): void {
    const kind = kindOf(event, this.#data);
    if (kind === undefined) return;
    const over = kind === "interrupted" ? event.sourceEntityId : event.targetEntityId;
    const text = this.#next(kind, over, event.sourceEntityId, own, tick);
    if (text === undefined) return;
    text.amount = kind === "absorbed" ? event.absorbed : kind === "blocked" ? event.blocked : event.amount;
    text.critical = (event.flags & CombatFlag.critical) !== 0;
    text.periodic = (event.flags & CombatFlag.periodic) !== 0;
    const isAura = text.periodic || kind === "buff" || kind === "debuff";
    const name = isAura ? this.#data?.aura(event.what)?.name : this.#data?.ability(event.what)?.name;
    text.label = name ?? "";
    if (kind === "buff" || kind === "debuff") text.amount = 0;
    if (event.sourceEntityId === ownEntityId && !isAura) {
      text.confirms = this.#takePredicted(event.what, event.targetEntityId, tick);
    }
  }

  /** Number of the text that was expected of an ability at somebody, which is not expected any more; 0 if none was. */
  #takePredicted(abilityId: number, targetEntityId: number, tick: number): number {
    const index = this.#predicted.findIndex(
      (one) => one.abilityId === abilityId && one.targetEntityId === targetEntityId,
    );
    const found = this.#predicted[index];
    if (found === undefined) return 0;
    this.#predicted.splice(index, 1);
    return tick - found.tick > CONFIRM_TICKS ? 0 : found.number;
  }

  /** The next entry; a stranger's gives way to one's own when there is no more room. */
  #next(
    kind: CombatTextKind,
    entityId: number,
    sourceEntityId: number,
    own: boolean,
    tick: number,
  ): Mutable<CombatTextEvent> | undefined {
    let text = this.events[this.count];
    if (text === undefined) {
      this.omitted += 1;
      text = own ? this.events.find((one) => !one.own) : undefined;
      if (text === undefined) return undefined;
    } else this.count += 1;
    this.#number += 1;
    text.number = this.#number;
    text.kind = kind;
    text.entityId = entityId;
    text.sourceEntityId = sourceEntityId;
    text.own = own;
    text.tick = tick;
    text.amount = 0;
    text.critical = false;
    text.periodic = false;
    text.predicted = false;
    text.confirms = 0;
    text.label = "";
    return text;
  }
}

function kindOf(event: Readonly<CombatEvent>, data: CombatData | undefined): CombatTextKind | undefined {
  switch (event.kind) {
    case "damage":
      if (event.amount > 0) return "damage";
      return event.absorbed > 0 ? "absorbed" : event.blocked > 0 ? "blocked" : "damage";
    case "heal":
      return "heal";
    case "miss":
      return "miss";
    case "cast_interrupted":
      return "interrupted";
    case "aura_applied":
      return (data?.aura(event.what)?.harmful ?? false) ? "debuff" : "buff";
    case "death":
      return "death";
    default:
      return undefined;
  }
}
