import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FADE_TICKS, RemoteInterpolation } from "../../../scripts/client/remote-interpolation.ts";
import { createSnapshot } from "../../../scripts/protocol/create-messages.ts";
import type { Snapshot } from "../../../scripts/protocol/messages.ts";
import { SnapshotUpdate } from "../../../scripts/protocol/snapshot-codec/snapshot-update.ts";

const OWN = 1;

/** A snapshot with these entities, each standing where its id says. */
function snapshotOf(serverTick: number, ids: number[]): Snapshot {
  const snapshot = createSnapshot();
  snapshot.serverTick = serverTick;
  snapshot.entityCount = ids.length;
  for (const [i, id] of ids.entries()) {
    snapshot.entityId[i] = id;
    snapshot.x[i] = id * 1024;
    snapshot.z[i] = serverTick * 64;
    snapshot.yaw[i] = 49152;
  }
  return snapshot;
}

function idsOf(remotes: RemoteInterpolation): number[] {
  return [...remotes.entityId.subarray(0, remotes.count)].sort((a, b) => a - b);
}

function told(ids: Uint32Array, count: number): number[] {
  return [...ids.subarray(0, count)].sort((a, b) => a - b);
}

describe("RemoteInterpolation", () => {
  it("draws everyone but the player's own character, in metres, radians and metres per second", () => {
    const remotes = new RemoteInterpolation();
    remotes.addSnapshot(snapshotOf(300, [OWN, 5, 7]), OWN);
    remotes.addSnapshot(snapshotOf(303, [OWN, 5, 7]), OWN);
    remotes.draw(301.5);
    expect(idsOf(remotes)).toEqual([5, 7]);
    const index = remotes.indexOf(7);
    expect(remotes.x[index]).toBe(7);
    expect(remotes.z[index]).toBeCloseTo((301.5 * 64) / 1024, 9);
    expect(remotes.yaw[index]).toBeCloseTo(-Math.PI / 2, 5);
    expect(remotes.speed[index]).toBeCloseTo((64 / 1024) * 60, 5);
    expect(remotes.indexOf(OWN)).toBe(-1);
  });

  it("tells who came and went once, and the drawn time decides when they go", () => {
    const remotes = new RemoteInterpolation();
    remotes.addSnapshot(snapshotOf(300, [5, 7]), OWN);
    remotes.draw(297);
    expect(told(remotes.appeared, remotes.appearedCount)).toEqual([5, 7]);
    remotes.beginFrame();
    remotes.addSnapshot(snapshotOf(303, [7]), OWN);
    remotes.draw(300);
    expect(remotes.appearedCount).toBe(0);
    expect(idsOf(remotes)).toEqual([5, 7]);
    remotes.draw(303 + FADE_TICKS - 1);
    expect(idsOf(remotes)).toEqual([5, 7]);
    expect(remotes.disappearedCount).toBe(0);
    remotes.draw(303 + FADE_TICKS);
    expect(idsOf(remotes)).toEqual([7]);
    expect(told(remotes.disappeared, remotes.disappearedCount)).toEqual([5]);
    remotes.beginFrame();
    expect(remotes.disappearedCount).toBe(0);
  });

  it("keeps who is back before the drawn time has missed it", () => {
    const remotes = new RemoteInterpolation();
    remotes.addSnapshot(snapshotOf(300, [5]), OWN);
    remotes.addSnapshot(snapshotOf(303, []), OWN);
    remotes.addSnapshot(snapshotOf(306, [5]), OWN);
    remotes.beginFrame();
    remotes.draw(306);
    expect(idsOf(remotes)).toEqual([5]);
    expect(remotes.disappearedCount).toBe(0);
  });

  it("knows names that come before or after the entity, and forgets them", () => {
    const remotes = new RemoteInterpolation();
    remotes.addPresence({ joined: [{ entityId: 5, name: "Ada" }], left: [] });
    remotes.addSnapshot(snapshotOf(300, [5, 7]), OWN);
    expect(remotes.name(remotes.indexOf(5))).toBe("Ada");
    expect(remotes.name(remotes.indexOf(7))).toBe("");
    const { revision } = remotes;
    remotes.addPresence({ joined: [{ entityId: 7, name: "Bob" }], left: [5] });
    expect(remotes.revision).not.toBe(revision);
    expect(remotes.name(remotes.indexOf(7))).toBe("Bob");
    expect(remotes.name(remotes.indexOf(5))).toBe("");
    remotes.clear();
    expect(remotes.count).toBe(0);
  });

  it("has the roster, places and order right whoever comes and goes", () => {
    const rosters = fc.array(fc.uniqueArray(fc.integer({ min: 2, max: 12 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rosters, (sequence) => {
        const remotes = new RemoteInterpolation();
        const here = new Set<number>();
        for (const [i, ids] of sequence.entries()) {
          const before = { revision: remotes.revision, order: [...remotes.entityId.subarray(0, remotes.count)] };
          remotes.beginFrame();
          remotes.addSnapshot(snapshotOf(300 + i * 100 - FADE_TICKS, ids), OWN);
          // So far that who went has faded out.
          remotes.draw(300 + i * 100);
          for (const id of remotes.appeared.subarray(0, remotes.appearedCount)) here.add(id);
          for (const id of remotes.disappeared.subarray(0, remotes.disappearedCount)) here.delete(id);
          expect(idsOf(remotes)).toEqual([...ids].sort((a, b) => a - b));
          expect([...here].sort((a, b) => a - b)).toEqual(idsOf(remotes));
          for (const id of ids) expect(remotes.x[remotes.indexOf(id)]).toBe(id);
          if (remotes.revision === before.revision) {
            expect([...remotes.entityId.subarray(0, remotes.count)]).toEqual(before.order);
          }
        }
      }),
    );
  });

  it("counts frames beyond the cap, and those only", () => {
    const remotes = new RemoteInterpolation();
    remotes.addSnapshot(snapshotOf(300, [5]), OWN);
    remotes.addSnapshot(snapshotOf(303, [5]), OWN);
    remotes.draw(303 + 15);
    expect(remotes.underruns).toBe(0);
    remotes.draw(303 + 16);
    expect(remotes.underruns).toBe(1);
  });

  it("fades in who comes and fades out who goes, at one pace, and all the way back who returns in between", () => {
    const remotes = new RemoteInterpolation();
    remotes.addSnapshot(snapshotOf(297, []), OWN);
    remotes.draw(297);
    remotes.addSnapshot(snapshotOf(300, [5]), OWN);
    const alphas: number[] = [];
    const drawTo = (tick: number) => {
      remotes.draw(tick);
      alphas.push(remotes.alpha[remotes.indexOf(5)] ?? -1);
    };
    for (let tick = 298; tick <= 297 + FADE_TICKS; tick += 1) drawTo(tick);
    expect(alphas.at(-1)).toBeCloseTo(1, 5);
    expect(alphas).toEqual(alphas.toSorted((a, b) => a - b));
    remotes.addSnapshot(snapshotOf(312, []), OWN);
    drawTo(312 + 6);
    expect(alphas.at(-1)).toBeCloseTo(1 - 6 / FADE_TICKS, 5);
    remotes.addSnapshot(snapshotOf(318, [5]), OWN);
    drawTo(319);
    expect(alphas.at(-1)).toBeCloseTo(1 - 5 / FADE_TICKS, 5);
    expect(remotes.disappearedCount).toBe(0);
  });

  it("shows those who are here when the world is entered at once", () => {
    const remotes = new RemoteInterpolation();
    remotes.addSnapshot(snapshotOf(300, [5]), OWN);
    remotes.draw(300);
    expect(remotes.alpha[remotes.indexOf(5)]).toBe(1);
  });
});

/** Differences about entities at x in metres, and about those who left. */
function updateOf(tick: number, entities: [id: number, xMeters: number][], left: number[] = []): SnapshotUpdate {
  const update = new SnapshotUpdate(16);
  update.tick = tick;
  update.count = entities.length;
  for (const [i, [id, xMeters]] of entities.entries()) {
    update.entityId[i] = id;
    update.x[i] = xMeters * 1024;
    update.look[i] = 0xff00;
  }
  update.leftCount = left.length;
  update.leftEntityId.set(left);
  return update;
}

describe("RemoteInterpolation by differences", () => {
  it("keeps those of whom nothing is said, and takes away those who are said to have left, when the drawn time gets there", () => {
    const remotes = new RemoteInterpolation();
    remotes.addUpdate(
      updateOf(300, [
        [OWN, 1],
        [5, 50],
        [7, 70],
      ]),
      OWN,
    );
    remotes.addUpdate(updateOf(303, [[5, 50]]), OWN);
    remotes.addUpdate(updateOf(306, [], [7, 99]), OWN);
    remotes.draw(305);
    expect(idsOf(remotes)).toEqual([5, 7]);
    expect(remotes.x[remotes.indexOf(7)]).toBe(70);
    expect(remotes.animation[remotes.indexOf(7)]).toBe(0);
    remotes.draw(306 + FADE_TICKS);
    expect(idsOf(remotes)).toEqual([5]);
  });

  it("is not confused by packets that come late: a state that is old, a farewell before a return", () => {
    const remotes = new RemoteInterpolation();
    remotes.addUpdate(updateOf(306, [[5, 52]]), OWN);
    remotes.addUpdate(updateOf(300, [[5, 40]]), OWN);
    remotes.addUpdate(updateOf(303, [], [5]), OWN);
    remotes.draw(306);
    expect(idsOf(remotes)).toEqual([5]);
    expect(remotes.x[remotes.indexOf(5)]).toBe(52);
  });

  it("draws an entity that is seldom told of without a leap: what was guessed is made good within a second", () => {
    const remotes = new RemoteInterpolation();
    // 6 m/s, then it stops without the client hearing of it for 15 ticks.
    remotes.addUpdate(updateOf(300, [[5, 10]]), OWN);
    remotes.addUpdate(updateOf(303, [[5, 10.3]]), OWN);
    let x = 0;
    let longest = 0;
    const draw = (tick: number) => {
      remotes.draw(tick);
      const next = remotes.x[remotes.indexOf(5)] ?? 0;
      if (x !== 0) longest = Math.max(longest, Math.abs(next - x));
      x = next;
    };
    for (let tick = 300; tick < 315; tick += 1) draw(tick);
    expect(x).toBeGreaterThan(11);
    remotes.addUpdate(updateOf(315, [[5, 10.3]]), OWN);
    for (let tick = 315; tick < 375; tick += 1) draw(tick);
    expect(longest).toBeLessThan(0.25);
    expect(x).toBeCloseTo(10.3, 3);
  });

  it("turns on when it is heard of late, on the shorter way and without a leap", () => {
    const remotes = new RemoteInterpolation();
    const turned = (tick: number, yaw: number) => {
      const update = updateOf(tick, [[5, 10]]);
      update.yaw[0] = yaw;
      remotes.addUpdate(update, OWN);
    };
    turned(300, 65000);
    turned(303, 65000);
    remotes.draw(312);
    const before = remotes.yaw[0] ?? 0;
    turned(312, 1000);
    const yaws = [before];
    for (let tick = 312; tick < 372; tick += 1) {
      remotes.draw(tick);
      yaws.push(remotes.yaw[0] ?? 0);
    }
    expect(yaws).toEqual(yaws.toSorted((a, b) => a - b));
    expect(yaws[1]).toBeCloseTo(before, 3);
    expect(yaws.at(-1)).toBeCloseTo((1000 / 65536) * 2 * Math.PI, 3);
  });
});
