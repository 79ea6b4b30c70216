import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInput, createOwnState, createSnapshot } from "../../../../scripts/protocol/create-messages.ts";
import { describeMessage } from "../../../../scripts/protocol/message-log/describe-message.ts";
import { AnimationState, Button, MessageType } from "../../../../scripts/protocol/messages.ts";
import * as arbitrary from "../arbitrary-messages.ts";

/** Clears the screen, turns the text red, begins a line of its own, and runs backwards. */
const HOSTILE = '\x1b[2J\x1b]0;owned\x07\u009b31m\r\n16:00:00.000 -> Ada Bye: left "\u202e';
const LONG = "漢".repeat(40_000);

const OWN = { ...createOwnState(), x: 1024, y: -512, z: 2560, vx: 256, vy: -128, yaw: 16_384, airTicks: 7 };
const REPORT = { serverTick: 900, ackInputTick: 880, inputBufferTicks: 2, own: OWN };
const SELF =
  "tick 900, has command 880 and 2 waiting, self at 1.00 -0.50 2.50 m going 1.00 -0.50 0.00 m/s yaw 90.0° 7 ticks in the air";

function input() {
  const message = createInput();
  message.ackServerTick = 70;
  message.commandCount = 2;
  message.commands[0] = { tick: 41, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };
  message.commands[1] = {
    tick: 42,
    moveX: 127,
    moveZ: -127,
    yaw: 32_768,
    pitch: -16_384,
    buttons: Button.jump | Button.sprint,
  };
  return message;
}
const INPUT =
  "has tick 70, commands 42: move 1.00 -1.00 yaw 180.0° pitch -90.0° jump+sprint, 41: move 0.00 0.00 yaw 0.0° pitch 0.0° no buttons";

describe("describeMessage", () => {
  it("describes a Hello, its platform only if it says one", () => {
    const hello = {
      protocolMajor: 1,
      protocolMinor: 2,
      playerName: "Ada",
      clientBuild: "darkages/0.1.0",
      capabilities: ["a_v1", "b_v2"],
    };
    expect(describeMessage(MessageType.hello, { ...hello, platform: "linux" })).toBe(
      '"Ada" speaks 1.2, build "darkages/0.1.0" on linux, can a_v1, b_v2',
    );
    expect(describeMessage(MessageType.hello, { ...hello, capabilities: [] })).toBe(
      '"Ada" speaks 1.2, build "darkages/0.1.0", can nothing by name',
    );
  });

  it("describes a HelloAck", () => {
    const ack = {
      protocolMajor: 1,
      protocolMinor: 2,
      sessionEpoch: 5,
      entityId: 9,
      zone: "shore",
      worldHash: "0123456789abcdef",
      serverTick: 77,
      tickRateHz: 60,
      snapshotRateHz: 20,
      inputRateHz: 30,
      capabilities: ["snapshot_delta_v1"],
    };
    expect(describeMessage(MessageType.helloAck, ack)).toBe(
      "welcome to shore as entity 9, protocol 1.2, epoch 5, tick 77, world 0123456789abcdef, ticks 60 Hz, snapshots 20 Hz, " +
        "inputs 30 Hz, in use snapshot_delta_v1",
    );
  });

  it("describes a Reject and a Bye", () => {
    const reject = { reasonCode: "server_full", traceId: "00ff00ff00ff00ff", detail: "100 of 100" } as const;
    expect(describeMessage(MessageType.reject, reject)).toBe('server_full: "100 of 100" trace 00ff00ff00ff00ff');
    expect(describeMessage(MessageType.bye, { reasonCode: "left" })).toBe("left");
  });

  it("describes an Input in either form, the newest command first, angles in degrees", () => {
    expect(describeMessage(MessageType.input, input())).toBe(INPUT);
    expect(describeMessage(MessageType.inputDelta, input())).toBe(INPUT);
    expect(describeMessage(MessageType.input, { ...createInput(), keyframeNeeded: true })).toBe(
      "has tick 0, needs a keyframe, commands none",
    );
  });

  it("shows a button that it does not know by its bit", () => {
    const message = input();
    message.commands[1] = { tick: 42, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: Button.jump | 0x40 };
    expect(describeMessage(MessageType.input, message)).toContain("jump+0x40");
  });

  it("describes a Snapshot in metres, with the first few others", () => {
    const snapshot = { ...createSnapshot(), ...REPORT };
    expect(describeMessage(MessageType.snapshot, snapshot)).toBe(`${SELF}; 0 others`);
    snapshot.entityCount = 6;
    snapshot.entityId.set([11, 12, 13, 14, 15, 16]);
    snapshot.x.fill(2048);
    snapshot.yaw.fill(8192);
    snapshot.animation.set([AnimationState.run, 200]);
    expect(describeMessage(MessageType.snapshot, snapshot)).toBe(
      `${SELF}; 6 others: 11 at 2.00 0.00 0.00 m yaw 45.0° run, 12 at 2.00 0.00 0.00 m yaw 45.0° animation 200, ` +
        "13 at 2.00 0.00 0.00 m yaw 45.0° idle, 14 at 2.00 0.00 0.00 m yaw 45.0° idle and 2 more",
    );
  });

  it("describes a SnapshotDelta", () => {
    const own = { ...OWN, grounded: true };
    const delta = { ...REPORT, own, entities: new Uint8Array(321) };
    const expected = `${SELF.replace("7 ticks in the air", "on the ground")}; others in 321 B of differences`;
    expect(describeMessage(MessageType.snapshotDelta, delta)).toBe(expected);
  });

  it("describes a Ping and a Pong", () => {
    expect(describeMessage(MessageType.ping, { sentAtMs: 12 })).toBe("sent at 12 ms");
    expect(describeMessage(MessageType.pong, { sentAtMs: 12, serverTick: 34 })).toBe("of 12 ms, tick 34");
  });

  it("describes a Presence, the first few names", () => {
    const joined = [1, 2, 3, 4, 5, 6].map((entityId) => ({ entityId, name: `P${entityId}` }));
    expect(describeMessage(MessageType.presence, { joined, left: [7] })).toBe(
      'joined 1 "P1", 2 "P2", 3 "P3", 4 "P4" and 2 more; left 7',
    );
    expect(describeMessage(MessageType.presence, { joined: [], left: [] })).toBe("joined none; left none");
  });

  it("describes an Action, its ActionResult and an ActionEvent", () => {
    const action = { actionId: 3, kind: "strike", tick: 7_205, viewTick: 7_188, viewFraction: 64 } as const;
    expect(describeMessage(MessageType.action, { ...action, targetEntityId: 43 })).toBe(
      "3: strike at 43 in command 7205, saw tick 7188.25",
    );
    expect(describeMessage(MessageType.action, { ...action, targetEntityId: 0 })).toContain("strike at nobody");
    const judged = { serverTick: 7_207, targetEntityId: 43, rewoundMs: 400, favouredTarget: true } as const;
    const result = { ...judged, actionId: 3, outcome: "out_of_range", distance: 2_560, cooldownTicks: 48 } as const;
    expect(describeMessage(MessageType.actionResult, result)).toBe(
      "3: out_of_range at 43 in tick 7207, 2.50 m, rewound 400 ms, in favour of the target, next in 48 ticks",
    );
    const event = { ...judged, kind: "strike", attackerEntityId: 42, outcome: "hit", favouredTarget: false } as const;
    expect(describeMessage(MessageType.actionEvent, event)).toBe("42: strike at 43 in tick 7207: hit, rewound 400 ms");
  });

  it("describes Features and a FeatureProblem", () => {
    expect(describeMessage(MessageType.features, { capabilities: ["protocol_v1"] })).toBe("in use protocol_v1");
    const problem = { capability: "snapshot_delta_v1", detail: "expected 3, got 4" };
    expect(describeMessage(MessageType.featureProblem, problem)).toBe('snapshot_delta_v1: "expected 3, got 4"');
  });

  it.each([HOSTILE, LONG])("lets no text of a peer out of its place: %#", (text) => {
    const lines = [
      describeMessage(MessageType.hello, {
        protocolMajor: 1,
        protocolMinor: 2,
        playerName: text,
        clientBuild: text,
        platform: text,
        capabilities: new Array(32).fill(text),
      }),
      describeMessage(MessageType.reject, { reasonCode: "internal", traceId: text, detail: text }),
      describeMessage(MessageType.presence, { joined: new Array(256).fill({ entityId: 1, name: text }), left: [] }),
      describeMessage(MessageType.features, { capabilities: new Array(32).fill(text) }),
      describeMessage(MessageType.featureProblem, { capability: text, detail: text }),
    ];
    for (const line of lines) expectReadable(line);
  });

  it("keeps every message that the wire can carry to one short line", () => {
    const messages = fc.oneof(
      arbitrary.hellos.map((message) => describeMessage(MessageType.hello, message)),
      arbitrary.helloAcks.map((message) => describeMessage(MessageType.helloAck, message)),
      arbitrary.rejects.map((message) => describeMessage(MessageType.reject, message)),
      arbitrary.inputs.map((message) => describeMessage(MessageType.input, message)),
      arbitrary.snapshots.map((message) => describeMessage(MessageType.snapshot, message)),
      arbitrary.snapshotDeltas.map((message) => describeMessage(MessageType.snapshotDelta, message)),
      arbitrary.presences.map((message) => describeMessage(MessageType.presence, message)),
    );
    fc.assert(fc.property(messages, expectReadable), { numRuns: 200 });
  });
});

function expectReadable(line: string): void {
  expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  expect(line.length).toBeGreaterThan(0);
  expect(line.length).toBeLessThanOrEqual(480);
}
