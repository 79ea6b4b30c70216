import { expect, it } from "vitest";
import { createCommand } from "../../../../../scripts/simulation/command.ts";
import { createMoveState } from "../../../../../scripts/simulation/move-state.ts";
import { CommandTrail, TRAIL_COMMANDS } from "../../../../../server/zone/lag-compensation/command-trail.ts";

it("keeps where the last commands left the character, and knows of no others", () => {
  const trail = new CommandTrail();
  const out = { x: 0, y: 0, z: 0, yaw: 0 };
  expect(trail.read(0, out)).toBe(false);
  for (let tick = 1; tick <= 3 * TRAIL_COMMANDS; tick += 1) {
    // One of ten never came.
    if (tick % 10 === 0) continue;
    trail.add({ ...createCommand(), tick, yaw: tick }, { ...createMoveState(), x: tick, y: 2 * tick, z: 3 * tick });
  }
  for (let tick = 0; tick <= 3 * TRAIL_COMMANDS + 5; tick += 1) {
    const known = tick > 2 * TRAIL_COMMANDS && tick <= 3 * TRAIL_COMMANDS && tick % 10 !== 0;
    const before =
      tick > TRAIL_COMMANDS && tick <= 2 * TRAIL_COMMANDS && (tick + TRAIL_COMMANDS) % 10 === 0 && tick % 10 !== 0;
    expect(trail.read(tick, out), `${tick}`).toBe(known || before);
    if (known) expect(out).toEqual({ x: tick, y: 2 * tick, z: 3 * tick, yaw: tick });
  }
});
