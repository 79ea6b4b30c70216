import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { candidates } from "../../../addons/gns/index.js";
import { GnsTransport } from "../../../scripts/transport/gns-transport.ts";
import { Delivery } from "../../../scripts/transport/transport.ts";
import { RecordingPeer } from "./recording-peer.ts";

const addonUrl = pathToFileURL(resolve("addons/gns/index.js")).href;
const children: ChildProcess[] = [];
const folders: string[] = [];

function start(script: string, cwd = process.cwd()) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output.text += chunk;
    });
  }
  const ended = new Promise<string>((done) => child.on("close", (code, signal) => done(`${code ?? signal}`)));
  return { child, output, ended };
}

async function until(condition: () => boolean): Promise<void> {
  for (let pass = 0; pass < 3000; pass++) {
    if (condition()) return;
    await sleep(5);
  }
  throw new Error("the condition did not come true");
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gns-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Opens both ends of a connection and leaves everything open. */
const openEverything = `
  import { load } from ${JSON.stringify(addonUrl)};
  const gns = load();
  const endpoint = gns.createEndpoint({});
  const address = gns.listen(endpoint, "127.0.0.1:0");
  gns.connect(endpoint, gns.reserveConnectionId(), address);
  const rows = new Float64Array(64);
  let open = 0;
  while (open < 2) {
    const count = gns.takeEvents(endpoint, rows);
    for (let row = 0; row < count; row++) {
      if (rows[row * 4 + 1] === 1) gns.accept(rows[row * 4]);
      if (rows[row * 4 + 1] === 2) open++;
    }
    await new Promise((done) => setTimeout(done, 2));
  }
  console.log("open", address);
`;

test("a process that disposes of nothing ends by itself", async () => {
  const { ended, output } = start(openEverything);
  expect(await ended).toBe("0");
  expect(output.text).toMatch(/^open 127\.0\.0\.1:\d+\n$/);
});

test("process.exit with everything open is clean", async () => {
  const { ended, output } = start(`${openEverything} process.exit(7);`);
  expect(await ended).toBe("7");
  expect(output.text).toMatch(/^open 127\.0\.0\.1:\d+\n$/);
});

test("calls after the end give values, not crashes", async () => {
  const { ended, output } = start(`
    ${openEverything}
    gns.destroyEndpoint(endpoint, 0);
    const slab = new ArrayBuffer(1 << 20);
    console.log(JSON.stringify([
      gns.destroyEndpoint(endpoint, 0), gns.connect(endpoint, 99, address), gns.accept(1), gns.close(1, 1000, "x"),
      gns.release(1), gns.remoteAddress(1), gns.closeText(1), gns.takeEvents(endpoint, rows), gns.receive(endpoint, slab, 0),
      gns.sendBatch(endpoint, slab, 64), gns.isShedding(1), gns.readStatistics(1, rows), gns.readCounters(endpoint, rows),
      gns.accept(), gns.close("x"), gns.takeEvents(), gns.createEndpoint() > 0,
    ]));
  `);
  expect(await ended, output.text).toBe("0");
  const expected = [false, false, false, false, false, "", "", 0, 0, 0, false, false, false, false, false, 0, true];
  expect(JSON.parse(output.text.split("\n")[1] ?? "")).toEqual(expected);
});

test("malformed slabs are refused or cut, never read past their end", async () => {
  const { ended, output } = start(`
    ${openEverything}
    const slab = new ArrayBuffer(64);
    const words = new Uint32Array(slab);
    words.fill(0xffffffff);
    words[0] = 1;
    const attempts = [
      () => gns.sendBatch(endpoint, slab, 64), () => gns.sendBatch(endpoint, slab, 65), () => gns.sendBatch(endpoint, slab, 5),
      () => gns.sendBatch(endpoint, "slab", 8), () => gns.receive(endpoint, slab, 0), () => gns.takeEvents(endpoint, words),
      () => gns.readCounters(endpoint, new Float64Array(1)), () => gns.sendOne(1, "text", true),
    ];
    console.log(attempts.map((attempt) => { try { return attempt(); } catch { return "throws"; } }).join());
  `);
  expect(await ended).toBe("0");
  expect(output.text.split("\n")[1]).toBe("0,throws,0,throws,throws,throws,throws,throws");
});

test("a worker thread is refused in words", async () => {
  const { ended, output } = start(`
    import { Worker } from "node:worker_threads";
    const code = 'import(${JSON.stringify(addonUrl)}).then(({ load }) => load())';
    new Worker(code, { eval: true }).on("error", (error) => console.log(error.message));
  `);
  expect(await ended).toBe("0");
  expect(output.text).toContain("main JavaScript thread only");
});

test("a server that was killed falls silent: its clients time out", async () => {
  const { child, output } = start(`${openEverything} setInterval(() => {
    const count = gns.takeEvents(endpoint, rows);
    for (let row = 0; row < count; row++) if (rows[row * 4 + 1] === 1) gns.accept(rows[row * 4]);
  }, 5);`);
  await until(() => output.text.includes("\n"));
  const address = /open (\S+)/.exec(output.text)?.[1] ?? "";
  const transport = new GnsTransport({ silenceTimeoutMs: 600 });
  try {
    const client = new RecordingPeer(transport);
    const connection = transport.connect(address);
    const untilPolled = (condition: () => boolean) =>
      until(() => {
        transport.poll(client);
        // An idle link notices much later: the library counts from the last thing that asked for an answer.
        transport.send(connection, Uint8Array.of(1), Delivery.reliable);
        return condition();
      });
    await untilPolled(() => client.opened.length === 1);
    child.kill("SIGKILL");
    await untilPolled(() => client.closed.length === 1);
    expect(client.closed[0]).toMatchObject({ connection, cause: "timeout", code: 0 });
  } finally {
    transport.dispose();
  }
});

test("a missing addon says where it was looked for and what to do", async () => {
  const folder = makeFolder();
  cpSync("addons/gns/index.js", join(folder, "index.mjs"));
  const { ended, output } = start(`import { load } from "./index.mjs"; load();`, folder);
  expect(await ended).toBe("1");
  expect(output.text).toContain(`is not built for ${process.platform}-${process.arch}`);
  expect(output.text).toContain("npm run build");
  expect(output.text).toContain(folder);
});

test("an addon that does not load says what to do", async () => {
  const folder = makeFolder();
  const bin = join(folder, "addons", "gns", "bin", `${process.platform}-${process.arch}`);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "gns.node"), "not a shared object");
  cpSync("addons/gns/index.js", join(folder, "index.mjs"));
  const { ended, output } = start(`import { load } from "./index.mjs"; load();`, folder);
  expect(await ended).toBe("1");
  expect(output.text).toMatch(/gns\.node cannot be loaded into Node .*npm run build/);
});

test("the addon is found from the sources, from the bundle and beside an exported game", () => {
  const binary = join("addons", "gns", "bin", `${process.platform}-${process.arch}`, "gns.node");
  expect(candidates()).toContain(resolve(binary));
  expect(candidates()).toContain(resolve(process.execPath, "..", binary));
});
