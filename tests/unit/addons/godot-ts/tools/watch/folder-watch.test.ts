import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FolderWatch } from "../../../../../../addons/godot-ts/tools/watch/folder-watch.mjs";

let root: string;
let calls = 0;
let folders: ReadonlySet<string>;
let watch: FolderWatch;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "folders-"));
  calls = 0;
  watch = new FolderWatch(() => {
    calls += 1;
    watch.watch(folders);
  });
});
afterEach(() => {
  watch.close();
  rmSync(root, { recursive: true, force: true });
});

/** Does it, and waits for as long as it takes until that is told. */
async function told(action: () => void): Promise<void> {
  const before = calls;
  action();
  await vi.waitFor(() => expect(calls).toBeGreaterThan(before), 20_000);
}

it("tells of saves, of new files, and of a folder that is removed and made again", async () => {
  const folder = join(root, "scripts");
  mkdirSync(folder);
  folders = new Set([folder, join(root, "not-there")]);
  watch.watch(folders);
  await told(() => writeFileSync(join(folder, "a.ts"), "1"));
  await told(() => writeFileSync(join(folder, "a.ts"), "2"));
  await told(() => rmSync(folder, { recursive: true }));
  mkdirSync(folder);
  watch.watch(folders);
  await told(() => writeFileSync(join(folder, "b.ts"), "1"));
  // So quickly that nobody has seen that it was gone.
  await told(() => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  });
  await told(() => writeFileSync(join(folder, "c.ts"), "1"));
});
