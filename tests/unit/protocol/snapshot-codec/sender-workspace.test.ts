import { expect, it } from "vitest";
import { EntityHistory } from "../../../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SenderWorkspace } from "../../../../scripts/protocol/snapshot-codec/sender-workspace.ts";
import { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { createSeededRandom } from "../../../fixtures/seeded-random.ts";
import { RandomWorld } from "./random-world.ts";

const OUT = new Uint8Array(1_200);

function worldOfOne(): EntityHistory {
  const history = new EntityHistory(4);
  history.advance(3);
  history.write(0, 7, 1024, 2048, 4096, 100);
  return history;
}

it("senders that share a workspace write what they would write with one of their own, however old their baselines are", () => {
  const random = createSeededRandom(7);
  const world = new RandomWorld(random, 40);
  const { history } = world;
  const workspace = new SenderWorkspace(history);
  const pairs = Array.from({ length: 12 }, () => ({
    shared: new SnapshotSender(history, { workspace }),
    own: new SnapshotSender(history),
    delay: 1 + Math.floor(random() * 20),
  }));
  for (let snapshot = 1; snapshot <= 80; snapshot += 1) {
    world.advance();
    for (const { shared, own, delay } of pairs) {
      // Each receiver loses packets of its own, so that the two baselines are of any ages.
      const acked = snapshot - delay;
      const packets = [shared, own].map((sender) => {
        if (acked > 0 && (acked * delay) % 3 !== 0) sender.acknowledge(acked, 0);
        sender.begin(10_000);
        world.see(sender);
        return [...OUT.slice(0, sender.writePacket(snapshot, OUT, 0))];
      });
      expect(packets[0]).toEqual(packets[1]);
    }
  }
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
