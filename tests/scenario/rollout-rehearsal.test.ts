import { afterAll, expect, it } from "vitest";
import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { cohortOf } from "../../scripts/protocol/metering/cohort.ts";
import { MessageMeter } from "../../scripts/protocol/metering/message-meter.ts";
import { FeatureFlags } from "../../server/features/feature-flags.ts";
import { readFeatureTable } from "../../server/features/read-feature-table.ts";
import { DamagingTransport, unreadable } from "./damaging-transport.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

// The new protocol is rolled out to 200 players who are in the middle of a walk, by steps, and taken back. One in twenty has a
// client that cannot read it. What operators do with a feature file, in the order in which docs/operators.md has them do it.

const SESSIONS = 200;
const STEPS = [0, 1, 10, 50, 100, 50, 0] as const;
const FAULTY_ONE_IN = 20;
/** For a change to reach everybody through loss, and for those who cannot read it to say so; and for a walk. */
const STEP_MS = 2_000;

function tableAt(rolloutPercent: number) {
  const features = Object.fromEntries(OWN_CAPABILITIES.map((name) => [name, { enabled: true }]));
  const text = JSON.stringify({ ...features, [Capability.sequenced]: { enabled: true, rolloutPercent } });
  const reading = readFeatureTable(text);
  if (!reading.ok) throw new Error(reading.faults.join("; "));
  return reading.table;
}

const flags = new FeatureFlags(tableAt(0));
const meter = new MessageMeter({ nowNs: () => 0, timeOneIn: 1 });
const world = new VirtualWorld({
  maxPlayers: SESSIONS,
  seed: 7,
  link: { latencyMs: 30, jitterMs: 8, lossRate: 0.02, meanBurst: 2 },
  server: { features: flags, meter },
});
afterAll(() => world.dispose());

const damage = unreadable();
/** Everybody can read the welcome, which comes in the new protocol whatever is in use. */
let broken = false;
const isFaulty = (index: number): boolean => index % FAULTY_ONE_IN === 3;

function join(): VirtualPlayer[] {
  const players = Array.from({ length: SESSIONS }, (_, index) =>
    world.addPlayer(`Player ${index}`, {
      fps: 20,
      ...(isFaulty(index) && {
        tamper: (wire) => new DamagingTransport(wire, { incoming: (packet) => (broken ? damage(packet) : packet) }),
      }),
    }),
  );
  world.runUntil("all play", () => players.every(({ client }) => client.own.present), 60_000);
  return players;
}

function walk(players: readonly VirtualPlayer[], ms: number): void {
  for (const [i, { input }] of players.entries()) {
    input.moveZ = -1;
    input.yawRadians += 0.5 + (i % 7);
  }
  world.runFor(ms);
}

it(`[P49] ${SESSIONS} live sessions go from ${STEPS[0]} to 100 % and back: none is lost, no input is lost, and the faulty fall back`, () => {
  world.startServer();
  const players = join();
  broken = true;
  const epochs = players.map(({ client }) => client.own.entityId);
  const onAtStep: number[] = [];
  for (const percent of STEPS) {
    flags.replace(tableAt(percent));
    walk(players, STEP_MS);
    const on = players.filter(({ client }) => client.telemetry.featuresInUse.includes(Capability.sequenced));
    onAtStep.push(on.length);
    for (const player of on) {
      expect(isFaulty(players.indexOf(player)), `${player.name} cannot read it`).toBe(false);
    }
    for (const [index, { name, client }] of players.entries()) {
      const allowed = flags.allows(Capability.sequenced, { playerKey: name.toLowerCase(), zone: "test", platform: "" });
      const isOn = client.telemetry.featuresInUse.includes(Capability.sequenced);
      expect(isOn, `${name} at ${percent} %`).toBe(allowed && !isFaulty(index));
    }
  }

  const healthy = SESSIONS - SESSIONS / FAULTY_ONE_IN;
  expect(onAtStep[0]).toBe(0);
  expect(onAtStep[4]).toBe(healthy);
  expect(onAtStep.at(-1)).toBe(0);
  expect(onAtStep.slice(0, 5)).toEqual(onAtStep.slice(0, 5).toSorted((a, b) => a - b));
  // The same players as on the way up.
  expect(onAtStep[5]).toBe(onAtStep[3]);

  for (const { client, name } of players) {
    expect(client.connection.state.kind, name).toBe("playing");
    expect(client.telemetry.connectionsLost, name).toBe(0);
    expect(client.telemetry.corrections, name).toBe(0);
  }
  expect(players.map(({ client }) => client.own.entityId)).toEqual(epochs);
  expect(world.server?.players.length).toBe(SESSIONS);
  expect(world.server?.counters).toMatchObject({ commandsPassedOver: 0, malformed: 0, wrongEpoch: 0, rejected: 0 });

  // What an operator compares: the cohorts are apart, and the trouble is in the one that has the feature.
  const inNew = meter.tables[cohortOf(OWN_CAPABILITIES)];
  const inOld =
    meter.tables[cohortOf([Capability.legacy, Capability.rejectReason, Capability.action, Capability.combat])];
  expect(inOld?.sessions).toBe(SESSIONS);
  expect(inNew?.sessions).toBe(0);
  expect(inNew?.refusals.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(SESSIONS / FAULTY_ONE_IN);
  expect(inOld?.refusals.reduce((sum, count) => sum + count, 0)).toBe(0);
});
