import { describe, expect, it } from "vitest";
import { Button } from "../../../scripts/protocol/messages.ts";
import { SPRINT_SPEED, WALK_SPEED } from "../../../scripts/simulation/constants.ts";
import type { MoveState } from "../../../scripts/simulation/move-state.ts";
import { hold, loadZone, placeAt } from "../../fixtures/play-zone.ts";
import { CLIFF, createTestZone, FLAT_HEIGHT_METERS, HILL, STAIRS, standingBox } from "../../fixtures/test-zone.ts";

const zone = loadZone(createTestZone());
const FORWARD = { moveZ: -127 };
const JUMP = { buttons: Button.jump };

function horizontalSpeed(state: Readonly<MoveState>): number {
  return Math.sqrt(state.vx ** 2 + state.vz ** 2);
}

function standing(x = 256, z = 256): MoveState {
  const state = placeAt(x, FLAT_HEIGHT_METERS, z);
  hold(zone, state, {}, 2);
  expect(state.grounded).toBe(true);
  return state;
}

describe("walking on flat ground", () => {
  it("stays where it is without a wish", () => {
    const state = standing();
    const before = { ...state };
    hold(zone, state, {}, 600);
    expect(state).toEqual(before);
  });

  it.each([
    ["walks", 0, WALK_SPEED],
    ["sprints", Button.sprint, SPRINT_SPEED],
  ])("%s at its speed, on the ground all the time", (_, buttons, speed) => {
    const state = standing();
    hold(zone, state, { ...FORWARD, buttons }, 30);
    const from = state.z;
    hold(zone, state, { ...FORWARD, buttons }, 60, ({ y, grounded }) => {
      expect(grounded).toBe(true);
      expect(y).toBe(FLAT_HEIGHT_METERS);
    });
    expect(from - state.z).toBeGreaterThan(speed * 0.99);
    expect(from - state.z).toBeLessThan(speed * 1.01);
    expect(state.x).toBe(256);
  });

  it("is no faster along a diagonal", () => {
    const state = standing();
    hold(zone, state, { moveX: 127, moveZ: -127 }, 60, (at) =>
      expect(horizontalSpeed(at)).toBeLessThanOrEqual(WALK_SPEED + 0.01),
    );
    expect(horizontalSpeed(state)).toBeCloseTo(WALK_SPEED, 1);
  });

  it("walks slowly with a stick that is pushed halfway", () => {
    const state = standing();
    hold(zone, state, { moveZ: -64 }, 60);
    expect(horizontalSpeed(state)).toBeCloseTo((WALK_SPEED * 64) / 127, 1);
  });

  it("needs a moment to start and to stop", () => {
    const state = standing();
    hold(zone, state, FORWARD, 1);
    expect(horizontalSpeed(state)).toBeGreaterThan(0.5);
    expect(horizontalSpeed(state)).toBeLessThan(WALK_SPEED / 2);
    hold(zone, state, FORWARD, 10);
    hold(zone, state, {}, 1);
    expect(horizontalSpeed(state)).toBeGreaterThan(WALK_SPEED / 2);
    hold(zone, state, {}, 10);
    expect(horizontalSpeed(state)).toBe(0);
  });

  it.each([
    ["north", 0, 0, -1],
    ["west, a quarter turn counter-clockwise", 16384, -1, 0],
    ["south", 32768, 0, 1],
    ["east", 49152, 1, 0],
  ])("goes %s where it looks", (_, yaw, x, z) => {
    const state = standing();
    hold(zone, state, { ...FORWARD, yaw }, 60);
    expect(Math.sign(state.x - 256)).toBe(x);
    expect(Math.sign(state.z - 256)).toBe(z);
    expect(state.yaw).toBe(yaw);
  });
});

describe("jumping", () => {
  function jumpApex(state: MoveState, wish: object = JUMP): number {
    let apex = state.y;
    hold(zone, state, wish, 1);
    hold(zone, state, {}, 60, ({ y }) => {
      apex = Math.max(apex, y);
    });
    return apex;
  }

  it("reaches the designed height and lands where it started", () => {
    const state = standing();
    const apex = jumpApex(state) - FLAT_HEIGHT_METERS;
    expect(apex).toBeGreaterThan(1.15);
    expect(apex).toBeLessThan(1.2);
    expect(state).toMatchObject({ x: 256, y: FLAT_HEIGHT_METERS, z: 256, vy: 0, grounded: true, airTicks: 0 });
  });

  it("is taken again only after landing, however long the button is held", () => {
    const state = standing();
    let takeOffs = 0;
    let rising = false;
    hold(zone, state, JUMP, 120, ({ vy }) => {
      if (vy > 0 && !rising) takeOffs++;
      rising = vy > 0;
    });
    expect(takeOffs).toBe(3);
  });

  it("is still taken shortly after running off a ledge, and no later", () => {
    const offLedge = (late: number): number => {
      const state = placeAt(CLIFF.x + 5, FLAT_HEIGHT_METERS + CLIFF.heightMeters, 256);
      let ticks = 0;
      while (ticks++ < 300 && (ticks < 5 || state.grounded)) hold(zone, state, { moveX: -127 }, 1);
      expect(state.airTicks).toBe(1);
      hold(zone, state, { moveX: -127 }, late);
      hold(zone, state, JUMP, 1);
      return state.vy;
    };
    expect(offLedge(0)).toBeGreaterThan(6);
    expect(offLedge(5)).toBeGreaterThan(6);
    expect(offLedge(7)).toBeLessThan(0);
  });

  it("bumps its head without coming through, and falls again", () => {
    const state = standing(272, 280);
    const underside = FLAT_HEIGHT_METERS + 2;
    hold(zone, state, JUMP, 1);
    let apex = 0;
    hold(zone, state, {}, 30, ({ y }) => {
      apex = Math.max(apex, y);
    });
    expect(apex + 1.8).toBeGreaterThan(underside - 0.02);
    expect(apex + 1.8).toBeLessThanOrEqual(underside + 0.001);
    expect(state).toMatchObject({ y: FLAT_HEIGHT_METERS, grounded: true });
  });

  it("rises with the ground when it starts uphill", () => {
    const state = placeAt(HILL.x, FLAT_HEIGHT_METERS, HILL.z + HILL.radiusMeters + 1);
    hold(zone, state, { ...FORWARD, buttons: Button.sprint }, 30);
    const before = state.y;
    hold(zone, state, { ...FORWARD, buttons: Button.jump | Button.sprint }, 8);
    expect(state.grounded).toBe(false);
    expect(state.y - before).toBeGreaterThan(0.5);
  });
});

describe("slopes", () => {
  it("walks over the hill with the feet on the ground", () => {
    const state = placeAt(HILL.x, FLAT_HEIGHT_METERS, HILL.z + HILL.radiusMeters + 2);
    let highest = 0;
    hold(zone, state, FORWARD, 600, (at) => {
      expect(at.grounded).toBe(true);
      const ground = zone.world.groundHeight(at.x, at.z);
      expect(at.y - ground).toBeGreaterThanOrEqual(0);
      expect(at.y - ground).toBeLessThan(1 / 1024);
      highest = Math.max(highest, at.y);
    });
    expect(highest).toBeGreaterThan(FLAT_HEIGHT_METERS + HILL.heightMeters - 0.1);
    expect(state.y).toBe(FLAT_HEIGHT_METERS);
  });

  it("does not slide while standing on a walkable slope", () => {
    const state = placeAt(HILL.x + 6, FLAT_HEIGHT_METERS + 9, HILL.z + 4);
    hold(zone, state, {}, 60);
    const before = { ...state };
    hold(zone, state, {}, 300);
    expect(state).toEqual(before);
  });

  it("is held back by a cliff, running and jumping", () => {
    for (const buttons of [0, Button.sprint, Button.sprint | Button.jump]) {
      for (const moveZ of [0, -127, 60]) {
        const state = placeAt(CLIFF.x - 5, FLAT_HEIGHT_METERS, 256);
        hold(zone, state, { moveX: 127, moveZ, buttons }, 900, ({ x, y }) => {
          expect(x).toBeLessThan(CLIFF.x + 1);
          expect(y).toBeLessThan(FLAT_HEIGHT_METERS + 1.3);
        });
      }
    }
  });

  it("slides down ground that is too steep, not faster than in free fall", () => {
    const state = placeAt(CLIFF.x + 1, FLAT_HEIGHT_METERS + CLIFF.heightMeters / 2, 256);
    let ticks = 0;
    hold(zone, state, {}, 300, (at) => {
      if (!at.grounded) ticks++;
    });
    expect(ticks).toBeGreaterThan(Math.sqrt((2 * 4) / 20) * 60);
    expect(state).toMatchObject({ y: FLAT_HEIGHT_METERS, grounded: true });
    expect(state.x).toBeLessThan(CLIFF.x + 0.01);
  });

  it.each([-0.6, -0.1, 0.1, 0.6])("keeps the ground along the foot of a cliff on a path with a rise of %d", (rise) => {
    const description = createTestZone();
    const { heights, samplesPerSide, spacingMeters } = description.heightfield;
    for (let index = 0; index < heights.length; index++) {
      const cliff = (index % samplesPerSide) * spacingMeters > CLIFF.x ? CLIFF.heightMeters : 0;
      heights[index] = 200 - rise * Math.floor(index / samplesPerSide) * spacingMeters + cliff;
    }
    const path = loadZone(description);
    const state = placeAt(CLIFF.x - 1, 200 - rise * 256, 256);
    hold(path, state, {}, 5);
    hold(path, state, { moveX: 127, moveZ: -60 }, 300, (at) => expect(at.grounded).toBe(true));
    expect(256 - state.z).toBeGreaterThan(6);
    expect(state.x).toBeGreaterThan(CLIFF.x - 0.1);
    expect(state.x).toBeLessThan(CLIFF.x + 0.1);
  });
});

describe("steps and ledges", () => {
  it("walks up the stairs and down again without losing the ground", () => {
    const top = FLAT_HEIGHT_METERS + STAIRS.steps * STAIRS.riseMeters;
    const state = placeAt(STAIRS.x, FLAT_HEIGHT_METERS, STAIRS.z + 1);
    const onGround = ({ grounded }: Readonly<MoveState>) => expect(grounded).toBe(true);
    hold(zone, state, {}, 2);
    hold(zone, state, FORWARD, 88, onGround);
    expect(state.y).toBeGreaterThan(top - 0.2);
    hold(zone, state, { moveZ: 127 }, 95, onGround);
    expect(state.y).toBe(FLAT_HEIGHT_METERS);
  });

  it("steps up 0.4 m and walks down from it", () => {
    const state = standing(240, 285);
    hold(zone, state, FORWARD, 60);
    expect(state.y).toBeCloseTo(FLAT_HEIGHT_METERS + 0.4, 2);
    expect(state.grounded).toBe(true);
    hold(zone, state, FORWARD, 90, ({ grounded }) => expect(grounded).toBe(true));
    expect(state.y).toBe(FLAT_HEIGHT_METERS);
    expect(state.z).toBeLessThan(276);
  });

  it("does not step up 0.6 m, but jumps onto it", () => {
    const state = standing(256, 285);
    hold(zone, state, FORWARD, 120);
    expect(state).toMatchObject({ y: FLAT_HEIGHT_METERS, vx: 0, vz: 0, grounded: true });
    expect(state.z).toBeGreaterThan(283.3);
    hold(zone, state, { ...FORWARD, ...JUMP }, 1);
    hold(zone, state, FORWARD, 60);
    expect(state.grounded).toBe(true);
    expect(state.y).toBeCloseTo(FLAT_HEIGHT_METERS + 0.6, 2);
  });

  it("falls off a ledge that is higher than a step, with its speed", () => {
    const state = placeAt(256, FLAT_HEIGHT_METERS + 0.6, 280);
    hold(zone, state, {}, 5);
    expect(state.grounded).toBe(true);
    let flew = false;
    hold(zone, state, FORWARD, 120, ({ grounded, vz }) => {
      if (!grounded) {
        flew = true;
        expect(vz).toBeLessThan(-4);
      }
    });
    expect(flew).toBe(true);
    expect(state.y).toBe(FLAT_HEIGHT_METERS);
  });

  it("passes under a ceiling that leaves room and not under one that does not", () => {
    const description = createTestZone();
    description.boxes.push(standingBox("Low", 300, 280, { width: 6, height: 0.5, depth: 6, bottom: 1.6 }));
    const withLow = loadZone(description);
    const free = placeAt(272, FLAT_HEIGHT_METERS, 290);
    hold(withLow, free, FORWARD, 300);
    expect(free.z).toBeLessThan(270);
    const blocked = placeAt(300, FLAT_HEIGHT_METERS, 290);
    hold(withLow, blocked, FORWARD, 300);
    expect(blocked.z).toBeGreaterThan(283);
  });
});

describe("walls", () => {
  it("rests still in a corner, pushed from any side", () => {
    for (let yaw = 65536 - 16384; yaw < 65536; yaw += 1024) {
      const state = standing(286, 234);
      hold(zone, state, { ...FORWARD, yaw }, 900);
      const before = { ...state };
      hold(zone, state, { ...FORWARD, yaw }, 200, (at) => expect(at).toEqual(before));
      expect(state.z).toBeGreaterThan(230.5 + 0.35 - 2 / 1024);
      expect(state.x).toBeLessThan(289.5 - 0.35 + 2 / 1024);
    }
  });

  it("slides along a wall without jitter: always onwards, never off it", () => {
    const state = standing(272, 231);
    hold(zone, state, { moveX: 80, moveZ: -100 }, 30);
    let last = state.x;
    hold(zone, state, { moveX: 80, moveZ: -100 }, 120, (at) => {
      expect(at.x - last).toBeGreaterThan(0.03);
      expect(at.z).toBeCloseTo(230.85, 2);
      last = at.x;
    });
  });

  it("is not stopped by a wall that is thinner than one tick of falling or running", () => {
    const description = createTestZone();
    description.boxes.push(standingBox("Plate", 256, 256, { width: 6, height: 0.01, depth: 6, bottom: 20 }));
    description.boxes.push(standingBox("Sheet", 256, 240, { width: 20, height: 3, depth: 0.01, yaw: 300 }));
    const thin = loadZone(description);
    for (let drop = 300; drop < 301; drop += 0.125) {
      const falling = placeAt(256, FLAT_HEIGHT_METERS + drop, 256);
      let fastest = 0;
      hold(thin, falling, {}, 600, ({ vy }) => {
        fastest = Math.min(fastest, vy);
      });
      expect(fastest).toBe(-50);
      expect(falling).toMatchObject({ grounded: true });
      expect(falling.y).toBeCloseTo(FLAT_HEIGHT_METERS + 20.01, 2);
    }
    const running = placeAt(256, FLAT_HEIGHT_METERS, 250);
    hold(thin, running, { ...FORWARD, buttons: Button.sprint }, 200);
    expect(running.z).toBeGreaterThan(240.3);
  });

  it("gets out of a narrowing gap into which it fell", () => {
    const description = createTestZone();
    description.boxes.push(
      standingBox("Left", 255.2, 256, { width: 1, height: 3, depth: 6 }),
      standingBox("Right", 256.8, 256, { width: 1, height: 3, depth: 6 }),
    );
    const gap = loadZone(description);
    const state = placeAt(256, FLAT_HEIGHT_METERS + 6, 256);
    hold(gap, state, {}, 120);
    const rested = state.y;
    expect(rested).toBeGreaterThan(FLAT_HEIGHT_METERS + 1);
    hold(gap, state, { ...JUMP, ...FORWARD }, 90);
    hold(gap, state, FORWARD, 120);
    expect(state.z).toBeLessThan(253);
  });
});

describe("the ends of the world", () => {
  it.each([
    ["north", 0, (state: MoveState) => state.z, 0.35],
    ["west", 16384, (state: MoveState) => state.x, 0.35],
    ["south", 32768, (state: MoveState) => state.z, 511.65],
    ["east", 49152, (state: MoveState) => state.x, 511.65],
  ])("stops at the %s border", (_, yaw, coordinate, limit) => {
    const state = placeAt(yaw === 16384 ? 5 : yaw === 49152 ? 507 : 100, 30, yaw === 0 ? 5 : yaw === 32768 ? 507 : 400);
    hold(zone, state, { ...FORWARD, yaw, buttons: Button.sprint }, 240);
    expect(Math.abs(coordinate(state) - limit)).toBeLessThan(1 / 1024);
    expect(horizontalSpeed(state)).toBe(0);
  });

  it("puts who is below the world back to the nearest spawn", () => {
    const state = placeAt(300, FLAT_HEIGHT_METERS - 100, 300);
    state.vy = -50;
    hold(zone, state, {}, 1);
    expect(state).toMatchObject({ x: 258, z: 260, vy: 0 });
    hold(zone, state, {}, 10);
    expect(state).toMatchObject({ y: FLAT_HEIGHT_METERS, grounded: true });
  });

  it("lifts who is inside of the ground or of a box", () => {
    const buried = placeAt(256, FLAT_HEIGHT_METERS - 3, 256);
    hold(zone, buried, {}, 2);
    expect(buried).toMatchObject({ y: FLAT_HEIGHT_METERS, grounded: true });
    const inBox = placeAt(280, FLAT_HEIGHT_METERS + 1, 230);
    hold(zone, inBox, {}, 60);
    expect(inBox.grounded).toBe(true);
    expect(inBox.y).toBeCloseTo(FLAT_HEIGHT_METERS + 4, 2);
  });

  it("takes commands that no client of ours sends", () => {
    const state = standing();
    const wild = { moveX: Number.NaN, moveZ: -1e9, yaw: -1, pitch: Number.POSITIVE_INFINITY, buttons: -6 };
    hold(zone, state, wild, 60, (at) => expect(horizontalSpeed(at)).toBeLessThanOrEqual(SPRINT_SPEED + 0.01));
    expect(state.yaw).toBe(65535);
    expect(state.z).toBeLessThan(250);
  });
});
