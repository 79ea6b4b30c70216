import type { AbilityResult, AbilityUse, CombatSelf } from "../../protocol/combat/combat-messages.ts";
import type { AbilityOutcome } from "../../protocol/combat/combat-words.ts";
import { chargedAfterUse, chargesLeft } from "../../simulation/combat/ability-rules.ts";
import type { Ability, CombatData } from "../../simulation/combat/data/combat-data.ts";
import { PARTS_PER_POINT } from "../../simulation/combat/fighters.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import { type AbilitySlotView, SLOT_COUNT, type SlotRefusal } from "./view/ability-slot-view.ts";

/** Rule C10: a press so long before it can be done waits. */
export const QUEUE_TICKS = 0.4 * TICK_RATE_HZ;
const FAST_COPIES = 3;
const FAST_INTERVAL_MS = 33;
const SLOW_INTERVAL_MS = 100;
const GIVE_UP_MS = 3_000;
const MAX_PENDING = 6;

type MutableSlot = { -readonly [Key in keyof AbilitySlotView]: AbilitySlotView[Key] };

interface Pending {
  readonly use: AbilityUse;
  readonly ability: Ability;
  readonly beganMs: number;
  nextCopyMs: number;
  copies: number;
}

/** What the character can do at the moment of a press, besides what the bar knows. */
export interface UseMoment {
  readonly nowMs: number;
  /** Own tick of the next command. */
  readonly tick: number;
  /** Server tick, with fraction, at which the others are drawn. */
  readonly viewTick: number;
  readonly dead: boolean;
  readonly moving: boolean;
  readonly grounded: boolean;
}

/**
 * The ability bar and its prediction: cooldowns, charges, the global cooldown, casts and the resource begin at once, in the command that the use is
 * of, and are what the server says as soon as it has said it. Slots change only when something in them does.
 */
export class AbilityBar {
  readonly slots: readonly MutableSlot[];
  globalStart = 0;
  globalEnd = 0;
  /** What is cast, as far as is known: own ticks. */
  casting: Ability | undefined;
  castStart = 0;
  castEnd = 0;
  maxResource = 0;
  readonly #data: CombatData | undefined;
  readonly #charged = new Map<number, number>();
  readonly #pending: Pending[] = [];
  #queued = 0;
  #nextId = 1;
  #resource = 0;
  #resourceTick = 0;
  #regeneration = 0;

  constructor(data: CombatData | undefined) {
    this.#data = data;
    this.slots = Array.from({ length: SLOT_COUNT }, (_, i) => slotOf(i + 1, data?.inSlot(i + 1)));
  }

  get queuedSlot(): number {
    return this.#queued;
  }

  /** Sixtieths of a point at an own tick, less what was asked for and not answered. */
  resourceAt(tick: number): number {
    const grown = this.#resource + this.#regeneration * Math.max(tick - this.#resourceTick, 0);
    let spent = 0;
    for (let i = 0; i < this.#pending.length; i += 1) {
      const pending = this.#pending[i];
      if (pending === undefined || pending.ability.use === "cast" || pending.use.tick <= this.#resourceTick) continue;
      spent += pending.ability.cost * PARTS_PER_POINT;
    }
    return Math.max(Math.min(this.maxResource, grown) - spent, 0);
  }

  /**
   * Uses what is in a slot, or queues it, or says why not. `judge` looks at the target. Returns the message to send, which is repeated by `advance`.
   */
  press(
    slot: number,
    target: number,
    moment: UseMoment,
    judge: (ability: Ability) => AbilityOutcome,
  ): { readonly use: AbilityUse; readonly ability: Ability } | undefined {
    const ability = this.#data?.inSlot(slot);
    const view = this.slots[slot - 1];
    if (ability === undefined || view === undefined) return undefined;
    const wait = this.#waitTicks(ability, moment.tick);
    // What will not be ready then either is refused at once.
    const chargesThen = chargesLeft(ability, this.#charged.get(ability.index) ?? 0, moment.tick + wait);
    if (wait > 0 && wait <= QUEUE_TICKS && chargesThen > 0) {
      this.#queue(slot);
      return undefined;
    }
    const refusal = this.#refusal(ability, moment, wait) ?? judge(ability);
    if (refusal !== "accepted") {
      this.refuse(slot, refusal, moment.tick);
      return undefined;
    }
    if (this.#queued === slot) this.#queue(0);
    return { use: this.#begin(ability, target, moment), ability };
  }

  refuse(slot: number, refusal: SlotRefusal, tick: number): void {
    const view = this.slots[slot - 1];
    if (view === undefined) return;
    view.refusal = refusal;
    view.refusedTick = tick;
    view.revision += 1;
  }

  /** Forgets what is queued. */
  clearQueue(): void {
    this.#queue(0);
  }

  /** The queued slot, if its time has come. */
  takeQueued(tick: number): number {
    const ability = this.#data?.inSlot(this.#queued);
    if (ability === undefined || this.#waitTicks(ability, tick) > 0) return 0;
    const slot = this.#queued;
    this.#queue(0);
    return slot;
  }

  /** Sends what is due again, and gives up what is never answered. */
  advance(nowMs: number, tick: number, send: (use: AbilityUse) => void): void {
    for (let i = 0; i < this.#pending.length; ) {
      const pending = this.#pending[i];
      if (pending === undefined) break;
      if (nowMs - pending.beganMs > GIVE_UP_MS) {
        this.#pending.splice(i, 1);
        this.refuse(pending.ability.slot, "no_answer", tick);
        continue;
      }
      if (nowMs >= pending.nextCopyMs) {
        pending.copies += 1;
        pending.nextCopyMs = nowMs + (pending.copies < FAST_COPIES ? FAST_INTERVAL_MS : SLOW_INTERVAL_MS);
        send(pending.use);
      }
      i += 1;
    }
    if (this.casting !== undefined && tick >= this.castEnd) this.#endCast();
  }

  /** The server has decided. Returns the ability, or nothing if it was not asked. */
  addResult(result: Readonly<AbilityResult>): Ability | undefined {
    const index = this.#pending.findIndex(({ use }) => use.useId === result.useId);
    const pending = this.#pending[index];
    if (pending === undefined) return undefined;
    this.#pending.splice(index, 1);
    const { ability } = pending;
    if (result.outcome !== "accepted") this.refuse(ability.slot, result.outcome, result.tick);
    if (ability.use !== "cast" || result.outcome !== "accepted") this.#charged.set(ability.index, result.chargedTick);
    this.globalEnd = result.globalEndTick;
    this.#resource = result.resource;
    this.#resourceTick = result.resourceTick;
    if (result.castEndTick > 0 && result.outcome === "accepted") this.castEnd = result.castEndTick;
    else if (result.outcome !== "accepted" && this.casting === ability && this.castStart === pending.use.tick) {
      this.#stopCast();
    }
    return ability;
  }

  /** The server's word on everything that is not being asked for right now. */
  addSelf(self: Readonly<CombatSelf>): void {
    this.maxResource = self.maxResource;
    this.#regeneration = self.regeneration;
    this.#resource = self.resource;
    this.#resourceTick = self.ownTick;
    const asks = this.#pending.some(({ use }) => use.tick > self.ownTick);
    if (asks) return;
    this.globalStart = self.globalStartTick;
    this.globalEnd = self.globalEndTick;
    this.#charged.clear();
    for (const { abilityId, chargedTick } of self.cooldowns) {
      const ability = this.#data?.ability(abilityId);
      if (ability !== undefined) this.#charged.set(ability.index, chargedTick);
    }
    this.casting = self.castAbilityId === 0 ? undefined : this.#data?.ability(self.castAbilityId);
    this.castStart = self.castStartTick;
    this.castEnd = self.castEndTick;
  }

  stopCast(): void {
    this.#stopCast();
  }

  /** Fills the slots for this frame. Allocates nothing. */
  fill(tick: number, moment: UseMoment): void {
    for (let i = 0; i < this.slots.length; i += 1) {
      const view = this.slots[i];
      const ability = this.#data?.inSlot(i + 1);
      if (view === undefined || ability === undefined) continue;
      const charged = this.#charged.get(ability.index) ?? 0;
      const charges = chargesLeft(ability, charged, tick);
      const ownEnd =
        charges === ability.charges ? 0 : charged - (ability.charges - charges - 1) * ability.cooldownTicks;
      const globalEnd = ability.globalCooldown && this.globalEnd > tick ? this.globalEnd : 0;
      const onlyGlobal = globalEnd > ownEnd;
      const end = onlyGlobal ? globalEnd : ownEnd;
      const start = end === 0 ? 0 : onlyGlobal ? this.globalStart : ownEnd - ability.cooldownTicks;
      const blockedBy = this.#blockedBy(ability, moment);
      const queued = this.#queued === view.slot;
      const pending = this.#asks(ability);
      const same =
        view.charges === charges &&
        view.cooldownEndTick === end &&
        view.cooldownStartTick === start &&
        view.onlyGlobal === onlyGlobal &&
        view.blockedBy === blockedBy &&
        view.queued === queued &&
        view.pending === pending;
      if (same) continue;
      view.charges = charges;
      view.cooldownEndTick = end;
      view.cooldownStartTick = start;
      view.onlyGlobal = onlyGlobal;
      view.blockedBy = blockedBy;
      view.queued = queued;
      view.pending = pending;
      view.revision += 1;
    }
  }

  #asks(ability: Ability): boolean {
    for (let i = 0; i < this.#pending.length; i += 1) if (this.#pending[i]?.ability === ability) return true;
    return false;
  }

  /** The session is over. */
  clear(): void {
    this.#pending.length = 0;
    this.#charged.clear();
    this.#nextId = 1;
    this.#queue(0);
    this.globalEnd = 0;
    this.#stopCast();
    for (const view of this.slots) {
      view.refusal = "accepted";
      view.refusedTick = 0;
      view.revision += 1;
    }
  }

  #begin(ability: Ability, target: number, { nowMs, tick, viewTick }: UseMoment): AbilityUse {
    const use: AbilityUse = {
      useId: this.#nextId,
      abilityId: ability.id,
      tick,
      viewTick: Math.max(Math.floor(viewTick), 0),
      viewFraction: viewTick > 0 ? Math.floor((viewTick - Math.floor(viewTick)) * 256) : 0,
      targetEntityId: target,
    };
    this.#nextId += 1;
    this.#pending.push({ use, ability, beganMs: nowMs, nextCopyMs: nowMs, copies: 0 });
    if (ability.globalCooldown) {
      this.globalStart = tick;
      this.globalEnd = tick + (this.#data?.basics.globalCooldownTicks ?? 0);
    }
    if (ability.use !== "cast") {
      this.#charged.set(ability.index, chargedAfterUse(ability, this.#charged.get(ability.index) ?? 0, tick));
    }
    if (ability.castTicks > 0) {
      this.casting = ability;
      this.castStart = tick;
      this.castEnd = tick + ability.castTicks;
    }
    return use;
  }

  /** A cast whose time is over is done, as far as one can tell: its cooldown begins. */
  #endCast(): void {
    const ability = this.casting;
    if (ability?.use === "cast") {
      this.#charged.set(ability.index, chargedAfterUse(ability, this.#charged.get(ability.index) ?? 0, this.castEnd));
    }
    this.#stopCast();
  }

  #stopCast(): void {
    this.casting = undefined;
    this.castStart = 0;
    this.castEnd = 0;
  }

  /** Ticks until nothing but the target can keep it from being used. */
  #waitTicks(ability: Ability, tick: number): number {
    const global = ability.globalCooldown ? this.globalEnd - tick : 0;
    return Math.max(global, this.casting === undefined ? 0 : this.castEnd - tick, 0);
  }

  #refusal(ability: Ability, moment: UseMoment, wait: number): AbilityOutcome | undefined {
    if (moment.dead) return "dead";
    if (chargesLeft(ability, this.#charged.get(ability.index) ?? 0, moment.tick) === 0) return "cooldown";
    if (wait > 0) return this.casting === undefined ? "global_cooldown" : "busy";
    if (ability.castTicks > 0 && moment.moving) return "moving";
    if (ability.castTicks > 0 && !moment.grounded) return "in_air";
    if (this.resourceAt(moment.tick) < ability.cost * PARTS_PER_POINT) return "no_resource";
    return this.#pending.length >= MAX_PENDING ? "rate_limited" : undefined;
  }

  #blockedBy(ability: Ability, moment: UseMoment): AbilityOutcome {
    if (moment.dead) return "dead";
    if (ability.castTicks > 0 && moment.moving) return "moving";
    if (ability.castTicks > 0 && !moment.grounded) return "in_air";
    return this.resourceAt(moment.tick) < ability.cost * PARTS_PER_POINT ? "no_resource" : "accepted";
  }

  #queue(slot: number): void {
    this.#queued = slot;
  }
}

function slotOf(slot: number, ability: Ability | undefined): MutableSlot {
  return {
    revision: 0,
    slot,
    abilityId: ability?.id ?? 0,
    name: ability?.name ?? "",
    icon: ability?.icon ?? "",
    description: ability?.description ?? "",
    cost: ability?.cost ?? 0,
    rangeMeters: ability?.rangeMeters ?? 0,
    castTicks: ability?.castTicks ?? 0,
    aim: ability?.target ?? "none",
    cooldownTicks: ability?.cooldownTicks ?? 0,
    maxCharges: ability?.charges ?? 1,
    charges: ability?.charges ?? 0,
    ...{ cooldownStartTick: 0, cooldownEndTick: 0, onlyGlobal: false, blockedBy: "accepted" },
    ...{ queued: false, pending: false, refusal: "accepted", refusedTick: 0 },
  };
}
