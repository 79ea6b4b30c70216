import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loggedRun } from "../../../../tools/toolchain/logged-run.mjs";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "logged-run-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, timeoutMs?: number) => {
  const logPath = join(folder, "log");
  return loggedRun(["sh", "-c", script], { logPath, ...(timeoutMs !== undefined && { timeoutMs }) });
};

it("keeps what a program printed, and its exit code", async () => {
  expect(await run("echo one; echo two >&2; exit 3")).toEqual({ ok: false, exitCode: 3, tail: ["one", "two"] });
  expect(readFileSync(join(folder, "log"), "utf8")).toBe("one\ntwo\n");
});

it("says that a program took too long, not only that it was killed", async () => {
  const { ok, tail } = await run("echo begun; exec sleep 60", 300);
  expect(ok).toBe(false);
  expect(tail.at(-1)).toContain("sh was not done after 0.3 s and was ended");
});

it("says by which signal a program was ended", async () => {
  expect((await run("kill -TERM $$")).tail).toEqual(["sh was ended by SIGTERM"]);
});

it("says what could not be started", async () => {
  const { exitCode, tail } = await loggedRun(["/nonexistent/program"], { logPath: join(folder, "log") });
  expect(exitCode).not.toBe(0);
  expect(tail.join("\n")).toContain("/nonexistent/program");
});
