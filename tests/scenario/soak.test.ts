import { expect, it } from "vitest";
import { GameClient } from "../../scripts/client/game-client.ts";
import type { Player } from "../../server/zone/player.ts";
import type { VirtualWorld } from "../../tools/scenario/virtual-world.ts";
import { runSimulatedSoak } from "../../tools/soak/simulated/simulated-soak.ts";

const SHORT = { minutes: 4, seed: 1, residents: 3 };

it("four simulated minutes of everything: nobody is lost, no ghost remains, nothing is corrected, nothing is left behind", () => {
  const report = runSimulatedSoak(SHORT);
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({ ok: true, corrections: 0, malformed: 0 });
  // Otherwise it did not look at anything.
  expect(report.comparedViews).toBeGreaterThan(200);
  for (const key of ["reconnects", "connectionsLost", "visitors", "serverRestarts", "featureSwitches"] as const) {
    expect(report[key], key).toBeGreaterThan(0);
  }
});

it("finds memory that grows by 3 MB per minute", () => {
  const kept: Uint8Array[] = [];
  const { ok, problems } = runSimulatedSoak({
    ...SHORT,
    minutes: 3,
    everySecond: () => void kept.push(new Uint8Array((3 * 2 ** 20) / 60)),
  });
  expect(kept.length).toBeGreaterThan(150);
  expect(ok).toBe(false);
  expect(problems.join("\n")).toMatch(/^memory grows by/m);
});

it("finds one client that is kept after its player has left", () => {
  const kept: GameClient[] = [];
  const keepOne = (world: VirtualWorld) => {
    const visitor = world.players.find(({ name }) => name.startsWith("Visitor"));
    if (kept.length === 0 && visitor !== undefined) kept.push(visitor.client);
  };
  const { problems } = runSimulatedSoak({ ...SHORT, minutes: 2, everySecond: keepOne });
  expect(kept[0]).toBeInstanceOf(GameClient);
  expect(problems.join("\n")).toContain("4 GameClient live, expected 3");
});

it("finds a character that stays on the server without a player", () => {
  let ghost: Player | undefined;
  const holdOn = ({ server }: VirtualWorld) => {
    ghost ??= server?.players.find(({ name }) => name.startsWith("Visitor"));
    if (server === undefined || ghost === undefined || server.players.includes(ghost)) return;
    (server.players as Player[]).push(ghost);
  };
  const { problems } = runSimulatedSoak({ ...SHORT, minutes: 1, everySecond: holdOn });
  expect(problems.join("\n")).toContain(`${ghost?.name} left and is still on the server`);
});

it("finds a player who is not in the world any more", () => {
  const { problems } = runSimulatedSoak({
    ...SHORT,
    minutes: 1,
    everySecond: ({ players }) => players[1]?.client.disconnect(),
  });
  expect(problems.join("\n")).toContain("Resident 1 is lost");
});
