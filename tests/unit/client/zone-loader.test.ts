import { describe, expect, it } from "vitest";
import { ZoneLoader } from "../../../scripts/client/zone-loader.ts";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createTestZone } from "../../fixtures/test-zone.ts";

const BYTES = encodeZone(createTestZone());
const decoded = decodeZone(BYTES);
if (!decoded.ok) throw new Error(decoded.reason);
const HASH = decoded.zone.worldHash;

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
}

describe("ZoneLoader", () => {
  it("is ready at once with bytes that are there", () => {
    const loader = new ZoneLoader(() => BYTES);
    loader.start("test", HASH);
    expect(loader.outcome.kind).toBe("ready");
  });

  it("takes what its decoder makes of the bytes, if it is the right world", () => {
    const loader = new ZoneLoader(
      () => new Uint8Array(0),
      () => decoded,
    );
    loader.start("test", HASH);
    expect(loader.outcome).toEqual({ kind: "ready", zone: decoded.zone });
    loader.start("test", "0000000000000000");
    expect(loader.outcome.kind).toBe("wrong_world");
  });

  it("does not take what an earlier start brings late", async () => {
    const waiting: ((bytes: Uint8Array) => void)[] = [];
    const loader = new ZoneLoader(() => new Promise((resolve) => waiting.push(resolve)));
    loader.start("test", "0000000000000000");
    loader.start("test", HASH);
    waiting[0]?.(new Uint8Array(8));
    await settle();
    expect(loader.outcome.kind).toBe("loading");
    waiting[1]?.(BYTES);
    await settle();
    expect(loader.outcome.kind).toBe("ready");
  });

  it("keeps the last zone, and reads again when the world is another one", () => {
    let reads = 0;
    const loader = new ZoneLoader(() => {
      reads += 1;
      return BYTES;
    });
    loader.start("test", HASH);
    loader.start("test", HASH);
    expect(reads).toBe(1);
    loader.start("test", "0123456789abcdef");
    expect(reads).toBe(2);
    expect(loader.outcome).toEqual({
      kind: "wrong_world",
      detail: `expected zone "test" with world 0123456789abcdef, here is "test" with ${HASH}`,
    });
  });

  it("says why there is nothing, whether it is thrown or comes later", async () => {
    const thrown = new ZoneLoader(() => {
      throw new Error("disk on fire");
    });
    thrown.start("test", HASH);
    expect(thrown.outcome).toMatchObject({ detail: 'zone "test" could not be loaded: disk on fire' });
    const later = new ZoneLoader(() => Promise.reject(new Error("disk on fire")));
    later.start("test", HASH);
    await settle();
    expect(later.outcome).toMatchObject({ detail: 'zone "test" could not be loaded: disk on fire' });
  });
});
