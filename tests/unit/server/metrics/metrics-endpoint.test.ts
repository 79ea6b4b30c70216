import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  type MetricsEndpoint,
  type MetricsEndpointOptions,
  startMetricsEndpoint,
} from "../../../../server/metrics/metrics-endpoint.ts";

/** Longer than a test may take: what ends sooner was not ended by the deadline. */
const FOREVER_MS = 600_000;

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: Partial<MetricsEndpointOptions> = {}): Promise<MetricsEndpoint> {
  const endpoint = await startMetricsEndpoint({
    host: "127.0.0.1",
    port: 0,
    metrics: () => "a 1\n",
    health: () => ({ ok: true, detail: { players: 3 } }),
    nowMs: () => 0,
    ...options,
  });
  if ("problem" in endpoint) throw new Error(endpoint.problem);
  open.push(endpoint);
  return endpoint;
}

function portOf(endpoint: MetricsEndpoint): number {
  return Number(new URL(endpoint.url).port);
}

function dial(endpoint: MetricsEndpoint): Socket {
  const socket = connect(portOf(endpoint), "127.0.0.1");
  socket.on("error", () => {});
  open.push({ close: () => void socket.destroy() });
  return socket;
}

function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

describe("startMetricsEndpoint", () => {
  it("answers GET /metrics in the Prometheus format, each on a connection of its own", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/metrics?debug=1`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(response.headers.get("connection")).toBe("close");
    expect(await response.text()).toBe("a 1\n");
  });

  it("tells the length of the text to a HEAD", async () => {
    const { url } = await start({ metrics: () => "ä 1\n" });
    const response = await fetch(`${url}/metrics`, { method: "HEAD" });
    expect(response.headers.get("content-length")).toBe("5");
    expect(await response.text()).toBe("");
  });

  it("answers GET /healthz with 200 or 503", async () => {
    const health = { ok: true, detail: { players: 3 } };
    const { url } = await start({ health: () => health });
    const healthy = await fetch(`${url}/healthz`);
    expect([healthy.status, await healthy.json()]).toEqual([200, { status: "ok", players: 3 }]);
    health.ok = false;
    const sick = await fetch(`${url}/healthz`);
    expect([sick.status, await sick.json()]).toEqual([503, { status: "unhealthy", players: 3 }]);
  });

  it("says what there is and what can be asked", async () => {
    const { url } = await start();
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(`${url}/metrics/../x`)).status).toBe(404);
    const post = await fetch(`${url}/metrics`, { method: "POST", body: "x".repeat(100_000) });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  it("writes the text anew only after a pause, however often it is asked", async () => {
    const time = { nowMs: 0 };
    let written = 0;
    const { url } = await start({ nowMs: () => time.nowMs, metrics: () => `a ${++written}\n` });
    const ask = async () => (await fetch(`${url}/metrics`)).text();
    expect([await ask(), await ask()]).toEqual(["a 1\n", "a 1\n"]);
    time.nowMs = 249;
    expect(await ask()).toBe("a 1\n");
    time.nowMs = 250;
    expect(await ask()).toBe("a 2\n");
  });

  it("says which option to change when the port is taken, and when there is no such address", async () => {
    const first = await start();
    const parts = { metrics: () => "", health: () => ({ ok: true, detail: {} }), nowMs: () => 0 };
    const second = await startMetricsEndpoint({ host: "127.0.0.1", port: portOf(first), ...parts });
    expect(second).toEqual({
      problem: `--metrics 127.0.0.1:${portOf(first)}: something else listens there already. Choose another port, or 0 for a free one.`,
    });
    const nowhere = await startMetricsEndpoint({ host: "192.0.2.1", port: 0, ...parts });
    expect(nowhere).toMatchObject({ problem: expect.stringContaining("this machine has no such address") });
  });

  it("ends connections that say nothing, half a request, or nonsense", async () => {
    const endpoint = await start({ connectionDeadlineMs: 200 });
    const silent = dial(endpoint);
    const half = dial(endpoint);
    half.write("GET /metrics HTTP/1.1\r\nhost: x\r\n");
    const nonsense = dial(endpoint);
    nonsense.resume().write("\x16\x03\x01 nonsense\r\n\r\n");
    const long = dial(endpoint);
    long.resume().write(`GET /metrics HTTP/1.1\r\nx: ${"y".repeat(20_000)}\r\n\r\n`);
    await Promise.all([silent, half, nonsense, long].map(closing));
    expect(await (await fetch(`${endpoint.url}/metrics`)).text()).toBe("a 1\n");
  });

  it("ends a connection whose client does not read", async () => {
    const endpoint = await start({ connectionDeadlineMs: 200, metrics: () => "a 1\n".repeat(5_000_000) });
    const slow = dial(endpoint);
    slow.pause();
    slow.write("GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n");
    // A paused socket hears of its end only when it is read: what came until then is less than the whole.
    await new Promise((resolve) => setTimeout(resolve, 600));
    let bytes = 0;
    slow.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    slow.resume();
    await closing(slow);
    expect(bytes).toBeLessThan(20_000_000);
  });

  it("takes 16 connections at a time, and new ones when those are gone", async () => {
    const endpoint = await start({ connectionDeadlineMs: FOREVER_MS });
    const idle = Array.from({ length: 16 }, () => dial(endpoint));
    await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
    await closing(dial(endpoint).resume());
    const gone = idle.map(closing);
    for (const socket of idle) socket.destroy();
    await Promise.all(gone);
    await expect.poll(async () => (await fetch(`${endpoint.url}/metrics`).catch(() => undefined))?.status).toBe(200);
  });

  it("ends every connection when it is closed, and frees the port", async () => {
    const endpoint = await start({ connectionDeadlineMs: FOREVER_MS });
    const idle = dial(endpoint);
    await new Promise((resolve) => idle.once("connect", resolve));
    await expect.poll(async () => (await fetch(`${endpoint.url}/healthz`)).status).toBe(200);
    await Promise.all([closing(idle.resume()), endpoint.close()]);
    await endpoint.close();
    await expect(fetch(`${endpoint.url}/metrics`)).rejects.toThrow();
    const next = await start({ port: portOf(endpoint) });
    expect(portOf(next)).toBe(portOf(endpoint));
  });
});
