import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { GameClient } from "../../../scripts/client/game-client.ts";
import { createInputSample } from "../../../scripts/client/input-sample.ts";
import { createGnsTransport } from "../../../scripts/transport/gns-transport.ts";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function serve(...args: string[]) {
  return serveFrom(".", ...args);
}

/** `folder`: where it is started, and looks for `data/`. */
function serveFrom(folder: string, ...args: string[]) {
  const program = resolve("dist/server/main.js");
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  children.push(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  return { child, said, ended: once(child, "close") };
}

/** Starts a server on a free port and resolves with the address that it announces. */
async function serveAnywhere(...args: string[]) {
  const server = serve("zone", "--port", "0", ...args);
  await once(server.child.stdout, "data");
  const { event, address } = JSON.parse(server.said.out);
  expect(event).toBe("listening");
  return { ...server, port: String(address.split(":").at(-1)) };
}

/** What a player and the server agree on. */
async function featuresInUse(port: string): Promise<readonly string[]> {
  const client = new GameClient({
    transport: createGnsTransport(),
    loadZone: () => readFileSync("dist/zones/shore.zone"),
    random: Math.random,
    clientBuild: "test",
  });
  try {
    client.connect({ address: `127.0.0.1:${port}`, name: "Ada" });
    while (!client.own.present) {
      client.update(performance.now(), createInputSample());
      await sleep(5);
    }
    return client.telemetry.featuresInUse;
  } finally {
    client.dispose();
  }
}

describe("npm run server -- zone", () => {
  it("has fighting unless it is switched off, and offers it only then", async () => {
    const peaceful = await serveAnywhere("--combat", "off");
    const warlike = await serveAnywhere();
    expect(await featuresInUse(peaceful.port)).not.toContain("combat_v1");
    expect(await featuresInUse(warlike.port)).toContain("combat_v1");
  });

  it("does not start with a camp of creatures that there are no data of, and says what to do", async () => {
    const folder = mkdtempSync(join(tmpdir(), "darkages-data-"));
    try {
      cpSync("data", join(folder, "data"), { recursive: true });
      rmSync(join(folder, "data/creatures/gale-wolf.json"));
      const features = ["--features", resolve("config/features.json")];
      const server = serveFrom(folder, "zone", "--port", "0", "--zones", resolve("dist/zones"), ...features);
      expect(await server.ended).toEqual([1, null]);
      expect(server.said.out).toBe("");
      const { err } = server.said;
      expect(err).toContain('zone "shore" has a camp of "gale-wolf"');
      expect(err).toContain("data/creatures/gale-wolf.json");
      expect(err).toMatch(/bring the file back, or choose another creature.*npm run bake/);
      expect(err).not.toContain("    at ");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("announces where it listens, and ends cleanly when asked to", async () => {
    const server = await serveAnywhere();
    expect(Number(server.port)).toBeGreaterThan(0);
    server.child.kill("SIGTERM");
    expect(await server.ended).toEqual([0, null]);
  });

  it("names a port that is taken, and how to choose another", async () => {
    const first = await serveAnywhere();
    const second = serve("zone", "--port", first.port);
    expect(await second.ended).toEqual([1, null]);
    expect(second.said.err).toContain(first.port);
    expect(second.said.err).toContain("--port");
    expect(second.said.err).not.toContain("    at ");
  });

  it.each([
    [["zone", "--zone", "atlantis"], 1, /atlantis.*npm run bake/],
    [["zone", "--port", "99999"], 2, /99999/],
    [["zone", "--bind", "no such host"], 1, /no such host/],
    [["zoo"], 2, /no command "zoo"/],
    [[], 2, /zone/],
  ])("answers %j with exit code %i and a sentence", async (args, code, words) => {
    const server = serve(...args);
    expect(await server.ended).toEqual([code, null]);
    expect(server.said.err).toMatch(words);
    expect(server.said.err).not.toContain("    at ");
  });
});
