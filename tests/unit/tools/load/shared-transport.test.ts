import { beforeEach, describe, expect, test } from "vitest";
import { LoopbackNetwork } from "../../../../scripts/transport/loopback-network.ts";
import { type ConnectionId, Delivery, type Transport } from "../../../../scripts/transport/transport.ts";
import { SharedTransport } from "../../../../tools/load/shared-transport.ts";
import { RecordingPeer } from "../../transport/recording-peer.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("SharedTransport", () => {
  let nowMs = 0;
  let network: LoopbackNetwork;
  let server: RecordingPeer;
  let address: string;
  let inner: Transport;
  let shared: SharedTransport;

  beforeEach(() => {
    nowMs = 0;
    network = new LoopbackNetwork({ nowMs: () => nowMs });
    server = new RecordingPeer(network.createTransport());
    address = server.transport.listen("127.0.0.1:7777");
    inner = network.createTransport();
    shared = new SharedTransport(inner);
  });

  /** Lets the network and the server go on; shares are not asked. */
  function pass(times = 10): void {
    for (let left = times; left > 0; left -= 1) {
      nowMs += 5;
      server.transport.poll(server);
      server.transport.flush();
      shared.poll();
      shared.flush();
    }
  }

  function poll(...clients: RecordingPeer[]): void {
    for (const client of clients) client.transport.poll(client);
  }

  function join(): { client: RecordingPeer; near: ConnectionId; far: ConnectionId } {
    const client = new RecordingPeer(shared.share());
    const near = client.transport.connect(address);
    pass();
    poll(client);
    return { client, near, far: server.opened.at(-1) as ConnectionId };
  }

  test("each share hears of its own connection, and of no other", () => {
    const ada = join();
    const bob = join();
    server.send(ada.far, bytesOf("for Ada"), Delivery.reliable);
    server.send(bob.far, bytesOf("for Bob"), Delivery.reliable);
    pass();
    poll(ada.client, bob.client);
    expect([ada.client.opened, ada.client.texts()]).toEqual([[ada.near], ["for Ada"]]);
    expect([bob.client.opened, bob.client.texts()]).toEqual([[bob.near], ["for Bob"]]);
    expect(ada.client.messages[0]?.connection).toBe(ada.near);
  });

  test("nothing is told outside the polls of a share, and then all of it in order", () => {
    const { client, far } = join();
    for (const text of ["one", "", "three"]) server.send(far, bytesOf(text), Delivery.reliable);
    pass();
    server.send(far, new Uint8Array(9_000).fill(7), Delivery.reliable);
    pass();
    expect(client.messages).toEqual([]);
    poll(client);
    expect(client.texts().slice(0, 3)).toEqual(["one", "", "three"]);
    expect(client.messages[3]?.bytes).toEqual(new Uint8Array(9_000).fill(7));
    poll(client);
    expect(client.messages.length).toBe(4);
  });

  test("what all have sent leaves with the common flush", () => {
    const ada = join();
    const bob = join();
    for (const [{ client, near }, text] of [
      [ada, "Ada says"],
      [bob, "Bob says"],
    ] as const) {
      client.send(near, bytesOf(text), Delivery.unreliable);
      client.transport.flush();
    }
    pass();
    expect(server.texts()).toEqual(["Ada says", "Bob says"]);
    expect(server.messages.map(({ connection }) => connection)).toEqual([ada.far, bob.far]);
  });

  test("the last messages come before the news of the end, and a new connection after it", () => {
    const { client, near, far } = join();
    const heard: string[] = [];
    client.onEvent = (event, connection) => {
      heard.push(`${event} ${connection === near ? "old" : "new"}`);
      if (event === "closed" && connection === near) client.transport.connect(address);
    };
    server.send(far, bytesOf("last words"), Delivery.reliable);
    server.transport.close(far, 3, "go");
    pass();
    poll(client);
    pass();
    server.send(server.opened.at(-1), bytesOf("welcome back"), Delivery.reliable);
    pass();
    poll(client);
    expect(heard).toEqual(["message old", "closed old", "open new", "message new"]);
    expect(client.closed).toEqual([{ connection: near, cause: "remote", code: 3, detail: "go" }]);
  });

  test("who has closed a connection hears no message of it any more, but of its end", () => {
    const { client, near, far } = join();
    server.send(far, bytesOf("first"), Delivery.reliable);
    server.send(far, bytesOf("too late"), Delivery.reliable);
    pass();
    client.onEvent = (event) => {
      if (event === "message") client.transport.close(near, 1, "enough");
    };
    poll(client);
    pass();
    poll(client);
    expect(client.texts()).toEqual(["first"]);
    expect(client.closed).toEqual([{ connection: near, cause: "local", code: 1, detail: "enough" }]);
    expect(server.closed).toMatchObject([{ cause: "remote", code: 1, detail: "enough" }]);
  });

  test("a share that is disposed of takes its connections along, and hears nothing more", () => {
    const ada = join();
    const bob = join();
    server.send(ada.far, bytesOf("for Ada"), Delivery.reliable);
    pass();
    ada.client.transport.dispose();
    pass();
    poll(ada.client, bob.client);
    expect([ada.client.messages, ada.client.closed]).toEqual([[], []]);
    expect(server.closed.map(({ connection }) => connection)).toEqual([ada.far]);
    server.send(bob.far, bytesOf("for Bob"), Delivery.reliable);
    pass();
    poll(bob.client);
    expect(bob.client.texts()).toEqual(["for Bob"]);
  });

  test("an exception of a handler leaves what comes after for the next poll", () => {
    const { client, far } = join();
    for (const text of ["bad", "good"]) server.send(far, bytesOf(text), Delivery.reliable);
    pass();
    client.onEvent = () => {
      client.onEvent = () => {};
      throw new Error("could not read that");
    };
    expect(() => poll(client)).toThrow("could not read that");
    poll(client);
    expect(client.texts()).toEqual(["bad", "good"]);
  });

  test("a share does not listen", () => {
    expect(() => shared.share().listen("127.0.0.1:0")).toThrow("connects only");
  });
});
