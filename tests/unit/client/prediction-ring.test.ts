import { describe, expect, it } from "vitest";
import { PredictionRing, RING_TICKS } from "../../../scripts/client/prediction-ring.ts";
import { createInputCommand } from "../../../scripts/protocol/create-messages.ts";
import { createMoveState, type MoveState, sameMoveState } from "../../../scripts/simulation/move-state.ts";

/** A state in which every field differs from that of another seed and from a new one. */
function filledState(seed: number): MoveState {
  const state = createMoveState();
  let field = 1;
  for (const [key, value] of Object.entries(state)) {
    Object.assign(state, { [key]: typeof value === "boolean" ? true : ((seed + field) % 200) + 1 });
    field += 1;
  }
  return state;
}

describe("PredictionRing", () => {
  it("keeps every field of a state: one that is added to the simulation must be kept too", () => {
    const ring = new PredictionRing();
    const out = createMoveState();
    for (let tick = 1; tick <= RING_TICKS; tick += 1) ring.writeState(tick, filledState(tick));
    for (let tick = 1; tick <= RING_TICKS; tick += 1) {
      ring.readState(tick, out);
      expect(out).toEqual(filledState(tick));
      expect(sameMoveState(out, filledState(tick))).toBe(true);
    }
  });

  it("keeps commands at both ends of their ranges, beyond the point where the ring starts over", () => {
    const ring = new PredictionRing();
    const commands = [
      { tick: RING_TICKS * 9 - 1, moveX: -127, moveZ: 127, yaw: 65535, pitch: -16384, buttons: 3 },
      { tick: RING_TICKS * 9, moveX: 127, moveZ: -127, yaw: 0, pitch: 16384, buttons: 0 },
      { tick: 2 ** 31 + 5, moveX: 1, moveZ: 2, yaw: 3, pitch: 4, buttons: 1 },
    ];
    for (const command of commands) ring.writeCommand(command);
    for (const command of commands) {
      const out = createInputCommand();
      ring.readCommand(command.tick, out);
      expect(out).toEqual(command);
    }
  });
});
