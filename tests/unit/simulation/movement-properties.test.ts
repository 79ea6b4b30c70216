import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OwnState } from "../../../scripts/protocol/messages.ts";
import type { Box } from "../../../scripts/simulation/collision/box-set.ts";
import {
  copyMoveState,
  createMoveState,
  type MoveState,
  readOwnState,
  writeOwnState,
} from "../../../scripts/simulation/move-state.ts";
import { stepMovement } from "../../../scripts/simulation/movement.ts";
import type { Zone } from "../../../scripts/simulation/zone-file.ts";
import { loadZone, placeAt } from "../../fixtures/play-zone.ts";
import { createRandomPlayer } from "../../fixtures/random-commands.ts";
import { CROWDED_HALF_METERS, createRandomZone } from "../../fixtures/random-zone.ts";

const TICKS = 1500;
/** Rounding to the lattice leaves a capsule at most this deep in a box. */
const DEPTH_METERS = 4 / 1024;

/**
 * How deep a capsule is inside of a box, in metres: by the definition, and with the engine's own sine, so that a
 * mistake of the simulation is not made here too.
 */
function depthInBox(feet: Readonly<MoveState>, box: Box): number {
  const angle = (box.yaw / 65536) * 2 * Math.PI;
  const dx = feet.x - box.x;
  const dz = feet.z - box.z;
  const outX = Math.max(0, Math.abs(dx * Math.cos(angle) - dz * Math.sin(angle)) - box.halfX);
  const outZ = Math.max(0, Math.abs(dx * Math.sin(angle) + dz * Math.cos(angle)) - box.halfZ);
  const outY = Math.max(0, feet.y + 0.35 - (box.y + box.halfY), box.y - box.halfY - (feet.y + 1.8 - 0.35));
  return 0.35 - Math.hypot(outX, outY, outZ);
}

function onLattice(value: number, steps: number): boolean {
  return Number.isInteger(value * steps) && !Object.is(value, -0);
}

/** What is wrong with one tick from `before` to `after`; empty if nothing. */
function complaints(zone: Zone, boxes: readonly Box[], before: MoveState, after: MoveState): string[] {
  const wrong: string[] = [];
  const { x, y, z, vx, vy, vz } = after;
  if (y < zone.world.groundHeight(x, z)) wrong.push("below the ground");
  if (boxes.some((box) => depthInBox(after, box) > DEPTH_METERS)) wrong.push("inside of a box");
  if (x < 0.349 || z < 0.349 || x > 511.651 || z > 511.651) wrong.push("outside of the zone");
  if (Math.hypot(vx, vz) > 12.01 || Math.abs(vy) > 50) wrong.push("faster than the limits");
  if (Math.hypot(x - before.x, z - before.z) > 0.36) wrong.push("moved too far at once");
  if (y - before.y > 0.41 || before.y - y > 0.9) wrong.push("rose or fell too far at once");
  if (after.grounded && (vy !== 0 || after.airTicks !== 0)) wrong.push("stands and flies");
  if (!after.grounded && after.airTicks === 0) wrong.push("flies without counting");
  if (![x, y, z].every((value) => onLattice(value, 1024))) wrong.push("position off the lattice");
  if (![vx, vy, vz].every((value) => onLattice(value, 256))) wrong.push("velocity off the lattice");
  return wrong;
}

describe("any player in any world", () => {
  it("is never in the ground, in a box, outside, or faster than the limits", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.double({ min: -1, max: 1, noNaN: true }), (world, player, start) => {
        const description = createRandomZone(world);
        const zone = loadZone(description);
        const spawn = zone.spawns[0] ?? { y: 0 };
        const state = placeAt(256 + Math.round(start * CROWDED_HALF_METERS), spawn.y, 256);
        const before = createMoveState();
        const next = createRandomPlayer(player);
        for (let tick = 0; tick < TICKS; tick++) {
          copyMoveState(state, before);
          const command = next();
          stepMovement(zone.world, state, command);
          const wrong = complaints(zone, description.boxes, before, state);
          if (wrong.length > 0) expect.fail(`tick ${tick}: ${wrong.join(", ")} at ${JSON.stringify(state)}`);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("goes on from a snapshot as if nothing had been in between", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (world, player) => {
        const zone = loadZone(createRandomZone(world));
        const server = placeAt(256, zone.spawns[0]?.y ?? 0, 256);
        const client = createMoveState();
        const own: OwnState = { ...server };
        const next = createRandomPlayer(player);
        for (let tick = 0; tick < 300; tick++) {
          writeOwnState(server, own);
          readOwnState(structuredClone(own), client);
          const command = next();
          stepMovement(zone.world, server, command);
          stepMovement(zone.world, client, command);
          expect(client).toEqual(server);
        }
      }),
      { numRuns: 10 },
    );
  });
});
