import { Button } from "../../protocol/messages.ts";
import { TICK_RATE_HZ } from "../constants.ts";
import { cosOfYaw, sinOfYaw } from "../trigonometry.ts";
import type { UseTarget } from "./ability-rules.ts";
import { EventKindNumber } from "./combat-events.ts";
import { Draw, drawNumber } from "./combat-random.ts";
import type { CombatWorld } from "./combat-world.ts";
import { type Creature, MindState } from "./creature.ts";
import { FighterKind } from "./fighters.ts";
import { yawAlong } from "./yaw-towards.ts";

// Rules C50 to C54.
const LOOK_TICKS = 15;
const WAKE_TICKS = 60;
const AWAKE_METERS = 96;
const OUT_OF_REACH_TICKS = 8 * TICK_RATE_HZ;
/** A way home that takes longer ends at home all the same. */
const RETURN_TICKS = 15 * TICK_RATE_HZ;
const HOME_METERS = 1.5;
const STROLL_AXIS = -45;
const RUN_AXIS = -127;
/** Slower than this for so long is stuck: it goes around. */
const STUCK_METERS_PER_TICK = 0.015;
const STUCK_TICKS = 20;
const DETOUR_TICKS = 40;
const DETOUR_YAW = 10_000;
/** Share of an ability's range to which it closes in. */
const CLOSE_SHARE = 0.8;
/** Abilities that reach farther are shot from afar. */
const MELEE_METERS = 6;

// Scratch of a use, one for all: nothing is made per tick.
const aim: { place: number; missing: "target_gone"; spot: { x: number; y: number; z: number } } = {
  place: -1,
  missing: "target_gone",
  spot: { x: 0, y: 0, z: 0 },
};
const way = { x: 0.5, z: 0.5 };
const stance = { x: 0, y: 0, z: 0, yaw: 0, grounded: true, moving: false };

/** One tick of a living creature: sets its command and uses its abilities. */
export function think(creature: Creature, all: readonly Creature[], combat: CombatWorld): void {
  const { mind, place, command } = creature;
  const { state } = combat;
  const looks = (state.tick + mind.phase) % LOOK_TICKS === 0;
  if ((state.tick + mind.phase) % WAKE_TICKS === 0) {
    mind.asleep = mind.state === MindState.idle && !anybodyWithin(creature, combat, AWAKE_METERS);
  }
  if (mind.asleep) return;
  command.moveX = 0;
  command.moveZ = 0;
  command.buttons = 0;
  command.tick = state.tick;
  if (mind.state === MindState.returning) {
    goHome(creature, combat);
    return;
  }
  const target = chooseTarget(place, combat);
  if (target >= 0) {
    if (mind.state === MindState.idle) mind.reachedTick = state.tick;
    if (looks) callHelp(creature, all, combat);
    fight(creature, target, combat);
    return;
  }
  if (mind.state !== MindState.idle) {
    turnBack(creature, combat);
    return;
  }
  if (looks) notice(creature, combat);
  stroll(creature, combat);
}

/** Whom it is after, by place; -1 for nobody. Who is dead or gone is forgotten. */
function chooseTarget(place: number, { state }: CombatWorld): number {
  const { threat, fighters } = state;
  while ((threat.count[place] ?? 0) > 0) {
    const entityId = threat.choose(place);
    const target = fighters.placeOf(entityId);
    if (target >= 0 && fighters.dead[target] !== 1) return target;
    threat.drop(place, entityId);
  }
  return -1;
}

function fight(creature: Creature, target: number, combat: CombatWorld): void {
  const { mind, place, move, command, rule, camp } = creature;
  const { fighters, tick, data } = combat.state;
  const away = metersFrom(move.x, move.z, creature.postX, creature.postZ);
  if (away > camp.leashMeters || tick - mind.reachedTick > OUT_OF_REACH_TICKS) {
    turnBack(creature, combat);
    return;
  }
  mind.goalX = fighters.x[target] ?? 0;
  mind.goalZ = fighters.z[target] ?? 0;
  way.x = mind.goalX - move.x;
  way.z = mind.goalZ - move.z;
  command.yaw = yawAlong(way);
  mind.state = MindState.attack;
  if ((fighters.casting[place] ?? -1) >= 0) {
    mind.reachedTick = tick;
    return;
  }
  if (useSomething(creature, target, combat)) {
    mind.reachedTick = tick;
    return;
  }
  let reach = 0;
  for (let i = 0; i < rule.abilities.length; i += 1) {
    const range = data.abilities[rule.abilities[i] ?? 0]?.rangeMeters ?? 0;
    if (range > reach) reach = range;
  }
  const close = reach > MELEE_METERS ? reach * CLOSE_SHARE : reach * CLOSE_SHARE - 0.2;
  fighters.measure(place, target);
  if (Math.sqrt(fighters.squaredMeters) <= Math.max(close, 1.2)) {
    mind.reachedTick = tick;
    return;
  }
  mind.state = MindState.chase;
  run(creature, rule.chaseSprint, RUN_AXIS, tick);
}

/** The first ability of its list that it can use now. */
function useSomething({ place, move, rule }: Creature, target: number, combat: CombatWorld): boolean {
  const { state } = combat;
  stance.x = move.x;
  stance.y = move.y;
  stance.z = move.z;
  stance.yaw = move.yaw;
  stance.grounded = move.grounded;
  aim.place = target;
  aim.spot.x = state.fighters.x[target] ?? 0;
  aim.spot.y = state.fighters.y[target] ?? 0;
  aim.spot.z = state.fighters.z[target] ?? 0;
  for (let i = 0; i < rule.abilities.length; i += 1) {
    const ability = state.data.abilities[rule.abilities[i] ?? 0];
    if (ability === undefined) continue;
    // Around itself only with somebody to hit.
    const radius = ability.target === "none" ? (ability.area?.radiusMeters ?? 0) : 0;
    if (radius > 0) {
      state.fighters.measure(place, target);
      if (state.fighters.squaredMeters > radius * radius) continue;
    }
    if (combat.use(place, ability, state.tick, stance, aim satisfies UseTarget, 0, 0) === "accepted") return true;
  }
  return false;
}

/** Rule C52: who is near is noticed, behind its back at half the distance. */
function notice({ place, move, rule }: Creature, { state }: CombatWorld): void {
  const { fighters } = state;
  let nearest = -1;
  let nearestSquared = rule.noticeMeters * rule.noticeMeters;
  const sin = sinOfYaw(move.yaw);
  const cos = cosOfYaw(move.yaw);
  for (let i = 0; i < fighters.count; i += 1) {
    const other = fighters.places[i] ?? 0;
    if (fighters.kind[other] !== FighterKind.player || fighters.dead[other] === 1) continue;
    fighters.measure(place, other);
    let squared = fighters.squaredMeters;
    const dx = (fighters.x[other] ?? 0) - move.x;
    const dz = (fighters.z[other] ?? 0) - move.z;
    if (-sin * dx - cos * dz < 0) squared *= 4;
    if (squared >= nearestSquared) continue;
    nearest = other;
    nearestSquared = squared;
  }
  if (nearest < 0) return;
  state.threat.add(place, fighters.entityId[nearest] ?? 0, 1);
  state.tell(EventKindNumber.noticed, place, fighters.entityId[place] ?? 0, nearest, 0, 0);
}

/** Others of its camp that are near and have nothing to do come along. */
function callHelp(creature: Creature, all: readonly Creature[], { state }: CombatWorld): void {
  const { fighters, threat, data } = state;
  const within = data.basics.helpRangeMeters ** 2;
  const attacked = threat.attacked[creature.place] ?? 0;
  if (attacked === 0) return;
  for (const other of all) {
    if (other.camp !== creature.camp || other === creature || other.place < 0) continue;
    if (other.mind.state !== MindState.idle || fighters.dead[other.place] === 1) continue;
    if ((threat.count[other.place] ?? 0) > 0) continue;
    fighters.measure(creature.place, other.place);
    if (fighters.squaredMeters > within) continue;
    other.mind.asleep = false;
    threat.add(other.place, attacked, 1);
  }
}

function stroll(creature: Creature, { state }: CombatWorld): void {
  const { mind, move, command, rule, postX, postZ, entityId } = creature;
  const { tick, seed } = state;
  command.yaw = move.yaw;
  if (tick < mind.pauseUntil || rule.wanderMeters === 0) return;
  if (
    mind.wanderX === 0 ||
    metersFrom(move.x, move.z, mind.wanderX, mind.wanderZ) < 1 ||
    mind.stuckTicks > STUCK_TICKS
  ) {
    const yaw = drawNumber(seed, tick, entityId, 0, Draw.wander, 1, 0x1_0000);
    const meters = (drawNumber(seed, tick, entityId, 0, Draw.wander, 2, 1_000) / 1_000) * rule.wanderMeters;
    mind.wanderX = postX - sinOfYaw(yaw) * meters;
    mind.wanderZ = postZ - cosOfYaw(yaw) * meters;
    mind.pauseUntil = tick + 60 + drawNumber(seed, tick, entityId, 0, Draw.pause, 3, 240);
    mind.stuckTicks = 0;
    return;
  }
  mind.goalX = mind.wanderX;
  mind.goalZ = mind.wanderZ;
  run(creature, false, STROLL_AXIS, tick);
}

function turnBack(creature: Creature, combat: CombatWorld): void {
  const { mind, place } = creature;
  mind.state = MindState.returning;
  mind.returnTick = combat.state.tick;
  combat.giveUp(place);
}

function goHome(creature: Creature, combat: CombatWorld): void {
  const { mind, place, move, postX, postY, postZ } = creature;
  const { tick } = combat.state;
  const late = tick - mind.returnTick > RETURN_TICKS;
  if (!late && metersFrom(move.x, move.z, postX, postZ) > HOME_METERS) {
    mind.goalX = postX;
    mind.goalZ = postZ;
    run(creature, true, RUN_AXIS, tick);
    return;
  }
  if (late) {
    move.x = postX;
    move.y = postY;
    move.z = postZ;
    move.vx = 0;
    move.vy = 0;
    move.vz = 0;
    move.grounded = false;
  }
  mind.state = MindState.idle;
  mind.pauseUntil = tick + 60;
  mind.wanderX = 0;
  combat.restore(place);
}

/** Straight on to where it wants to be, and where that leads nowhere, around on one side and then on the other. */
function run(creature: Creature, sprint: boolean, axis: number, tick: number): void {
  const { mind, move, command } = creature;
  const went = metersFrom(move.x, move.z, mind.lastX, mind.lastZ);
  mind.lastX = move.x;
  mind.lastZ = move.z;
  mind.stuckTicks = went < STUCK_METERS_PER_TICK ? mind.stuckTicks + 1 : 0;
  way.x = mind.goalX - move.x;
  way.z = mind.goalZ - move.z;
  command.yaw = yawAlong(way);
  command.moveZ = axis;
  command.buttons = sprint ? Button.sprint : 0;
  if (mind.stuckTicks > STUCK_TICKS && tick >= mind.detourUntil) {
    mind.detourUntil = tick + DETOUR_TICKS;
    mind.stuckTicks = 0;
  }
  if (tick >= mind.detourUntil) return;
  const side = ((mind.detourUntil + mind.phase) & 1) === 0 ? DETOUR_YAW : -DETOUR_YAW;
  command.yaw = (command.yaw + side) & 0xffff;
}

function anybodyWithin({ place }: Creature, { state }: CombatWorld, meters: number): boolean {
  const { fighters } = state;
  for (let i = 0; i < fighters.count; i += 1) {
    const other = fighters.places[i] ?? 0;
    if (fighters.kind[other] !== FighterKind.player) continue;
    fighters.measure(place, other);
    if (fighters.squaredMeters < meters * meters) return true;
  }
  return false;
}

function metersFrom(x: number, z: number, toX: number, toZ: number): number {
  return Math.sqrt((x - toX) * (x - toX) + (z - toZ) * (z - toZ));
}
