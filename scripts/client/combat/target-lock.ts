import type { CombatTarget } from "../../protocol/combat/combat-messages.ts";
import { type AbilityOutcome, FighterState } from "../../protocol/combat/combat-words.ts";
import { reaches } from "../../simulation/combat/ability-rules.ts";
import type { Ability, CombatData } from "../../simulation/combat/data/combat-data.ts";
import { yawFromRadians } from "../../simulation/trigonometry.ts";
import type { OwnView } from "../own-view.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { chooseTarget, mayLock, metersTo } from "./choose-target.ts";
import type { CombatIntent } from "./combat-intent.ts";
import { createTarget, fillAuras } from "./combat-parts.ts";
import { fillCast, forgetCast } from "./fill-cast.ts";
import type { OtherFighters } from "./other-fighters.ts";
import type { DeathView } from "./view/death-view.ts";
import type { SelfView } from "./view/self-view.ts";
import type { Relation } from "./view/target-view.ts";

/** Distances are told in whole metres. */
const DRIFT_METERS = 1;

export interface TargetLockParts {
  readonly data: CombatData | undefined;
  readonly own: OwnView;
  readonly self: SelfView;
  readonly death: DeathView;
  readonly remotes: RemoteEntities;
  readonly nameplates: OtherFighters;
  /** Tells the server whom the player has locked on to, 0 for nobody. */
  readonly tell: (entityId: number) => void;
}

/** Whom the player has locked on to, and all that is shown of that one. */
export class TargetLock {
  readonly view = createTarget();
  readonly #parts: TargetLockParts;
  #entityId = 0;
  /** Choices that the server has not answered. */
  #unanswered = 0;

  constructor(parts: TargetLockParts) {
    this.#parts = parts;
  }

  /** 0 for nobody. */
  get entityId(): number {
    return this.#entityId;
  }

  /** On whom what helps falls: the one locked on to if it is a player, else oneself. */
  friend(): number {
    const { own, remotes } = this.#parts;
    const index = remotes.indexOf(this.#entityId);
    const creature = index >= 0 && ((remotes.state[index] ?? 0) & FighterState.creature) !== 0;
    return index < 0 || creature ? own.entityId : this.#entityId;
  }

  /** What the client can see of the target by itself. The server decides. */
  judge(ability: Ability, target: number): AbilityOutcome {
    const { own, remotes, nameplates } = this.#parts;
    if (ability.target === "none" || target === own.entityId) return "accepted";
    if (target === 0) return "no_target";
    const index = remotes.indexOf(target);
    if (index < 0) return "target_gone";
    const state = remotes.state[index] ?? 0;
    if ((state & FighterState.dead) !== 0) return "target_dead";
    if ((state & FighterState.returning) !== 0) return "invalid_target";
    if (!ability.helpful && nameplates.party.has(target)) return "invalid_target";
    const spot = { x: remotes.x[index] ?? 0, y: remotes.y[index] ?? 0, z: remotes.z[index] ?? 0 };
    return reaches(own, yawFromRadians(own.yawRadians), ability.rangeMeters, ability.arcCosine, spot);
  }

  /** Locks on to the next one of a kind, by rules that `chooseTarget` has. */
  cycle(to: Extract<CombatIntent, { kind: "cycle" }>["to"]): void {
    const { own, remotes, nameplates } = this.#parts;
    if (to === "nobody") {
      this.lock(0);
      return;
    }
    const wantsFriends = to === "friend";
    const step = to === "previous" ? -1 : to === "nearest" ? 0 : 1;
    const filter = (index: number): boolean => {
      const relation = nameplates.relation(index);
      return wantsFriends ? relation === "party" || relation === "player" : relation !== "party";
    };
    const chosen = chooseTarget(own, remotes, this.#entityId, step, filter);
    if (chosen !== 0) this.lock(chosen);
  }

  /** Locks on to somebody whom it may be, 0 for nobody. */
  lock(entityId: number): void {
    const { own, remotes, nameplates, data, self } = this.#parts;
    const index = remotes.indexOf(entityId);
    const isOther = entityId !== 0 && entityId !== own.entityId;
    if (isOther && (index < 0 || !mayLock(own, remotes, index))) return;
    if (entityId === this.#entityId) return;
    this.#entityId = entityId;
    const target = this.view;
    target.entityId = entityId;
    forgetCast(target.cast);
    fillAuras(target.auras, [], data);
    target.threatCount = 0;
    target.itsTargetEntityId = 0;
    target.level = index < 0 ? self.level : nameplates.level(index);
    target.revision += 1;
    nameplates.changes += 1;
    this.#unanswered += 1;
    this.#parts.tell(entityId);
  }

  /** The server has answered a choice. What it says of an earlier one than the last does not matter any more. */
  answer(done: boolean): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    if (!done && this.#unanswered === 0) this.#letGo();
  }

  /** The server tells more of it, or lets go. */
  add(message: Readonly<CombatTarget>): void {
    const { own, remotes, data } = this.#parts;
    const target = this.view;
    if (message.entityId !== this.#entityId) {
      // It is the server that has let go, unless the player has just chosen another one.
      if (message.entityId === 0 && this.#unanswered === 0) this.#letGo();
      return;
    }
    if (message.level > 0) target.level = message.level;
    target.itsTargetEntityId = message.itsTargetEntityId;
    fillAuras(target.auras, message.auras, data);
    const ability = data?.ability(message.castAbilityId);
    fillCast(target.cast, ability, message.castStartTick, message.castEndTick, message.serverTick);
    target.threatCount = Math.min(message.threat.length, target.threat.length);
    for (let i = 0; i < target.threatCount; i += 1) {
      const from = message.threat[i];
      const to = target.threat[i];
      if (from === undefined || to === undefined) continue;
      to.entityId = from.entityId;
      to.name = remotes.nameOf(from.entityId);
      to.percent = from.percent;
      to.self = from.entityId === own.entityId;
    }
    target.revision += 1;
  }

  /** One frame: what can be seen of it, and whether it is still there. */
  advance(): void {
    const { own, remotes, self, death } = this.#parts;
    const target = this.view;
    if (this.#entityId === 0) return;
    const index = remotes.indexOf(this.#entityId);
    const isSelf = this.#entityId === own.entityId;
    if (index < 0 && !isSelf) {
      this.#letGo();
      return;
    }
    const state = remotes.state[index] ?? 0;
    const health = isSelf ? self.health : (remotes.health[index] ?? 0);
    const maxHealth = isSelf ? self.maxHealth : (remotes.maxHealth[index] ?? 0);
    const meters = isSelf ? 0 : Math.round(metersTo(own, remotes, index) / DRIFT_METERS);
    const name = isSelf ? self.name : remotes.name(index);
    const dead = isSelf ? death.dead : (state & FighterState.dead) !== 0;
    const inCombat = (state & FighterState.inCombat) !== 0;
    const relation = this.#relationOf(this.#entityId, state);
    const same =
      target.health === health &&
      target.maxHealth === maxHealth &&
      target.distanceMeters === meters &&
      target.name === name &&
      target.dead === dead &&
      target.inCombat === inCombat &&
      target.relation === relation;
    if (same) return;
    target.health = health;
    target.maxHealth = maxHealth;
    target.distanceMeters = meters;
    target.name = name;
    target.dead = dead;
    target.inCombat = inCombat;
    target.relation = relation;
    target.revision += 1;
  }

  /** The session is over. */
  clear(): void {
    this.#entityId = 0;
    this.#unanswered = 0;
    this.view.entityId = 0;
    this.view.revision += 1;
    forgetCast(this.view.cast);
  }

  #letGo(): void {
    const { nameplates } = this.#parts;
    this.#entityId = 0;
    this.view.entityId = 0;
    forgetCast(this.view.cast);
    this.view.revision += 1;
    nameplates.changes += 1;
  }

  #relationOf(entityId: number, state: number): Relation {
    const { own, nameplates } = this.#parts;
    if (entityId === own.entityId) return "self";
    return nameplates.relationOf(entityId, state);
  }
}
