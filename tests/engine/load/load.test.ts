import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { processesOfRun, RUN_MARK } from "../start/processes-of-run.ts";

const folder = mkdtempSync(join(tmpdir(), "load-"));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function load(...args: string[]) {
  const mark = randomUUID();
  const child = spawn(process.execPath, ["dist/tools/load/main.js", ...args], {
    env: { ...process.env, [RUN_MARK]: mark },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  return { child, mark, said, ended: once(child, "close") };
}

async function until(isSo: () => boolean, words: () => string, limitMs = 60_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${words()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("npm run load", () => {
  it("gets bots into a world and says how it went, also beside an earlier run", async () => {
    const json = join(folder, "report.json");
    writeFileSync(join(folder, "earlier.json"), JSON.stringify({ bots: 10, tickP99Ms: 1, connected: 10 }));
    const run = load(
      ...["--bots", "20", "--seconds", "3", "--processes", "2", "--json", json],
      ...["--compare", join(folder, "earlier.json")],
    );
    expect(await run.ended, run.said.err).toEqual([0, null]);
    const [line = "", comparison = ""] = run.said.out.split("\n");
    const report = JSON.parse(line);
    expect(report).toMatchObject({ bots: 20, connected: 20, inputLoss: 0, connectionsLost: 0, corrections: 0 });
    expect(report.snapshotRateHz).toBeGreaterThan(0);
    expect(report.bytesPerClientPerSecond).toBeGreaterThan(0);
    expect(report.rssMb).toBeGreaterThan(10);
    expect(JSON.parse(readFileSync(json, "utf8"))).toEqual(report);
    expect(JSON.parse(comparison).ratios).toMatchObject({ bots: 2, connected: 2 });
    expect(processesOfRun(run.mark)).toEqual([]);
  });

  it.each([
    ["v1", "--crowd"],
    ["v2", "--crowd"],
    ["v2", "--thin"],
  ])("lets bots that speak %s play with %s", async (protocol, how) => {
    const run = load("--bots", "8", "--seconds", "2", "--protocol", protocol, how, "--link", "lan");
    expect(await run.ended, run.said.err).toEqual([0, null]);
    const report = JSON.parse(run.said.out);
    expect(report).toMatchObject({ connected: 8, protocol, link: "lan", inputLoss: 0, connectionsLost: 0 });
    expect(report.snapshotRateHz).toBeGreaterThan(0);
    if (how === "--crowd") expect(report.inSight).toBeCloseTo(7, 0);
  });

  it("lets bots fight each other, and counts what they do", async () => {
    const run = load("--bots", "8", "--seconds", "6", "--crowd", "--fight");
    expect(await run.ended, run.said.err).toEqual([0, null]);
    const report = JSON.parse(run.said.out);
    expect(report).toMatchObject({ connected: 8, connectionsLost: 0 });
    expect(report.abilitiesUsed).toBeGreaterThan(4);
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("leaves nothing behind after %s", async (signal) => {
    const run = load("--bots", "6", "--seconds", "600", "--processes", "2");
    await until(
      () => run.said.err.includes("measuring"),
      () => run.said.err,
    );
    expect(processesOfRun(run.mark).length).toBeGreaterThanOrEqual(4);
    run.child.kill(signal);
    await until(
      () => processesOfRun(run.mark).length === 0,
      () => processesOfRun(run.mark).join("\n"),
    );
    if (signal !== "SIGKILL") expect(await run.ended).toEqual([1, null]);
  });

  it("says so when the server dies, and ends", async () => {
    const run = load("--bots", "4", "--seconds", "600");
    await until(
      () => run.said.err.includes("measuring"),
      () => run.said.err,
    );
    const server = processesOfRun(run.mark).find((line) => line.includes("server/main.js"));
    process.kill(Number.parseInt(server ?? "", 10), "SIGKILL");
    expect(await run.ended).toEqual([1, null]);
    expect(run.said.err).toContain("the zone server stopped (SIGKILL)");
    expect(processesOfRun(run.mark)).toEqual([]);
  });

  it.each([
    [["--zone", "atlantis"], 1, /atlantis.*npm run bake/],
    [["--bots", "1001"], 2, /1001/],
    [["--compare", "/nowhere/report.json"], 2, /nowhere/],
    [["--burst"], 2, /--burst/],
  ])("answers %j with exit code %i and a sentence", async (args, code, words) => {
    const run = load(...args);
    expect(await run.ended).toEqual([code, null]);
    expect(run.said.err).toMatch(words);
    expect(run.said.err).not.toContain("    at ");
  });
});

afterEach(() => rmSync(join(folder, "report.json"), { force: true }));
