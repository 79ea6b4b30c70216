import { describe, expect, it } from "vitest";
import type { CombatIntent } from "../../../../scripts/client/combat/combat-intent.ts";
import { GameClient } from "../../../../scripts/client/game-client.ts";
import { createInputSample } from "../../../../scripts/client/input-sample.ts";
import { RecordingClient } from "../../../../scripts/client/recording/recording-client.ts";
import { idleClientOptions } from "../../../fixtures/idle-client.ts";
import { MemorySink } from "../../../fixtures/memory-sink.ts";
import { mustOpen } from "../../../fixtures/recorded-play.ts";

/** What can be done to a client, and is therefore recorded. */
const RECORDED = ["act", "connect", "disconnect", "dispose", "update"];
/** What says something and changes nothing. */
const READ = ["actionNews", "combat", "connection", "own", "remotes", "zone"];

describe("RecordingClient", () => {
  it("knows all that can be done to a client: what is new here must be recorded, or a replay goes without it", () => {
    const members = Object.getOwnPropertyNames(GameClient.prototype).filter((name) => name !== "constructor");
    expect(members.sort()).toEqual([...RECORDED, ...READ].sort());
  });

  it("records each call of the owner once, also when one calls another", () => {
    const sink = new MemorySink();
    const recorder = { sink, recordedAtMs: 0, runtime: "test", log: () => {} };
    const client = new RecordingClient(idleClientOptions(), recorder);
    const input = createInputSample();
    client.connect({ address: "nowhere", name: "Ada" });
    client.update(0, input);
    client.update(16, { ...input, yawRadians: -0 });
    client.disconnect();
    client.update(32, input);
    client.dispose();
    client.dispose();
    client.update(48, input);
    expect(sink.closed).toBe(true);
    const reader = mustOpen(sink.bytes).read();
    const calls: string[] = [];
    for (let event = reader.next(); event !== undefined; event = reader.next()) {
      if (["connect", "disconnect", "dispose", "frame", "end"].includes(event.kind)) calls.push(event.kind);
    }
    expect(calls).toEqual(["connect", "frame", "frame", "disconnect", "frame", "dispose", "end"]);
  });

  it("records what the player wants of a fight, each kind as it was said", () => {
    const intents: readonly CombatIntent[] = [
      { kind: "use", slot: 3 },
      { kind: "cycle", to: "previous" },
      { kind: "target", entityId: 7 },
      { kind: "cancel" },
      { kind: "respawn", point: 0 },
      { kind: "invite", entityId: 9 },
      { kind: "accept" },
      { kind: "decline" },
      { kind: "leave" },
      { kind: "kick", entityId: 9 },
    ];
    const sink = new MemorySink();
    const client = new RecordingClient(idleClientOptions(), { sink, recordedAtMs: 0, runtime: "test", log: () => {} });
    for (const intent of intents) client.act(intent);
    client.dispose();
    const reader = mustOpen(sink.bytes).read();
    const read: CombatIntent[] = [];
    for (let event = reader.next(); event !== undefined; event = reader.next()) {
      if (event.kind === "intent") read.push(event.intent);
    }
    expect(read).toEqual(intents);
  });
});
