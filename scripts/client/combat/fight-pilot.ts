import { FighterState } from "../../protocol/combat/combat-words.ts";
import type { Ability, CombatData } from "../../simulation/combat/data/combat-data.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import type { OwnView } from "../own-view.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { mayLock, metersTo } from "./choose-target.ts";
import type { CombatIntent } from "./combat-intent.ts";
import type { CombatView } from "./view/combat-view.ts";

/** Fingers are no faster than this. */
const PRESS_SECONDS = 0.25;
/** A key that is pressed in a frame counts in the next one, and is seen in the one after. */
const PRESS_FRAMES = 2;
const STAND_UP_SECONDS = 1;
/** Below this share of its health it heals itself, if it can. */
const HURT_SHARE = 0.6;
/** Share of a range to which it closes in. */
const CLOSE_SHARE = 0.85;
/** Nearer than this to its target it stands. */
const NEAR_METERS = 2.2;
/** Ranges up to this are of blows: it is in them only when it means to. */
const MELEE_METERS = 4;

/** Whom it fights by itself. Everybody who harms it is fought anyway. */
export type Prey = "creatures" | "everybody";

export interface FightPilotOptions {
  readonly prey: Prey;
  /** Name of a player whom it fights before all others, if it is near. */
  readonly quarry?: string;
  /** Who is farther away is left alone. */
  readonly noticeMeters: number;
}

/** What it wants in this frame. One object, refilled. */
export interface FightWish {
  /** Whether there is a fight, or it lies dead: else it goes its way. */
  readonly busy: boolean;
  /** To be done now, if anything. */
  readonly intent: CombatIntent | undefined;
  /** Where it wants to look; a place, metres. */
  readonly lookX: number;
  readonly lookZ: number;
  /** Goes where it looks. */
  readonly forward: boolean;
}

/**
 * Somebody of middling skill at the keys, in a fight: locks on to who is near, comes near enough, uses what is ready, heals itself, and stands up
 * again when it was struck down. Sees what a player sees: the client's views.
 */
export class FightPilot {
  /** Whom it fights by itself, from the next frame on. */
  prey: Prey;
  readonly #data: CombatData;
  readonly #options: FightPilotOptions;
  readonly #wish: { -readonly [Key in keyof FightWish]: FightWish[Key] } = {
    ...{ busy: false, intent: undefined, lookX: 0, lookZ: 0, forward: false },
  };
  #pauseSeconds = 0;
  #pauseFrames = 0;
  /** The slot after the last one that was used: next time it begins there, so that all have their turn. */
  #turn = 0;

  constructor(data: CombatData, options: FightPilotOptions) {
    this.#data = data;
    this.#options = options;
    this.prey = options.prey;
  }

  /** One frame of `seconds`. */
  decide(combat: CombatView, own: OwnView, remotes: RemoteEntities, seconds: number): FightWish {
    const wish = this.#wish;
    this.#pauseSeconds = Math.max(0, this.#pauseSeconds - seconds);
    this.#pauseFrames = Math.max(0, this.#pauseFrames - 1);
    wish.intent = undefined;
    wish.forward = false;
    wish.busy = combat.inUse && combat.death.dead;
    if (!combat.inUse) return wish;
    if (combat.death.dead) {
      this.#standUp(combat);
      return wish;
    }
    const index = this.#target(combat, own, remotes);
    if (index < 0) return wish;
    wish.busy = true;
    wish.lookX = remotes.x[index] ?? 0;
    wish.lookZ = remotes.z[index] ?? 0;
    const meters = metersTo(own, remotes, index);
    const entityId = remotes.entityId[index] ?? 0;
    if (combat.self.cast.active) return wish;
    if (combat.target.entityId !== entityId) {
      this.#press({ kind: "target", entityId });
      return wish;
    }
    const slot = this.#choose(combat, meters);
    const ability = this.#data.inSlot(slot);
    // Who means to cast stands first; who has nothing to do from here comes nearer.
    wish.forward = meters > NEAR_METERS && (ability === undefined || ability.castTicks === 0);
    if (ability === undefined || (ability.castTicks > 0 && own.speed > 0.1)) return wish;
    if (this.#press({ kind: "use", slot })) this.#turn = slot;
    return wish;
  }

  #press(intent: CombatIntent): boolean {
    if (this.#pauseSeconds > 0 || this.#pauseFrames > 0) return false;
    this.#pauseSeconds = PRESS_SECONDS;
    this.#pauseFrames = PRESS_FRAMES;
    this.#wish.intent = intent;
    return true;
  }

  #standUp({ death, serverTick }: CombatView): void {
    if (death.pending || serverTick < death.respawnTick + STAND_UP_SECONDS * TICK_RATE_HZ) return;
    let point = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const one of death.points) {
      if (one.distanceMeters >= least) continue;
      least = one.distanceMeters;
      point = one.point;
    }
    if (point >= 0) this.#press({ kind: "respawn", point });
  }

  /** Index of whom it fights, -1 for nobody: its quarry, else the one that it has, else the nearest. */
  #target(combat: CombatView, own: OwnView, remotes: RemoteEntities): number {
    const quarry = this.#quarry(combat, own, remotes);
    if (quarry >= 0) return quarry;
    const locked = remotes.indexOf(combat.target.entityId);
    if (locked >= 0 && this.#isPrey(combat, own, remotes, locked)) return locked;
    let nearest = -1;
    let least = this.#options.noticeMeters;
    for (let index = 0; index < remotes.count; index += 1) {
      const meters = metersTo(own, remotes, index);
      if (meters >= least || !this.#isPrey(combat, own, remotes, index)) continue;
      nearest = index;
      least = meters;
    }
    return nearest;
  }

  #quarry(combat: CombatView, own: OwnView, remotes: RemoteEntities): number {
    const { quarry } = this.#options;
    if (quarry === undefined) return -1;
    for (let index = 0; index < remotes.count; index += 1) {
      if (remotes.name(index) === quarry && this.#isPrey(combat, own, remotes, index)) return index;
    }
    return -1;
  }

  #isPrey({ nameplates }: CombatView, own: OwnView, remotes: RemoteEntities, index: number): boolean {
    const relation = nameplates.relation(index);
    if (relation !== "creature" && (relation !== "player" || this.prey === "creatures")) return false;
    const gone = ((remotes.state[index] ?? 0) & FighterState.returning) !== 0;
    return !gone && mayLock(own, remotes, index) && metersTo(own, remotes, index) < this.#options.noticeMeters * 1.5;
  }

  /** The slot of what it would use at somebody so far away, 0 for nothing. */
  #choose(combat: CombatView, meters: number): number {
    const { bar, self } = combat;
    let chosen = 0;
    for (let i = 0; i < bar.length; i += 1) {
      const slot = ((this.#turn + i) % bar.length) + 1;
      const ability = this.#data.inSlot(slot);
      if (ability === undefined || !isReady(ability, combat, slot) || !suits(ability, combat, meters)) continue;
      // Its own health comes first.
      if (heals(ability)) return slot;
      if (chosen === 0) chosen = slot;
    }
    // What a heal costs is saved for it.
    const hurt = self.health < self.maxHealth * HURT_SHARE;
    return hurt && (this.#data.inSlot(chosen)?.cost ?? 0) > 0 ? 0 : chosen;
  }
}

function isReady(ability: Ability, { bar, ownTick, globalCooldownEndTick }: CombatView, slot: number): boolean {
  const view = bar[slot - 1];
  if (ability.globalCooldown && globalCooldownEndTick > ownTick) return false;
  if (view === undefined || view.pending || view.queued || view.charges === 0) return false;
  // It stops before it casts.
  return view.blockedBy === "accepted" || view.blockedBy === "moving";
}

function heals({ effects, helpful }: Ability): boolean {
  return helpful && effects.some(({ type }) => type === "heal");
}

function suits(ability: Ability, { self, target }: CombatView, meters: number): boolean {
  if (ability.use === "dash") return meters > 8 && meters < 16;
  if (ability.helpful) {
    return heals(ability) ? self.health < self.maxHealth * HURT_SHARE : self.inCombat;
  }
  if (ability.target === "none") return meters < (ability.area?.radiusMeters ?? 0) * CLOSE_SHARE;
  const interrupts = ability.effects.some(({ type }) => type === "interrupt");
  if (interrupts && !target.cast.active) return false;
  // Nobody casts with a blade at the throat when a blow would do.
  if (ability.castTicks > 0 && ability.use === "cast" && meters < MELEE_METERS) return false;
  return meters < ability.rangeMeters * CLOSE_SHARE;
}
