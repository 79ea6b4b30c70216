import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdLock } from "../../../../tools/toolchain/set-up-lock.mjs";

describe("holdLock", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "darkages-lock-"));
    path = join(folder, "deeper/key.lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const nobody = (): never => {
    throw new Error("expected nobody to wait for");
  };

  it("is held until it is released", async () => {
    const release = await holdLock(path, nobody);
    expect(existsSync(path)).toBe(true);
    release();
    release();
    expect(existsSync(path)).toBe(false);
  });

  it("makes the second wait for the first", async () => {
    const release = await holdLock(path, nobody);
    const order: string[] = [];
    const second = holdLock(path, (owner) => {
      expect(owner.pid).toBe(process.pid);
      order.push("waits");
      setImmediate(() => {
        order.push("released");
        release();
      });
    });
    const releaseSecond = await second;
    order.push("got it");
    releaseSecond();
    expect(order).toEqual(["waits", "released", "got it"]);
  });

  it("is taken over from a process that is gone, which leaves nothing", async () => {
    const first = await holdLock(path, nobody);
    first();
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: "1", pidNamespace: "another start" }));
    const old = new Date(Date.now() - 600_000);
    utimesSync(path, old, old);
    const release = await holdLock(path, nobody);
    release();
    expect(readdirSync(join(folder, "deeper"))).toEqual([]);
  });

  it("is taken over when it was cut short", async () => {
    const first = await holdLock(path, nobody);
    first();
    writeFileSync(path, "{");
    const old = new Date(Date.now() - 600_000);
    utimesSync(path, old, old);
    const release = await holdLock(path, nobody);
    release();
    expect(existsSync(path)).toBe(false);
  });
});
