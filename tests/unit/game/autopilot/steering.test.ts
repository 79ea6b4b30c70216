import { describe, expect, test } from "vitest";
import { RouteSteering, turnTo } from "../../../../scripts/game/autopilot/steering.ts";

describe("turnTo", () => {
  test.each([
    ["ahead in the north", 0, 0, -10, 0],
    ["right in the east", 0, 10, 0, -1],
    ["left in the west", 0, -10, 0, 1],
    ["ahead when facing west", Math.PI / 2, -10, 0, 0],
  ])("looks %s", (_name, yaw, goalX, goalZ, turn) => {
    expect(turnTo(yaw, 0, 0, goalX, goalZ)).toBeCloseTo(turn, 6);
  });

  test("takes the short way round", () => {
    expect(turnTo(Math.PI - 0.1, 0, 0, 0.1, 10)).toBeGreaterThan(0);
    expect(turnTo(-Math.PI + 0.1, 0, 0, -0.1, 10)).toBeLessThan(0);
  });
});

describe("RouteSteering", () => {
  /** Walks a point that does what the steering says, without obstacles, until the places are reached or time is up. */
  function walk(route: { x: number; z: number }[], seconds: number) {
    const steering = new RouteSteering(route);
    const step = 1 / 20;
    let [x, z, yaw, speed] = [0, 0, 0, 0];
    let elapsed = 0;
    while (elapsed < seconds && steering.reached < route.length) {
      const wish = steering.steer(x, z, yaw, speed, step);
      yaw += wish.turn * 2.8 * step;
      speed = wish.forward * (wish.sprint ? 7.5 : 4.5);
      x += -Math.sin(yaw) * speed * step;
      z += -Math.cos(yaw) * speed * step;
      elapsed += step;
    }
    return { reached: steering.reached, elapsed };
  }

  test("reaches places all around", () => {
    const route = [
      { x: 0, z: -30 },
      { x: 30, z: -30 },
      { x: 30, z: 20 },
      { x: -20, z: 20 },
    ];
    expect(walk(route, 60).reached).toBe(4);
  });

  test("jumps and turns when it gets nowhere", () => {
    const steering = new RouteSteering([{ x: 0, z: -50 }]);
    let jumped = false;
    for (let i = 0; i < 40; i++) jumped ||= steering.steer(0, 0, 0, 0, 1 / 20).jump;
    expect(jumped).toBe(true);
  });

  test("walks on without any place", () => {
    expect(new RouteSteering([]).steer(0, 0, 0, 0, 0.05).forward).toBe(1);
  });
});
