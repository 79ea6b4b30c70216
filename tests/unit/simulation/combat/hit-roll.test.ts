import { describe, expect, test } from "vitest";
import { rollHit } from "../../../../scripts/simulation/combat/hit-roll.ts";
import { CombatStage } from "./combat-stage.ts";

const ROLLS = 40_000;
/** Five standard deviations of a chance of a half. */
const TOLERANCE = 0.0125;
const [ATTACKER, TARGET] = [0, 1];
/** To -x and to +x. */
const [WEST, EAST] = [0x4000, 0xc000];

interface Odds {
  levels: number;
  precision: number;
  guard: number;
  targetYaw: number;
  targetCasts: boolean;
}

/** How often an attack on somebody who stands to the east misses, is critical, and is blocked. */
function sharesOf({ levels = 0, precision = 0, guard = 0, targetYaw = WEST, targetCasts = false }: Partial<Odds>) {
  const stage = new CombatStage(2);
  const { fighters } = stage;
  fighters.level[ATTACKER] = 11;
  fighters.level[TARGET] = 11 + levels;
  fighters.precision[ATTACKER] = precision;
  fighters.guard[TARGET] = guard;
  fighters.yaw[TARGET] = targetYaw;
  if (targetCasts) fighters.casting[TARGET] = 0;
  const roll = { missed: false, critical: false, blocked: false };
  const counts = { missed: 0, critical: 0, blocked: 0 };
  for (let salt = 0; salt < ROLLS; salt += 1) {
    rollHit(stage.world.state, ATTACKER, 1, TARGET, salt, roll);
    for (const what of ["missed", "critical", "blocked"] as const) counts[what] += roll[what] ? 1 : 0;
  }
  return { missed: counts.missed / ROLLS, critical: counts.critical / ROLLS, blocked: counts.blocked / ROLLS };
}

function expectNear(share: number, chance: number): void {
  expect(Math.abs(share - chance), `${share} is not about ${chance}`).toBeLessThan(TOLERANCE);
}

describe("[C22] of many attacks", () => {
  test.each([
    [0.05, {}],
    [0.15, { levels: 10 }],
    [0.05, { levels: -10 }],
    [0.25, { guard: 40 }],
    [0.6, { levels: 9, guard: 120 }],
    [0.01, { precision: 100 }],
  ])("a share of %f misses with %o", (chance, odds) => {
    expectNear(sharesOf(odds).missed, chance);
  });

  test.each([
    [0.1, {}],
    [0.2, { precision: 50 }],
    [0.6, { precision: 400 }],
  ])("a share of %f is critical with %o", (chance, odds) => {
    expectNear(sharesOf(odds).critical, chance);
  });

  test.each([
    [0.05, {}],
    [0.25, { guard: 100 }],
    [0.4, { guard: 400 }],
    [0, { guard: 400, targetYaw: EAST }],
    [0, { guard: 400, targetCasts: true }],
  ])("a share of %f is blocked with %o", (chance, odds) => {
    const { blocked } = sharesOf(odds);
    expectNear(blocked, chance);
    if (chance === 0) expect(blocked).toBe(0);
  });
});
