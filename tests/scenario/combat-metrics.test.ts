import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { COMBAT_EVENT_KINDS } from "../../scripts/protocol/combat/combat-words.ts";
import type { CombatEvents } from "../../scripts/simulation/combat/combat-events.ts";
import { ZoneMetrics } from "../../server/metrics/zone-metrics.ts";
import { loadCombatData } from "../../server/zone/combat/load-combat-data.ts";
import { parseExposition } from "../../tools/metrics/parse-exposition.ts";
import { checkExposition } from "../unit/server/metrics/exposition-grammar.ts";
import { type VirtualPlayer, VirtualWorld } from "./virtual-world.ts";

const data = loadCombatData();
const CAMP = { creature: "reef-crawler", count: 3, x: 300, y: 8, z: 300, radiusMeters: 6, leashMeters: 30 };

describe("what a zone says of its fights", () => {
  let world: VirtualWorld;
  let metrics: ZoneMetrics;
  /** What a store was given, by kind. */
  const stored = new Map<string, number>();
  let lastStored = 0;

  beforeEach(() => {
    stored.clear();
    lastStored = 0;
    const log = {
      append: (_zone: string, { kind, count, firstSequence }: Readonly<CombatEvents>) => {
        lastStored = firstSequence + count - 1;
        for (const number of kind.subarray(0, count)) {
          const name = COMBAT_EVENT_KINDS[number] ?? "";
          stored.set(name, (stored.get(name) ?? 0) + 1);
        }
      },
    };
    metrics = new ZoneMetrics("test", () => world.nowMs * 1e6);
    const combat = { data, log, ticks: metrics.combatTicks, camps: [{ ...CAMP, respawnSeconds: 60 }] };
    world = new VirtualWorld({ link: { latencyMs: 20 }, server: { combat } });
    world.startServer();
  });
  afterEach(() => world.dispose());

  function join(name: string, x: number, z: number): VirtualPlayer {
    const player = world.addPlayer(name, { client: { combat: data } });
    world.runUntil(`${name} fights`, () => player.client.own.present && player.client.combat.inUse);
    Object.assign(world.truth(player), { x, z });
    world.runFor(1_500);
    return player;
  }

  function figure(name: string, labels: Record<string, string> = {}): number {
    const server = world.server;
    if (server === undefined) throw new Error("expected a server");
    const text = metrics.text(server);
    checkExposition(text);
    const found = parseExposition(text).filter(
      (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    );
    return found.reduce((sum, { value }) => sum + value, 0);
  }

  test("events, uses and commands by what came of them, deaths, creatures, and how far the stream of events is", () => {
    const ada = join("Ada", 250, 250);
    const ben = join("Ben", 250, 248);
    expect(figure("darkages_combat_creatures")).toBe(3);
    expect(figure("darkages_combat_uses_total")).toBe(0);
    ada.client.act({ kind: "target", entityId: ben.client.own.entityId });
    world.runFor(300);
    world.runUntil(
      "Ben is dead",
      () => {
        ada.client.act({ kind: "use", slot: 1 });
        return ben.client.combat.death.dead;
      },
      120_000,
    );
    // Too early: the spirit may not go yet.
    ben.client.act({ kind: "respawn", point: 0 });
    world.runFor(500);

    expect(figure("darkages_combat_deaths_total", { who: "player" })).toBe(1);
    expect(figure("darkages_combat_deaths_total", { who: "creature" })).toBe(0);
    expect(figure("darkages_combat_events_total", { kind: "death" })).toBe(1);
    expect(figure("darkages_combat_events_total", { kind: "damage" })).toBeGreaterThan(3);
    for (const [kind, count] of stored) expect(figure("darkages_combat_events_total", { kind }), kind).toBe(count);
    expect(figure("darkages_combat_sequence")).toBe(lastStored);
    expect(figure("darkages_combat_events_total")).toBe(lastStored);

    expect(figure("darkages_combat_uses_total", { outcome: "accepted" })).toBe(stored.get("used"));
    expect(figure("darkages_combat_commands_total", { outcome: "done" })).toBe(1);
    expect(figure("darkages_combat_commands_total", { outcome: "too_early" })).toBe(1);
    const ticks = world.server?.counters.ticks ?? 0;
    expect(figure("darkages_combat_tick_seconds_count")).toBe(ticks);
  });

  test("refusals by reason, those above the rate too that are not answered", () => {
    const ada = join("Ada", 250, 250);
    const ben = join("Ben", 250, 270);
    const combat = world.server?.combat;
    const player = world.server?.players.find(({ entityId }) => entityId === ada.client.own.entityId);
    if (combat === undefined || player === undefined) throw new Error("expected a server where Ada fights");
    const use = { abilityId: data.inSlot(1)?.id ?? 0, viewTick: 0, viewFraction: 0 };
    const targetEntityId = ben.client.own.entityId;
    for (let useId = 1; useId <= 200; useId += 1) {
      const tick = player.commands.lastExecutedTick;
      combat.request(player, { ...use, useId, tick, targetEntityId }, world.server?.serverTick ?? 0);
    }
    world.runFor(1_000);
    const refused = (outcome: string) => figure("darkages_combat_uses_total", { outcome });
    expect(refused("out_of_range")).toBeGreaterThan(0);
    expect(refused("rate_limited")).toBeGreaterThan(100);
    expect(figure("darkages_combat_uses_total")).toBe(200);
  });

  test("a zone without fighting says nothing of it", () => {
    const plain = new VirtualWorld();
    const server = plain.startServer();
    plain.runFor(500);
    expect(metrics.text(server)).not.toContain("darkages_combat_");
    plain.dispose();
  });
});
