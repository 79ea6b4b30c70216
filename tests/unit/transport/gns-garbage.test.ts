import { createSocket, type Socket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { GnsTransport } from "../../../scripts/transport/gns-transport.ts";
import { Delivery } from "../../../scripts/transport/transport.ts";
import { createSeededRandom } from "../../fixtures/seeded-random.ts";
import { RecordingPeer } from "./recording-peer.ts";

const DATAGRAMS = 100_000;
const BURST = 250;
/** First bytes of the library's own packets: they get further into the parsers. */
const LEAD_BYTES = [0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x80, 0x81, 0xff];

async function bindSocket(): Promise<Socket> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return socket;
}

/** Passes datagrams on in both directions and keeps what the client sends. */
async function makeTap(serverPort: number, captured: Buffer[]) {
  const outside = await bindSocket();
  const inside = await bindSocket();
  let clientPort = 0;
  outside.on("message", (message, from) => {
    clientPort = from.port;
    captured.push(Buffer.from(message));
    inside.send(message, serverPort, "127.0.0.1");
  });
  inside.on("message", (message) => outside.send(message, clientPort, "127.0.0.1"));
  return { port: outside.address().port, inside, outside };
}

test("100,000 random, mutated, truncated and replayed datagrams harm neither server nor clients", async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 32);
  const random = createSeededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const server = new RecordingPeer(new GnsTransport());
  const client = new RecordingPeer(new GnsTransport());
  const sockets: Socket[] = [];
  const pump = () => {
    for (const peer of [server, client]) {
      peer.transport.poll(peer);
      peer.transport.flush();
    }
  };
  async function until(condition: () => boolean, what: string) {
    for (let pass = 0; pass < 3000; pass++) {
      pump();
      if (condition()) return;
      await sleep(3);
    }
    throw new Error(`did not happen: ${what} (FUZZ_SEED=${seed})`);
  }
  try {
    const port = Number(server.transport.listen("127.0.0.1:0").split(":").at(-1));
    const captured: Buffer[] = [];
    const tap = await makeTap(port, captured);
    sockets.push(tap.inside, tap.outside);
    const good = Array.from({ length: 10 }, () => client.transport.connect(`127.0.0.1:${port}`));
    const tapped = client.transport.connect(`127.0.0.1:${tap.port}`);
    await until(() => server.opened.length === 11 && client.opened.length === 11, "eleven connections");
    for (let index = 0; index < 10; index++) client.send(tapped, new Uint8Array(40).fill(index), Delivery.reliable);
    await until(() => server.messages.length === 10, "messages through the tap");
    expect(captured.length).toBeGreaterThan(2);

    const pick = () => captured[below(captured.length)] ?? Buffer.alloc(1);
    const kinds = [
      () => Buffer.from(Uint8Array.from({ length: 1 + below(200) }, () => below(256))),
      () =>
        Buffer.from(
          Uint8Array.from({ length: 1 + below(600) }, (_, i) => (i === 0 ? (LEAD_BYTES[below(11)] ?? 0) : below(256))),
        ),
      () => {
        const mutated = Buffer.from(pick());
        for (let left = 1 + below(4); left > 0; left--) mutated[below(mutated.length)] = below(256);
        return mutated;
      },
      () => {
        const whole = pick();
        return whole.subarray(0, 1 + below(whole.length));
      },
      () => pick(),
    ];
    for (let index = 0; index < 16; index++) sockets.push(await bindSocket());
    for (let sent = 0; sent < DATAGRAMS; sent++) {
      const datagram = kinds[sent % kinds.length]?.() ?? Buffer.alloc(1);
      // Some come from the very address of the tapped client.
      sockets[sent % sockets.length === 1 ? 0 : sent % sockets.length]?.send(datagram, port, "127.0.0.1");
      if (sent % BURST !== BURST - 1) continue;
      pump();
      await sleep(1);
    }
    await sleep(100);
    server.messages.length = 0;
    for (const connection of good) expect(client.send(connection, Uint8Array.of(7), Delivery.reliable)).toBe(true);
    await until(() => server.messages.length >= good.length, "good clients go on");
    expect(server.messages.every((message) => message.bytes.length === 1 && message.bytes[0] === 7)).toBe(true);
    expect(client.closed.filter((closed) => good.includes(closed.connection))).toEqual([]);
    const late = client.transport.connect(`127.0.0.1:${port}`);
    await until(() => client.opened.includes(late), "a new client is let in");
  } finally {
    for (const socket of sockets) socket.close();
    client.transport.dispose();
    server.transport.dispose();
  }
});
