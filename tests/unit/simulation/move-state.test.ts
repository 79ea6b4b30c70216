import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OwnState } from "../../../scripts/protocol/messages.ts";
import {
  copyMoveState,
  createMoveState,
  type MoveState,
  readOwnState,
  sameMoveState,
  writeOwnState,
} from "../../../scripts/simulation/move-state.ts";

const position = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const velocity = fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 });
const timer = fc.integer({ min: 0, max: 255 });
const ownState: fc.Arbitrary<OwnState> = fc.record({
  x: position,
  y: position,
  z: position,
  vx: velocity,
  vy: velocity,
  vz: velocity,
  yaw: fc.integer({ min: 0, max: 65535 }),
  grounded: fc.boolean(),
  airTicks: timer,
  jumpCooldownTicks: timer,
});

function fromWire(own: OwnState): MoveState {
  const state = createMoveState();
  readOwnState(own, state);
  return state;
}

describe("MoveState", () => {
  it("goes over the wire and back without a difference", () => {
    fc.assert(
      fc.property(ownState, (own) => {
        const written: OwnState = { ...createMoveState() };
        writeOwnState(fromWire(own), written);
        expect(written).toEqual(own);
      }),
    );
  });

  it("is copied whole", () => {
    fc.assert(
      fc.property(ownState, (own) => {
        const copy = createMoveState();
        copyMoveState(fromWire(own), copy);
        expect(copy).toEqual(fromWire(own));
        expect(sameMoveState(copy, fromWire(own))).toBe(true);
      }),
    );
  });

  it("is another one when any field is", () => {
    fc.assert(
      fc.property(ownState, ownState, (a, b) => {
        for (const field of Object.keys(a) as (keyof OwnState)[]) {
          const changed = { ...a, [field]: b[field] };
          expect(sameMoveState(fromWire(a), fromWire(changed))).toBe(a[field] === b[field]);
        }
      }),
    );
  });
});
