import { expect, it } from "vitest";
import { runBindingSoak } from "../../../tools/soak/engine/binding-soak.ts";
import { type ClientSoakOptions, runClientSoak } from "../../../tools/soak/engine/client-soak.ts";

const SECONDS = 12;

function shortClientSoak(name: string, env: NodeJS.ProcessEnv = {}) {
  const options: ClientSoakOptions = {
    ...{ seconds: SECONDS, display: false, bots: 2, env },
    outFolder: `out/engine/soak/${name}`,
    tell: () => {},
    stopped: new AbortController().signal,
  };
  return runClientSoak(options);
}

function shortBindingSoak(name: string, env: NodeJS.ProcessEnv = {}) {
  const outFolder = `out/engine/soak/${name}`;
  return runBindingSoak({ seconds: 8, outFolder, env, tell: () => {}, stopped: new AbortController().signal });
}

it("the game is played, left, joined again and told of other features while a server restarts: nothing is left over", async () => {
  const report = await shortClientSoak("client");
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({ ok: true, orphans: 0, serverRestarts: 1 });
  expect(report.featureSwitches).toBeGreaterThan(2);
});

it.each([
  ["nodes", /nodes are in no tree/],
  ["memory", /resident memory grew from/],
])("finds %s that the game keeps", async (leak, complaint) => {
  const report = await shortClientSoak(`client-${leak}`, { DARKAGES_SOAK_LEAK: leak });
  expect(report.ok).toBe(false);
  expect(report.problems.join("\n")).toMatch(complaint);
});

it("the binding lets go of the nodes, resources, signals and timers that scripts let go of", async () => {
  const report = await shortBindingSoak("binding");
  expect(report.problems).toEqual([]);
  expect(report.cycles).toBeGreaterThan(50);
});

it("finds nodes that a script keeps", async () => {
  const report = await shortBindingSoak("binding-nodes", { DARKAGES_SOAK_LEAK: "nodes" });
  expect(report.problems.join("\n")).toMatch(/nodes are in no tree/);
});
