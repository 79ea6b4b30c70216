import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { GameClient, type GameClientOptions } from "../../scripts/client/game-client.ts";
import type { InputSample } from "../../scripts/client/input-sample.ts";
import type { RecordedEvent } from "../../scripts/client/recording/recorded-event.ts";
import type { Recording } from "../../scripts/client/recording/recording.ts";
import { RecordingClient } from "../../scripts/client/recording/recording-client.ts";
import { Replay, ReplayProblem } from "../../scripts/client/recording/replay.ts";
import { ReplayPlayer } from "../../scripts/client/recording/replay-player.ts";
import { createSeededRandom } from "../../scripts/transport/conditioner/seeded-random.ts";
import { MemorySink } from "../fixtures/memory-sink.ts";
import { mustOpen, recordPlay } from "../fixtures/recorded-play.ts";
import { rewriteRecording, withoutZones } from "../fixtures/rewrite-recording.ts";
import { VirtualWorld } from "./virtual-world.ts";

/** Recording takes a second, and much longer on a busy machine. */
const HOOK_TIMEOUT_MS = 120_000;
let bytes: Uint8Array;
let recording: Recording;
beforeAll(() => {
  bytes = recordPlay();
  recording = mustOpen(bytes);
}, HOOK_TIMEOUT_MS);

async function replayAll(of: Recording, makeClient?: (options: GameClientOptions) => GameClient): Promise<Replay> {
  const replay = new Replay(of, makeClient && { makeClient });
  await replay.run();
  return replay;
}

function findEvent(of: Recording, isIt: (event: RecordedEvent) => boolean): number {
  const reader = of.read();
  for (let event = reader.next(); event !== undefined; event = reader.next()) if (isIt(event)) return reader.number;
  throw new Error("there is no such event");
}

describe("a recorded session with loss, another protocol for a while, a lost server, and a clock that was set back", () => {
  it("replays with every packet and every state as it was", async () => {
    const replay = await replayAll(recording);
    expect(replay.firstDifference).toBeUndefined();
    expect(replay.frames).toBe(recording.frames);
    expect(replay.packetsCompared).toBeGreaterThan(500);
    expect(replay.statesCompared).toBeGreaterThan(20);
    // All of that did happen in it.
    expect(replay.client.telemetry).toMatchObject({ connectionsLost: expect.any(Number), clockBackwards: 1 });
    expect(replay.client.telemetry.connectionsLost).toBeGreaterThan(0);
    const kinds = new Set<string>();
    const codecs = new Set<number | undefined>();
    const reader = recording.read();
    for (let event = reader.next(); event !== undefined; event = reader.next()) {
      kinds.add(event.kind);
      if (event.kind === "sent") codecs.add(event.bytes[0] === 0x44 ? 2 : 1);
    }
    expect(codecs).toEqual(new Set([1, 2]));
    for (const kind of ["connect", "disconnect", "dispose", "closed", "random", "statistics", "zoneAsked", "end"]) {
      expect(kinds, kind).toContain(kind);
    }
  });

  it("is the same recording when it is recorded once more", () => {
    expect(Buffer.compare(recordPlay(), bytes)).toBe(0);
  });

  it("replays the same also when it is recorded while it replays", async () => {
    const sink = new MemorySink();
    const { runtime, recordedAtMs } = recording.start;
    const again = await replayAll(
      recording,
      (options) => new RecordingClient(options, { sink, runtime, recordedAtMs, log: () => {} }),
    );
    expect(again.firstDifference).toBeUndefined();
    expect(Buffer.compare(sink.bytes, bytes)).toBe(0);
  });
});

describe("what is not as it was is found where it begins", () => {
  /** A client that reads the input of some frames otherwise: from one up to below another. */
  function stumbling(from: number, to: number, change: (input: InputSample) => void) {
    return (options: GameClientOptions): GameClient => {
      let frame = 0;
      return new (class extends GameClient {
        override update(nowMs: number, input: InputSample): void {
          const own = { ...input };
          if (frame >= from && frame < to) change(own);
          frame += 1;
          super.update(nowMs, own);
        }
      })(options);
    };
  }

  it("an input that is read otherwise shows in the next packet of inputs", async () => {
    const replay = await replayAll(
      recording,
      stumbling(300, 301, (input) => {
        input.yawRadians += 0.01;
      }),
    );
    const first = replay.firstDifference;
    expect(first).toMatchObject({ what: "packet", expected: expect.stringContaining("InputDelta") });
    expect(first?.frame).toBeGreaterThanOrEqual(300);
    expect(first?.frame).toBeLessThanOrEqual(302);
    expect(first?.expected).not.toBe(first?.got);
  });

  it("a view that is off by less than the wire can tell shows in the next state, which names the part", async () => {
    const replay = await replayAll(
      recording,
      stumbling(200, 2_000, (input) => {
        input.pitchRadians += 1e-9;
      }),
    );
    const first = replay.firstDifference;
    expect(first).toMatchObject({ what: "state: own" });
    expect(first?.frame).toBeGreaterThanOrEqual(200);
    expect(first?.frame).toBeLessThan(200 + 61);
  });

  it("another random number shows in the time of the next attempt to connect", async () => {
    const random = findEvent(recording, (event) => event.kind === "random");
    const changed = rewriteRecording(bytes, (event) => (event.kind === "random" ? { ...event, value: 0.99 } : event));
    const replay = await replayAll(mustOpen(changed));
    expect(replay.firstDifference?.event).toBeGreaterThan(random);
  });

  it("one bit of a received packet shows within the second, and not before", async () => {
    const reader = recording.read();
    let target = -1;
    for (let event = reader.next(); event !== undefined; event = reader.next()) {
      if (event.kind === "received" && event.bytes.length > 55 && reader.number > 900) {
        target = reader.number;
        break;
      }
    }
    const changed = rewriteRecording(bytes, (event, number) => {
      if (number !== target || event.kind !== "received") return event;
      const damaged = event.bytes.slice();
      damaged[30] = (damaged[30] ?? 0) ^ 1;
      return { ...event, bytes: damaged };
    });
    const first = (await replayAll(mustOpen(changed))).firstDifference;
    expect(first?.event).toBeGreaterThan(target);
    expect(first?.event).toBeLessThan(target + 150);
  });

  it("one bit of a sent packet is named with its byte, and what both packets say", async () => {
    const target = findEvent(recording, (event) => event.kind === "sent" && event.bytes.length === 40);
    const changed = rewriteRecording(bytes, (event, number) => {
      if (number !== target || event.kind !== "sent") return event;
      const damaged = event.bytes.slice();
      damaged[14] = (damaged[14] ?? 0) ^ 0x80;
      return { ...event, bytes: damaged };
    });
    const replay = await replayAll(mustOpen(changed));
    expect(replay.differences).toBe(1);
    expect(replay.firstDifference).toMatchObject({ event: target, what: "packet" });
    expect(replay.firstDifference?.expected).toMatch(/^byte 14 is .*Ping/u);
    expect(replay.firstDifference?.got).toMatch(/^byte 14 is .*Ping/u);
  });

  it.each([
    ["sent", "packet"],
    ["dialled", "call"],
  ] as const)(
    "a %s that the client does and the recording does not have, and the other way round",
    async (kind, what) => {
      const target = findEvent(recording, (event) => event.kind === kind);
      const without = rewriteRecording(bytes, (event, number) => (number === target ? undefined : event));
      const unrecorded = (await replayAll(mustOpen(without))).firstDifference;
      expect(unrecorded).toMatchObject({ event: target, what });
      const twice = rewriteRecording(bytes, (event, number) => (number === target ? [event, event] : event));
      const missing = (await replayAll(mustOpen(twice))).firstDifference;
      expect(missing?.event).toBe(target + 1);
    },
  );
});

describe("a recording that somebody has changed", () => {
  it("with events left out and doubled ends in an answer, and never in a crash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), async (seed) => {
        const random = createSeededRandom(seed);
        let zoneIsWhole = true;
        const changed = rewriteRecording(bytes, (event, number) => {
          if (number === 0 || random() > 0.01) return event;
          if (event.kind === "zonePart") zoneIsWhole = false;
          return random() < 0.5 ? undefined : [event, event];
        });
        if (!zoneIsWhole) {
          // Whoever has the zone's file goes on with it; whoever has not is told so.
          const problem = await replayAll(mustOpen(changed)).catch((error: unknown) => error);
          if (!(problem instanceof Replay)) expect(problem).toBeInstanceOf(ReplayProblem);
        }
        const replay = new Replay(mustOpen(changed), { findZone: (_name, hash) => recording.zones.get(hash) });
        await replay.run();
        expect(replay.differences).toBeGreaterThan(0);
        expect(replay.firstDifference).toMatchObject({ expected: expect.any(String), got: expect.any(String) });
      }),
      { numRuns: 15 },
    );
  });
});

describe("a zone", () => {
  it("that came later comes at the same frame again", async () => {
    const world = new VirtualWorld({ link: { latencyMs: 20 } });
    world.startServer();
    const sink = new MemorySink();
    let finish: (bytes: Uint8Array) => void = () => {};
    const zone = recording.zones.values().next().value ?? new Uint8Array();
    const player = world.addPlayer("Ada", {
      zoneBytes: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
      makeClient: (options) =>
        new RecordingClient(options, { sink, recordedAtMs: 0, runtime: "a test", log: () => {} }),
    });
    world.runUntil("the zone is asked for", () => player.client.connection.state.kind === "loading");
    world.runFor(700);
    finish(zone);
    await new Promise((resolve) => setImmediate(resolve));
    world.runUntil("she plays", () => player.client.own.present);
    player.input.moveX = 1;
    world.runFor(2000);
    world.dispose();
    const replay = await replayAll(mustOpen(sink.bytes));
    expect(replay.firstDifference).toBeUndefined();
    expect(replay.client.telemetry.ticks).toBeGreaterThan(100);
  });

  it("that is not in the recording is looked for by its hash, and missed with a sentence that says what to do", async () => {
    const bare = mustOpen(withoutZones(bytes));
    const [hash, file] = recording.zones.entries().next().value ?? ["", new Uint8Array()];
    const asked: string[] = [];
    const findZone = (name: string, wanted: string) => {
      asked.push(`${name} ${wanted}`);
      return file;
    };
    const replay = new Replay(bare, { findZone });
    await replay.run();
    expect(replay.firstDifference).toBeUndefined();
    expect(asked[0]).toBe(`test ${hash}`);
    const lost = new Replay(bare);
    await expect(lost.run()).rejects.toThrow(ReplayProblem);
    await expect(new Replay(bare).run()).rejects.toThrow(
      /expected the file of zone "test" .* hash [0-9a-f]{16}.*--zone FILE/u,
    );
  });
});

describe("a player of recordings", () => {
  it("goes on at its speed, stops, goes frame by frame, and back to the same state", () => {
    const player = new ReplayPlayer(recording, {});
    const always = () => true;
    player.advance(10, always);
    const { x, z } = player.replay.client.own;
    const { frames, seconds } = player.replay;
    expect(seconds).toBeCloseTo(10, 1);
    player.paused = true;
    expect(player.advance(5, always)).toBe(0);
    player.stepFrame();
    player.advance(0, always);
    expect(player.replay.frames).toBe(frames + 1);
    player.paused = false;
    player.changeSpeed(-1);
    player.advance(2, always);
    expect(player.replay.seconds).toBeCloseTo(11, 1);
    player.seekTo(seconds);
    expect(player.seeking).toBe(true);
    player.advance(0, always);
    expect(player.seeking).toBe(false);
    expect(player.replay.frames).toBe(frames);
    expect(player.replay.client.own).toMatchObject({ x, z });
    player.seekBy(1e6);
    player.advance(0, always);
    expect(player.replay.frames).toBe(recording.frames);
    expect(player.replay.firstDifference).toBeUndefined();
  });

  it("goes on its way to another time only while there is time", () => {
    const player = new ReplayPlayer(recording, {});
    player.seekTo(20);
    let left = 100;
    player.advance(0, () => left-- > 0);
    expect(player.replay.frames).toBe(100);
    expect(player.seeking).toBe(true);
  });
});
