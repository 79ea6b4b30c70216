import { expect, test } from "vitest";
import { FightPilot } from "../../scripts/client/combat/fight-pilot.ts";
import { RecordingClient } from "../../scripts/client/recording/recording-client.ts";
import { Replay } from "../../scripts/client/recording/replay.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { MemorySink } from "../fixtures/memory-sink.ts";
import { mustOpen } from "../fixtures/recorded-play.ts";
import { VirtualWorld } from "./virtual-world.ts";

const data = loadCombatData();

test("a recorded fight replays with every packet and every state as it was, and not by other rules", async () => {
  const sink = new MemorySink();
  const camp = { creature: "gale-wolf", count: 2, x: 256, y: 10, z: 235, radiusMeters: 3, leashMeters: 40 };
  const camps = [{ ...camp, respawnSeconds: 10 }];
  const world = new VirtualWorld({ link: { latencyMs: 25, lossRate: 0.02 }, server: { combat: { data, camps } } });
  world.startServer();
  const ada = world.addPlayer("Ada", {
    client: { combat: data },
    makeClient: (options) => new RecordingClient(options, { sink, recordedAtMs: 0, runtime: "test", log: () => {} }),
  });
  const { client, input } = ada;
  const pilot = new FightPilot(data, { prey: "creatures", noticeMeters: 40 });
  let used = 0;
  ada.beforeFrame = () => {
    const wish = pilot.decide(client.combat, client.own, client.remotes, 1 / 60);
    if (wish.intent !== undefined) client.act(wish.intent);
    used += wish.intent?.kind === "use" ? 1 : 0;
    input.moveZ = wish.forward ? -1 : 0;
    if (wish.busy) input.yawRadians = Math.atan2(client.own.x - wish.lookX, client.own.z - wish.lookZ);
  };
  world.runFor(30_000);
  world.dispose();
  expect(used).toBeGreaterThan(8);
  const recording = mustOpen(sink.bytes);
  const replay = new Replay(recording, { combat: data });
  await replay.run();
  expect(replay.firstDifference).toBeUndefined();
  expect(replay.packetsCompared).toBeGreaterThan(500);
  const lines: string[] = [];
  const other = new Replay(recording, { combat: { ...data, hash: 1 }, log: (line) => lines.push(line) });
  await other.run();
  expect(lines.filter((line) => line.includes("rules of fighting"))).toHaveLength(1);
  const without = new Replay(recording);
  await without.run();
  expect(without.differences).toBeGreaterThan(0);
});
