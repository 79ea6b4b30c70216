import { afterEach, describe, expect, it } from "vitest";
import type { ActionNews } from "../../scripts/client/actions.ts";
import { Capability } from "../../scripts/protocol/capability.ts";
import { judgeStrike, STRIKE_RANGE_METERS } from "../../scripts/simulation/action/strike.ts";
import { yawFromRadians } from "../../scripts/simulation/trigonometry.ts";
import type { ConditionChanges } from "../../scripts/transport/conditioner/link-conditions.ts";
import { createLinkConditions } from "../../scripts/transport/conditioner/link-conditions.ts";
import { FLAT_HEIGHT_METERS } from "../fixtures/test-zone.ts";
import { FeatureSwitch } from "./feature-switch.ts";
import { type VirtualPlayer, VirtualWorld, type WorldOptions } from "./virtual-world.ts";

const MAX_REWIND_MS = 400;
/** What is judged may be so far from what was drawn, of somebody who runs straight on. */
const JUDGED_OFF_METERS = 0.005;
const FAST = createLinkConditions({ latencyMs: 10 });

let world: VirtualWorld;
let gate: FeatureSwitch;
const news = new Map<VirtualPlayer, ActionNews[]>();
afterEach(() => {
  world.dispose();
  news.clear();
});

function newsOf(player: VirtualPlayer): ActionNews[] {
  const list = news.get(player);
  if (list === undefined) throw new Error(`nobody listens to ${player.name}`);
  return list;
}

function addPlayer(name: string, options: Parameters<VirtualWorld["addPlayer"]>[1] = {}): VirtualPlayer {
  const player = world.addPlayer(name, options);
  const list: ActionNews[] = [];
  news.set(player, list);
  player.onFrame = () => {
    list.push(...player.client.actionNews);
    player.input.strike = false;
  };
  return player;
}

/** Puts a character somewhere on the flat ground. */
function put(player: VirtualPlayer, x: number, z: number): void {
  Object.assign(world.truth(player), { x, y: FLAT_HEIGHT_METERS, z, vx: 0, vy: 0, vz: 0 });
}

/** Ada on the link that is tried, Ben on a good one, 20 m down the way that leads past her. */
function start(link: ConditionChanges = {}, options: WorldOptions = {}): [VirtualPlayer, VirtualPlayer] {
  gate = new FeatureSwitch();
  world = new VirtualWorld({ server: { features: gate }, ...options, link });
  world.startServer();
  const ada = addPlayer("Ada");
  const ben = addPlayer("Ben", { link: FAST });
  world.runUntil("both play", () => ada.client.own.present && ben.client.own.present);
  put(ada, 100, 400);
  put(ben, 101.2, 420);
  world.runFor(3_000);
  return [ada, ben];
}

interface Seen {
  x: number;
  y: number;
  z: number;
  meters: number;
}

/** Where one player draws another. */
function seenBy(viewer: VirtualPlayer, other: VirtualPlayer): Seen {
  const { own, remotes } = viewer.client;
  const index = remotes.indexOf(other.client.own.entityId);
  const [x, y, z] = [remotes.x[index] ?? Number.NaN, remotes.y[index] ?? Number.NaN, remotes.z[index] ?? Number.NaN];
  return { x, y, z, meters: Math.hypot(x - own.x, y - own.y, z - own.z) };
}

/** Looks at where the other one is drawn. */
function faceWhatIsSeen(viewer: VirtualPlayer, other: VirtualPlayer): void {
  const { x, z } = seenBy(viewer, other);
  viewer.input.yawRadians = Math.atan2(viewer.client.own.x - x, viewer.client.own.z - z);
}

/** What the server knows at the end of the turn in which it decides. */
function truthAtDecision(ada: VirtualPlayer, ben: VirtualPlayer): { verdict: () => string; meters: () => number } {
  let verdict = "undecided";
  let meters = Number.NaN;
  const decided = () => (world.server?.counters.actionsHit ?? 0) + (world.server?.counters.actionsMissed ?? 0);
  const before = decided();
  world.onServerTurn = () => {
    if (verdict !== "undecided" || decided() === before) return;
    const [a, b] = [world.truth(ada), world.truth(ben)];
    verdict = judgeStrike(a, yawFromRadians(ada.input.yawRadians), b);
    meters = Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
  };
  return { verdict: () => verdict, meters: () => meters };
}

/** Ben sprints past Ada, who strikes when she sees him at the end of her reach, on his way out of it. */
function strikeTheRunner(
  ada: VirtualPlayer,
  ben: VirtualPlayer,
  atMeters = 2.3,
): { verdict: string; meters: number; drawnMeters: number } {
  Object.assign(ben.input, { moveZ: -1, sprint: true, yawRadians: 0 });
  const truth = truthAtDecision(ada, ben);
  let drawnMeters = Number.NaN;
  ada.beforeFrame = () => {
    faceWhatIsSeen(ada, ben);
    const { meters, z } = seenBy(ada, ben);
    if (!Number.isNaN(drawnMeters) || z > ada.client.own.z || meters < atMeters) return;
    drawnMeters = meters;
    ada.input.strike = true;
  };
  world.runUntil("the strike is answered", () => newsOf(ada).some(({ kind }) => kind === "ended"));
  world.runFor(500);
  return { verdict: truth.verdict(), meters: truth.meters(), drawnMeters };
}

function ended(player: VirtualPlayer) {
  return newsOf(player).filter((item) => item.kind === "ended");
}

function outcomes(player: VirtualPlayer): string[] {
  return ended(player).map(({ outcome }) => outcome);
}

function seen(player: VirtualPlayer) {
  return newsOf(player).filter((item) => item.kind === "seen");
}

describe("a strike at a runner", () => {
  it("hits what the attacker sees at 150 ms round trip, though on the server the target is metres further", () => {
    const [ada, ben] = start({ latencyMs: 75 });
    const truth = strikeTheRunner(ada, ben);
    expect(outcomes(ada)).toEqual(["hit"]);
    // Without compensation it would have missed, by far.
    expect(truth.verdict).toBe("out_of_range");
    expect(truth.meters).toBeGreaterThan(STRIKE_RANGE_METERS + 1);
    const [result] = ended(ada);
    expect(result?.favouredTarget).toBe(false);
    expect(result?.rewoundMs).toBeGreaterThan(150);
    expect(result?.rewoundMs).toBeLessThan(MAX_REWIND_MS);
    expect(Math.abs((result?.distanceMeters ?? 0) - truth.drawnMeters)).toBeLessThan(JUDGED_OFF_METERS);
  });

  it("begins in the frame of the key, and is answered once, a round trip later", () => {
    const [ada, ben] = start({ latencyMs: 75 });
    strikeTheRunner(ada, ben);
    expect(newsOf(ada).map(({ kind }) => kind)).toEqual(["began", "ended"]);
    expect(ended(ada)[0]?.roundTripMs).toBeGreaterThan(150);
    expect(ended(ada)[0]?.roundTripMs).toBeLessThan(260);
  });

  it("tells the target by whom it was struck and how old the attacker's picture was, and those who look on", () => {
    const [ada, ben] = start({ latencyMs: 75 });
    const cleo = addPlayer("Cleo", { link: FAST });
    world.runUntil("Cleo plays", () => cleo.client.own.present);
    put(cleo, 110, 395);
    world.runFor(1_000);
    strikeTheRunner(ada, ben);
    const event = {
      kind: "seen",
      outcome: "hit",
      attackerEntityId: ada.client.own.entityId,
      targetEntityId: ben.client.own.entityId,
      rewoundMs: ended(ada)[0]?.rewoundMs,
      favouredTarget: false,
    };
    expect(seen(ben)).toEqual([event]);
    expect(seen(cleo)).toEqual([event]);
    expect(seen(ada)).toEqual([]);
  });

  it.each([
    [
      "reference",
      { latencyMs: 75, jitterMs: 30, lossRate: 0.05, meanBurst: 3, reorderRate: 0.01, duplicateRate: 0.01 },
    ],
    ["a lot of loss", { latencyMs: 40, lossRate: 0.3, meanBurst: 1.5, duplicateRate: 0.2, reorderRate: 0.2 }],
    ["a good line", { latencyMs: 15, jitterMs: 4 }],
  ] as const)("is judged by what was seen on a link: %s", (_, link) => {
    const [ada, ben] = start(link, { seed: 5 });
    const { drawnMeters } = strikeTheRunner(ada, ben, 2.0);
    const [result] = ended(ada);
    expect(outcomes(ada)).toEqual(["hit"]);
    expect(Math.abs((result?.distanceMeters ?? 0) - drawnMeters)).toBeLessThan(JUDGED_OFF_METERS);
    expect(result?.rewoundMs).toBeLessThanOrEqual(MAX_REWIND_MS);
    expect(world.server?.counters.viewsImplausible).toBe(0);
  });

  it("in the old codec, too", () => {
    const [ada, ben] = start({ latencyMs: 20 });
    gate.allow((feature) => feature !== Capability.sequenced);
    // Snapshots come 5 times a second there, so what is seen is older than may be looked back.
    put(ben, 101, 399);
    world.runFor(1_500);
    faceWhatIsSeen(ada, ben);
    ada.input.strike = true;
    world.runFor(600);
    expect(outcomes(ada)).toEqual(["hit"]);
    expect(seen(ben)).toHaveLength(1);
  });
});

describe("the limit of 400 ms", () => {
  it("favours the target at 1 s of latency: it is judged where it was 400 ms ago, and both are told", () => {
    const [ada, ben] = start({ latencyMs: 500 });
    strikeTheRunner(ada, ben);
    const [result] = ended(ada);
    expect(result).toMatchObject({ outcome: "out_of_range", favouredTarget: true, rewoundMs: MAX_REWIND_MS });
    // Ben runs 7.5 m in a second: more than half of his way since then counts for him.
    expect(result?.distanceMeters).toBeGreaterThan(STRIKE_RANGE_METERS + 1);
    expect(seen(ben)).toMatchObject([{ outcome: "out_of_range", favouredTarget: true }]);
    expect(world.server?.counters.targetsFavoured).toBe(1);
  });

  it("does not keep from hitting who stands still", () => {
    const [ada, ben] = start({ latencyMs: 500 });
    put(ben, 101, 399);
    world.runFor(3_000);
    faceWhatIsSeen(ada, ben);
    ada.input.strike = true;
    world.runFor(2_500);
    expect(ended(ada)).toMatchObject([{ outcome: "hit", favouredTarget: true }]);
  });
});

describe("refusals", () => {
  function nextToBen(link: ConditionChanges = { latencyMs: 40 }): [VirtualPlayer, VirtualPlayer] {
    const players = start(link);
    put(players[1], 101, 399);
    world.runFor(2_000);
    faceWhatIsSeen(...players);
    return players;
  }

  it("out of arc, when the target is behind", () => {
    const [ada] = nextToBen();
    ada.input.yawRadians += Math.PI;
    world.runFor(100);
    ada.input.strike = true;
    world.runFor(500);
    expect(outcomes(ada)).toEqual(["out_of_arc"]);
  });

  it("nobody near: done, seen by others, and nobody struck", () => {
    const [ada, ben] = start({ latencyMs: 40 });
    ada.input.strike = true;
    world.runFor(500);
    expect(ended(ada)).toMatchObject([{ outcome: "no_target", rewoundMs: 0, distanceMeters: 0 }]);
    expect(seen(ben)).toMatchObject([{ outcome: "no_target", targetEntityId: 0 }]);
  });

  it("cooldown: a key held down strikes every 0.8 s, and the server is not even asked in between", () => {
    const [ada] = nextToBen();
    for (let i = 0; i < 100; i += 1) {
      ada.input.strike = true;
      world.runFor(40);
    }
    world.runFor(500);
    // 4 s of it: at 0, 0.8, 1.6, 2.4, 3.2 s.
    expect(outcomes(ada).filter((outcome) => outcome === "hit")).toHaveLength(5);
    expect(outcomes(ada).every((outcome) => outcome === "hit" || outcome === "cooldown")).toBe(true);
    expect(world.server?.counters).toMatchObject({ actionsHit: 5, actionsRefused: 0, actionsRateLimited: 0 });
  });

  it("switched off while it plays: refused by the server, then not asked for any more; and on again", () => {
    const [ada, ben] = nextToBen({ latencyMs: 100 });
    gate.allow((feature) => feature !== Capability.action);
    ada.input.strike = true;
    world.runFor(1_000);
    ada.input.strike = true;
    world.runFor(1_000);
    expect(outcomes(ada)).toEqual(["switched_off", "switched_off"]);
    expect(world.server?.counters.actionsRefused).toBe(1);
    expect(seen(ben)).toEqual([]);
    gate.allow(() => true);
    world.runFor(1_000);
    ada.input.strike = true;
    world.runFor(1_000);
    expect(outcomes(ada).at(-1)).toBe("hit");
    expect(ada.client.telemetry.connectionsLost).toBe(0);
  });

  it.each([true, false])("the target is gone (with a goodbye: %s): done, and told so", (politely) => {
    const [ada, ben] = nextToBen({ latencyMs: 100 });
    ada.beforeFrame = () => {};
    if (politely) ben.client.disconnect();
    else ben.link.dispose();
    // For Ada, who learns it later, Ben is still there.
    world.runFor(30);
    ada.input.strike = true;
    world.runFor(1_000);
    expect(outcomes(ada)).toHaveLength(1);
    expect(["target_gone", "hit"]).toContain(outcomes(ada)[0]);
    if (politely) expect(outcomes(ada)[0]).toBe("target_gone");
  });
});
