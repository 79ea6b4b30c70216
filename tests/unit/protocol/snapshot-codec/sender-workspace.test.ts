import { expect, it } from "vitest";
import { EntityHistory } from "../../../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SenderWorkspace } from "../../../../scripts/protocol/snapshot-codec/sender-workspace.ts";
import { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";

const OUT = new Uint8Array(1_200);

function worldOfOne(): EntityHistory {
  const history = new EntityHistory(4);
  history.advance(3);
  history.write(0, 7, 1024, 2048, 4096, 100);
  return history;
}

it("senders that share a workspace write what they would write with one of their own", () => {
  const packets = (history: EntityHistory, workspace?: SenderWorkspace) =>
    [1, 2].map(() => {
      const sender = new SnapshotSender(history, workspace && { workspace });
      sender.begin(1_000);
      sender.see(0, 1);
      return [...OUT.slice(0, sender.writePacket(1, OUT, 0))];
    });
  const history = worldOfOne();
  expect(packets(history, new SenderWorkspace(history))).toEqual(packets(history));
});

it("whoever goes on with a snapshot after another sender has begun its own is told so", () => {
  const history = worldOfOne();
  const workspace = new SenderWorkspace(history);
  const [first, second] = [new SnapshotSender(history, { workspace }), new SnapshotSender(history, { workspace })];
  first.begin(1_000);
  second.begin(1_000);
  expect(() => first.writePacket(1, OUT, 0)).toThrow("another sender has begun its snapshot in the same workspace");
  expect(second.writePacket(1, OUT, 0)).toBeGreaterThan(0);
});

it("a workspace of another history is refused", () => {
  const workspace = new SenderWorkspace(worldOfOne());
  expect(() => new SnapshotSender(worldOfOne(), { workspace })).toThrow("a workspace for the sender's own history");
});
