import { Capability } from "../../../scripts/protocol/capability.ts";
import type { AbilityResult, AbilityUse, CombatCommand } from "../../../scripts/protocol/combat/combat-messages.ts";
import { type AbilityOutcome, CombatFlag, type CommandOutcome } from "../../../scripts/protocol/combat/combat-words.ts";
import { createCombatMessages } from "../../../scripts/protocol/combat/create-combat-messages.ts";
import { Button, type InputCommand } from "../../../scripts/protocol/messages.ts";
import type { Camp } from "../../../scripts/simulation/camp.ts";
import type { UseStance, UseTarget } from "../../../scripts/simulation/combat/ability-rules.ts";
import { CombatWorld } from "../../../scripts/simulation/combat/combat-world.ts";
import { Creatures, type PlaceBook } from "../../../scripts/simulation/combat/creatures.ts";
import type { Ability, CombatData } from "../../../scripts/simulation/combat/data/combat-data.ts";
import { MAX_ABILITIES } from "../../../scripts/simulation/combat/data/read-combat-data.ts";
import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import type { Zone } from "../../../scripts/simulation/zone-file.ts";
import type { Character, Vitals } from "../character.ts";
import {
  type LagCompensation,
  MAX_AHEAD_TICKS,
  MAX_LATE_TICKS,
  MAX_WAIT_TICKS,
} from "../lag-compensation/lag-compensation.ts";
import type { Waiting } from "../lag-compensation/request-inbox.ts";
import type { Player } from "../player.ts";
import type { CommandWatch } from "../player-simulation.ts";
import { CombatCounts } from "./combat-counts.ts";
import type { CombatLog } from "./combat-log.ts";
import { CombatNews, type CombatNewsParts } from "./combat-news.ts";
import { LeftPlayers } from "./left-players.ts";

/** Rule C65. */
const LOCK_METERS = 100;
const KEPT_METERS = 110;
const MS_PER_TICK = 1000 / TICK_RATE_HZ;
const STRIKE_SLOT = 1;

export interface ZoneCombatParts extends Omit<CombatNewsParts, "combat"> {
  zone: Zone;
  data: CombatData;
  /** 32 bits, of all random numbers. */
  seed: number;
  camps: readonly Camp[];
  capacity: number;
  book: PlaceBook;
  lag: LagCompensation;
  log?: CombatLog;
  ticks?: { start(): void; stop(): void };
}

/** Fighting in one zone: takes what players ask for, runs the rules, tells what came of it in the same tick. */
export class ZoneCombat implements CommandWatch<Player>, Vitals {
  readonly world: CombatWorld;
  readonly creatures: Creatures;
  readonly counts = new CombatCounts();
  readonly #parts: ZoneCombatParts;
  readonly #news: CombatNews;
  readonly #left = new LeftPlayers();
  readonly #result: AbilityResult = createCombatMessages().abilityResult;
  readonly #stance: { -readonly [Key in keyof UseStance]: UseStance[Key] } = {
    ...{ x: 0, y: 0, z: 0, yaw: 0, grounded: true, moving: false },
  };
  readonly #spot = { x: 0, y: 0, z: 0 };
  readonly #aim: { -readonly [Key in keyof UseTarget]: UseTarget[Key] } = {
    place: -1,
    missing: "no_target",
    spot: this.#spot,
  };
  /** By place: the last command with a dash, and what came of it. */
  readonly #dashTick: Float64Array;
  readonly #dashOutcome: AbilityOutcome[];
  readonly #dash: Ability | undefined;
  readonly #strike: Ability | undefined;

  constructor(parts: ZoneCombatParts) {
    this.#parts = parts;
    this.world = new CombatWorld(parts.data, parts.capacity, parts.seed);
    this.creatures = new Creatures(this.world, parts.zone.world, parts.camps, parts.book);
    this.#news = new CombatNews({ ...parts, combat: this.world });
    this.#dashTick = new Float64Array(parts.capacity);
    this.#dashOutcome = new Array(parts.capacity).fill("no_command");
    this.#dash = parts.data.abilities.find(({ use, slot }) => use === "dash" && slot > 0);
    this.#strike = parts.data.inSlot(STRIKE_SLOT);
  }

  /** Creatures that are here and not dead. */
  get creaturesAlive(): number {
    const { dead } = this.world.state.fighters;
    return this.creatures.all.reduce((count, { place }) => count + (place >= 0 && dead[place] !== 1 ? 1 : 0), 0);
  }

  health(place: number): number {
    return this.world.state.fighters.health[place] ?? 0;
  }

  maxHealth(place: number): number {
    return this.world.state.fighters.maxHealth[place] ?? 0;
  }

  condition(place: number): number {
    return this.world.conditionOf(place);
  }

  /** Who left a short while ago comes back as it was, the dead to where they lie: rule C42. */
  join(player: Player): void {
    const left = this.#left.take(player.nameKey, this.world.state.tick);
    if (left?.condition.dead) {
      placeMoveState(player.state, left);
      placeMoveState(player.shown, left);
    }
    this.world.addPlayer(player.place, player.entityId);
    if (left !== undefined) this.world.restoreCondition(player.place, left.condition);
    const { x, y, z, yaw } = player.state;
    this.world.state.fighters.move(player.place, x, y, z, yaw);
    this.#dashTick[player.place] = 0;
    this.#news.forget(player.place);
  }

  leave(player: Player): void {
    const { x, y, z, yaw } = player.state;
    this.#left.keep(player.nameKey, { condition: this.world.conditionAt(player.place), x, y, z, yaw });
    this.world.remove(player.place);
    this.#news.forget(player.place);
  }

  /** Before anything of a tick happens: what packets bring belongs to it. */
  begin(serverTick: number): void {
    this.world.begin(serverTick);
  }

  /** Who is dead does nothing, and nobody dashes who may not: rules C17 and C40. */
  before(player: Player, command: InputCommand): void {
    const { place } = player;
    if (this.world.state.fighters.dead[place] === 1) {
      command.moveX = 0;
      command.moveZ = 0;
      command.buttons = 0;
      return;
    }
    if ((command.buttons & Button.dash) === 0) return;
    const outcome = this.#tryDash(player, command);
    this.#dashTick[place] = command.tick;
    this.#dashOutcome[place] = outcome;
    if (outcome !== "accepted") command.buttons &= ~Button.dash;
  }

  after({ place, state }: Player, command: Readonly<InputCommand>): void {
    const steady = state.grounded && command.moveX === 0 && command.moveZ === 0;
    this.world.advanceClock(place, command.tick, steady);
  }

  /** A wish to use an ability came. It is judged in the tick in which its command has run, or refused at once. */
  request(player: Player, use: Readonly<AbilityUse>, serverTick: number): void {
    const admission = player.uses.offer(use, serverTick);
    if (admission === "limited") this.#answer(player, use, "rate_limited", 0);
    else if (admission === "limited_again") this.counts.uses.rate_limited += 1;
  }

  command(player: Player, command: Readonly<CombatCommand>, nextEntityId: number): void {
    const admitted = player.combatCommands.take(this.world.state.tick);
    const outcome = admitted ? this.#obey(player, command, nextEntityId) : "rate_limited";
    this.counts.commands[outcome] += 1;
    this.#news.tellCommandResult(player, command, outcome);
  }

  /** A strike of 1.3 that was judged a hit has the effects of the first slot's ability. */
  struck(player: Player, target: Player): void {
    if (this.#strike !== undefined && !player.inHandoff)
      this.world.strikeWith(this.#strike, player.place, target.place, 0);
  }

  /** Everything of a tick, once all commands have run and `shown` says where everybody is seen. */
  run(players: readonly Player[], nextEntityId: number): void {
    this.#parts.ticks?.start();
    const { fighters, tick, events } = this.world.state;
    for (const { place, shown } of players) fighters.move(place, shown.x, shown.y, shown.z, shown.yaw);
    this.creatures.walk();
    for (const player of players) if (player.uses.count > 0) this.#judgeAll(player, nextEntityId, tick);
    this.world.finish();
    this.creatures.decide();
    this.world.rest();
    this.#release(players);
    this.#checkLocks(players);
    this.counts.add(events, fighters);
    if (events.count > 0) this.#parts.log?.append(this.#parts.zone.name, events);
    this.#news.tell(players);
    this.#parts.ticks?.stop();
  }

  #tryDash(player: Player, command: Readonly<InputCommand>): AbilityOutcome {
    if (this.#dash === undefined || !player.features.inUse.includes(Capability.combat)) return "switched_off";
    if (player.inHandoff) return "in_handoff";
    const { state, place } = player;
    const stance = this.#stance;
    stance.x = state.x;
    stance.y = state.y;
    stance.z = state.z;
    stance.yaw = command.yaw;
    stance.grounded = state.grounded;
    stance.moving = false;
    // The clock goes on to this command first, so that it is judged by what the client has counted, too.
    this.world.advanceClock(place, command.tick, false);
    return this.world.dash(place, this.#dash, command.tick, stance);
  }

  #judgeAll(player: Player, nextEntityId: number, tick: number): void {
    const { uses } = player;
    for (let index = 0; index < uses.count; ) {
      const use = uses.waiting(index);
      const outcome = this.#outcome(player, use, nextEntityId, tick);
      if (outcome === undefined) {
        index += 1;
        continue;
      }
      this.#answer(player, use, outcome, this.#rewoundMs);
      uses.remove(index);
    }
  }

  #rewoundMs = 0;

  /** What comes of a use; `undefined` while it waits for its command. */
  #outcome(
    player: Player,
    use: Readonly<Waiting<AbilityUse>>,
    nextEntityId: number,
    tick: number,
  ): AbilityOutcome | undefined {
    this.#rewoundMs = 0;
    if (!player.features.inUse.includes(Capability.combat)) return "switched_off";
    const { lastExecutedTick } = player.commands;
    const ahead = use.tick - lastExecutedTick;
    if (ahead > MAX_AHEAD_TICKS) return "too_far_ahead";
    if (ahead > 0) return tick - use.arrivedTick < MAX_WAIT_TICKS ? undefined : "no_command";
    if (-ahead > MAX_LATE_TICKS) return "too_late";
    if (player.inHandoff) return "in_handoff";
    const stance = this.#stance;
    if (!player.trail.read(use.tick, stance)) return "no_command";
    const ability = this.#parts.data.ability(use.abilityId);
    if (ability === undefined || ability.slot === 0) return "unknown_ability";
    if (ability.use === "dash") {
      const { place } = player;
      return this.#dashTick[place] === use.tick ? (this.#dashOutcome[place] ?? "no_command") : "no_command";
    }
    stance.grounded = player.trail.grounded(use.tick);
    stance.moving = player.trail.moving(use.tick);
    let flags = 0;
    const aim = this.#aim;
    // What helps a friend helps oneself where nobody is named.
    const forSelf = use.targetEntityId === 0 && ability.target === "friend";
    const targetId = forSelf ? player.entityId : use.targetEntityId;
    aim.place = targetId === 0 ? -1 : this.world.state.fighters.placeOf(targetId);
    aim.missing = targetId === 0 ? "no_target" : targetId < nextEntityId ? "target_gone" : "no_such_target";
    if (aim.place >= 0) {
      const seen = this.#parts.lag.locate(player, aim.place, targetId, use, tick, this.#spot);
      if (seen === undefined) aim.place = -1;
      else {
        this.#rewoundMs = Math.round((tick - seen.tick) * MS_PER_TICK);
        if (seen.favouredTarget) flags = CombatFlag.favoured;
      }
    }
    const unsteady = player.trail.unsteadyAfter(use.tick, lastExecutedTick);
    return this.world.use(player.place, ability, use.tick, stance, aim, unsteady, flags);
  }

  #answer(player: Player, use: Readonly<AbilityUse>, outcome: AbilityOutcome, rewoundMs: number): void {
    const { fighters, tick } = this.world.state;
    const { place } = player;
    this.counts.uses[outcome] += 1;
    const ability = this.#parts.data.ability(use.abilityId);
    const charged = ability === undefined ? 0 : (fighters.chargedTick[place * MAX_ABILITIES + ability.index] ?? 0);
    const result = this.#result;
    result.useId = use.useId;
    result.abilityId = use.abilityId;
    result.outcome = outcome;
    result.serverTick = tick;
    result.tick = use.tick;
    result.targetEntityId = use.targetEntityId;
    result.rewoundMs = Math.min(Math.max(rewoundMs, 0), 0xffff);
    result.chargedTick = charged > use.tick ? charged : 0;
    result.globalEndTick = fighters.globalEnd[place] ?? 0;
    result.castEndTick = (fighters.casting[place] ?? -1) >= 0 ? (fighters.castEnd[place] ?? 0) : 0;
    result.resource = fighters.resource[place] ?? 0;
    result.resourceTick = fighters.ownTick[place] ?? 0;
    this.#parts.outbox.combat(player, "abilityResult", result);
  }

  #obey(player: Player, { kind, entityId, number }: Readonly<CombatCommand>, nextEntityId: number): CommandOutcome {
    if (!player.features.inUse.includes(Capability.combat)) return "switched_off";
    const { world } = this;
    const { place } = player;
    const target = world.state.fighters.placeOf(entityId);
    if (target < 0 && entityId >= nextEntityId) return "no_such_target";
    switch (kind) {
      case "none":
        return "unknown_command";
      case "target":
        return this.#lock(player, entityId, target);
      case "respawn":
        return this.#respawnAt(player, number);
      case "cancel_cast":
        return world.cancelCast(place);
      case "cancel_aura":
        return world.cancelAura(place, number);
      case "invite":
        return world.parties.invite(place, target);
      case "accept":
        return world.parties.accept(place);
      case "decline":
        return world.parties.decline(place);
      case "leave":
        return world.parties.leave(place);
      case "kick":
        return world.parties.kick(place, target);
    }
  }

  #lock(player: Player, entityId: number, target: number): CommandOutcome {
    if (entityId === 0) {
      player.lockedOn = 0;
      return "done";
    }
    if (target < 0) return "target_gone";
    const { fighters } = this.world.state;
    if (fighters.squaredBetween(player.place, target) > LOCK_METERS * LOCK_METERS) return "out_of_range";
    player.lockedOn = entityId;
    return "done";
  }

  #respawnAt(player: Player, point: number): CommandOutcome {
    const allowed = this.world.mayRespawn(player.place);
    if (allowed !== "done") return allowed;
    const spawn = this.#parts.zone.spawns[point];
    if (spawn === undefined) return "no_such_point";
    this.#stand(player, spawn);
    return "done";
  }

  /** Rule C40: after a minute at the nearest point. */
  #release(players: readonly Player[]): void {
    const { released, releasedCount } = this.world;
    for (let i = 0; i < releasedCount; i += 1) {
      const player = players.find(({ place }) => place === released[i]);
      const spawn = player && nearestTo(this.#parts.zone.spawns, player.state);
      if (player !== undefined && spawn !== undefined) this.#stand(player, spawn);
    }
  }

  #stand(player: Player, spawn: { readonly x: number; readonly y: number; readonly z: number; readonly yaw: number }) {
    placeMoveState(player.state, spawn);
    placeMoveState(player.shown, spawn);
    this.world.state.fighters.move(player.place, spawn.x, spawn.y, spawn.z, spawn.yaw);
    this.world.respawn(player.place);
  }

  /** Lets go of who is gone or too far away. */
  #checkLocks(players: readonly Player[]): void {
    const { fighters } = this.world.state;
    for (const player of players) {
      if (player.lockedOn === 0) continue;
      const target = fighters.placeOf(player.lockedOn);
      if (target >= 0) fighters.measure(player.place, target);
      if (target < 0 || fighters.squaredMeters > KEPT_METERS * KEPT_METERS) player.lockedOn = 0;
    }
  }
}

/** Creatures as characters: those that are here. */
export function charactersOf({ all }: Creatures): Character[] {
  const characters: Character[] = [];
  for (const { place, entityId, move } of all) {
    if (place >= 0) characters.push({ place, entityId, shown: move });
  }
  return characters;
}

function nearestTo<Place extends { readonly x: number; readonly z: number }>(
  places: readonly Place[],
  from: { readonly x: number; readonly z: number },
): Place | undefined {
  let nearest: Place | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const squared = (place.x - from.x) ** 2 + (place.z - from.z) ** 2;
    if (squared >= least) continue;
    nearest = place;
    least = squared;
  }
  return nearest;
}
