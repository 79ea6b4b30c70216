import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_COMMANDS_IN_FLIGHT, Prediction } from "../../../scripts/client/prediction.ts";
import type { InputCommand } from "../../../scripts/protocol/messages.ts";
import { copyMoveState, createMoveState, type MoveState } from "../../../scripts/simulation/move-state.ts";
import { stepMovement } from "../../../scripts/simulation/movement.ts";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createTestZone, FLAT_HEIGHT_METERS } from "../../fixtures/test-zone.ts";

const decoded = decodeZone(encodeZone(createTestZone()));
if (!decoded.ok) throw new Error(decoded.reason);
const { world } = decoded.zone;

function start(): MoveState {
  return { ...createMoveState(), x: 256, y: FLAT_HEIGHT_METERS, z: 256, grounded: true };
}

function forward(tick: number): InputCommand {
  return { tick, moveX: 0, moveZ: -127, yaw: 0, pitch: 0, buttons: 0 };
}

/** States that a server goes through with the same commands: index i is the state after i of them. */
function serverStates(commands: InputCommand[], from: MoveState = start()): MoveState[] {
  const state = { ...from };
  const states = [{ ...state }];
  for (const command of commands) {
    stepMovement(world, state, command);
    states.push({ ...state });
  }
  return states;
}

function predict(commands: InputCommand[]): Prediction {
  const prediction = new Prediction(world, start(), commands[0]?.tick ?? 1);
  for (const command of commands) prediction.step(command);
  return prediction;
}

function at(states: MoveState[], index: number): MoveState {
  const state = states[index];
  if (state === undefined) throw new RangeError(`no state ${index}`);
  return state;
}

const anyCommands = fc
  .array(
    fc.record({
      moveX: fc.integer({ min: -127, max: 127 }),
      moveZ: fc.integer({ min: -127, max: 127 }),
      yaw: fc.integer({ min: 0, max: 65535 }),
      pitch: fc.constant(0),
      buttons: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 2, maxLength: 100 },
  )
  .map((commands) => commands.map((command, index) => ({ ...command, tick: 500 + index })));

describe("Prediction", () => {
  it("moves at once, and matches a server that runs the same commands, to the bit", () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        const prediction = predict(commands);
        const states = serverStates(commands);
        for (let acked = 0; acked <= commands.length; acked += 1) {
          expect(prediction.reconcile(acked === 0 ? 0 : 499 + acked, at(states, acked))).toBe("match");
          expect(prediction.commandsInFlight).toBe(commands.length - acked);
        }
        expect(prediction.state).toEqual(at(states, commands.length));
      }),
      { numRuns: 50 },
    );
  });

  it("ends where the server would be when the server had something else in mind, whatever it was", () => {
    fc.assert(
      fc.property(anyCommands, fc.nat(), fc.integer({ min: -1024, max: 1024 }), (commands, pick, pushSteps) => {
        fc.pre(pushSteps !== 0);
        const acked = pick % commands.length;
        const prediction = predict(commands);
        const pushed = { ...at(serverStates(commands), acked) };
        pushed.x += pushSteps / 1024;
        const rest = serverStates(commands.slice(acked), pushed);
        // The start counts as answered: what comes for it again was not the doing of a command.
        const result = acked === 0 ? "pushed" : "corrected";
        expect(prediction.reconcile(acked === 0 ? 0 : 499 + acked, pushed)).toBe(result);
        expect(prediction.state).toEqual(at(rest, commands.length - acked));
        expect(prediction.replayedTicks).toBeLessThanOrEqual(commands.length - acked);
        for (let next = acked + 1; next <= commands.length; next += 1) {
          expect(prediction.reconcile(499 + next, at(rest, next - acked))).toBe("match");
        }
      }),
      { numRuns: 50 },
    );
  });

  it("says by how much the newest position moved", () => {
    const commands = Array.from({ length: 20 }, (_, i) => forward(10 + i));
    const prediction = predict(commands);
    const pushed = { ...at(serverStates(commands), 5), x: 256.5 };
    expect(prediction.reconcile(14, pushed)).toBe("corrected");
    expect(prediction.correction).toEqual({ x: 0.5, y: 0, z: 0 });
  });

  it("takes a push at a tick that was acknowledged before", () => {
    const commands = [forward(1), forward(2), forward(3)];
    const prediction = predict(commands);
    const acked = at(serverStates(commands), 2);
    expect(prediction.reconcile(2, acked)).toBe("match");
    expect(prediction.reconcile(2, { ...acked, x: acked.x + 1 })).toBe("pushed");
    expect(prediction.state.x).toBe(257);
  });

  it("replays no further than to where the server's way and the predicted one meet", () => {
    const commands = Array.from({ length: 60 }, (_, i) => forward(10 + i));
    const prediction = predict(commands);
    const states = serverStates(commands);
    const other = { ...at(states, 5), jumpCooldownTicks: 4 };
    expect(prediction.reconcile(14, other)).toBe("corrected");
    expect(prediction.replayedTicks).toBe(4);
    expect(prediction.state).toEqual(at(states, 60));
    expect(prediction.correction).toEqual({ x: 0, y: 0, z: 0 });
    for (let acked = 6; acked <= 60; acked += 1)
      expect(prediction.reconcile(9 + acked, at(serverStates(commands.slice(5), other), acked - 5))).toBe("match");
  });

  it("ignores what is older than the newest answer, and answers to commands never given", () => {
    const commands = [forward(1), forward(2), forward(3)];
    const prediction = predict(commands);
    const before = { ...prediction.state };
    prediction.reconcile(3, at(serverStates(commands), 3));
    expect(prediction.reconcile(2, start())).toBe("ignored");
    expect(prediction.reconcile(4, start())).toBe("ignored");
    expect(prediction.reconcile(4_000_000_000, start())).toBe("ignored");
    expect(prediction.state).toEqual(before);
  });

  it("stops when two seconds are unanswered, and goes on with the next answer", () => {
    const commands = Array.from({ length: MAX_COMMANDS_IN_FLIGHT }, (_, i) => forward(1 + i));
    const prediction = predict(commands);
    expect(prediction.ready).toBe(false);
    prediction.reconcile(60, at(serverStates(commands), 60));
    expect(prediction.ready).toBe(true);
    expect(prediction.commandsInFlight).toBe(60);
  });

  it("looks ahead without going there", () => {
    const prediction = predict([forward(1)]);
    const before = createMoveState();
    const ahead = createMoveState();
    copyMoveState(prediction.state, before);
    prediction.peek(forward(2), ahead);
    expect(prediction.state).toEqual(before);
    prediction.step(forward(2));
    expect(prediction.state).toEqual(ahead);
  });

  it("takes no command out of order", () => {
    const prediction = predict([forward(7)]);
    expect(() => prediction.step(forward(9))).toThrow("expected the command of tick 8, got 9");
  });
});
