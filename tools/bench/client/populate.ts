import { YAW_STEPS_PER_TURN } from "../../../scripts/simulation/constants.ts";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import { checkSpawn } from "../../../scripts/simulation/spawn-check.ts";
import type { Zone } from "../../../scripts/simulation/zone-file.ts";
import { createSeededRandom, type RandomSource } from "../../../scripts/transport/conditioner/seeded-random.ts";
import type { Player } from "../../../server/zone/player.ts";
import type { ZoneServer } from "../../../server/zone/zone-server.ts";
import { ResidentFighters } from "./resident-fighters.ts";
import { ResidentWalkers } from "./resident-walkers.ts";

/** A hundred have 25 m around the spawn for themselves, and more have as much room each: everybody is in sight of whoever stands in the middle. */
const HUNDRED_METERS = 25;
/** A thousand and their fights stay within sight of the one who is measured. */
const MOST_METERS = 80;
const MAX_TRIES = 64;

/**
 * Fills a zone with players whom its own process plays: they walk as bots do, or, where there is fighting, fight everybody. Call before the first
 * tick.
 */
export function populate(server: ZoneServer, zone: Zone, count: number, seed: number): void {
  const random = createSeededRandom(seed);
  const [middle] = zone.spawns;
  if (middle === undefined) throw new Error(`zone "${zone.name}" has no spawn: a baked zone always has one`);
  const radiusMeters = Math.min(MOST_METERS, HUNDRED_METERS * Math.sqrt(Math.max(count, 100) / 100));
  const ground = { x: middle.x, z: middle.z, radiusMeters };
  const players: Player[] = [];
  for (let index = 0; index < count; index += 1) {
    const player = server.takeIn(`Resident ${index + 1}`);
    stand(player, zone, ground, random);
    players.push(player);
  }
  const { combat } = server;
  const residents =
    combat === undefined
      ? new ResidentWalkers(players, ground, random)
      : new ResidentFighters(players, combat, zone, seed);
  server.beforeTick = (serverTick) => residents.play(serverTick);
}

interface Ground {
  x: number;
  z: number;
  radiusMeters: number;
}

/** Somewhere on the ground where somebody could appear; where there is no such place, it stays where it came in. */
function stand(player: Player, { world }: Zone, ground: Ground, random: RandomSource): void {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const angle = random() * 2 * Math.PI;
    const meters = Math.sqrt(random()) * ground.radiusMeters;
    const x = ground.x + Math.cos(angle) * meters;
    const z = ground.z + Math.sin(angle) * meters;
    const place = { x, y: world.groundHeight(x, z), z, yaw: Math.floor(random() * YAW_STEPS_PER_TURN) };
    if (checkSpawn(world, place, String) !== undefined) continue;
    placeMoveState(player.state, place);
    return;
  }
}
