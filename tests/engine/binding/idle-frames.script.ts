import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, connect as dial } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { Engine, Node, ObjectFreedError } from "godot";
import { expectError, Tap } from "./tap.ts";

/** Frames in which no script runs are let pass, but for one in so many, which a test must not take for an answer. */
const FRAMES_LET_PASS = 32;
const ROUNDS = 8;

/** No script of this scene runs by itself: whatever ends a wait has to be noticed by a frame in which nothing was due. */
export default class IdleFramesFixture extends Node {
  override _ready(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    const tap = new Tap();
    const soon = async (name: string, wait: () => Promise<unknown>) => {
      let fewest = Number.POSITIVE_INFINITY;
      for (let round = 0; round < ROUNDS; round++) {
        const begin = Engine.get_process_frames();
        await wait();
        fewest = Math.min(fewest, Engine.get_process_frames() - begin);
      }
      tap.ok(`${name} is noticed when it comes`, fewest < FRAMES_LET_PASS / 2, `after ${fewest} frames at best`);
    };
    await soon("a timer", () => sleep(1));
    await soon("a file", () => readFile("project.godot"));
    await this.#packets(soon);
    await this.#streams(soon);
    await this.#messages(soon);
    await soon("the end of an object that is waited for", async () => {
      const node = new Node();
      const end = node.to_signal("renamed").catch((error: unknown) => error);
      node.queue_free(); // at the end of the next frame, in which no script runs
      if (!((await end) instanceof ObjectFreedError)) tap.ok("it rejects with ObjectFreedError", false);
    });
    await soon("a promise that nobody waits for", async () => {
      expectError("left alone");
      const told = once(process, "unhandledRejection");
      void sleep(1).then(() => Promise.reject(new Error("left alone")));
      await told;
    });
    tap.finish(this);
  }

  async #packets(soon: (name: string, wait: () => Promise<unknown>) => Promise<void>): Promise<void> {
    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    await once(socket, "listening");
    await soon("a packet", async () => {
      const heard = once(socket, "message");
      socket.send("hello", socket.address().port, "127.0.0.1");
      await heard;
    });
    socket.close();
  }

  async #streams(soon: (name: string, wait: () => Promise<unknown>) => Promise<void>): Promise<void> {
    const server = createServer((peer) => peer.pipe(peer)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const stream = dial(typeof address === "object" && address ? address.port : 0, "127.0.0.1");
    await once(stream, "connect");
    await soon("an answer of a stream", async () => {
      const heard = once(stream, "data");
      stream.write("hello");
      await heard;
    });
    stream.destroy();
    server.close();
  }

  async #messages(soon: (name: string, wait: () => Promise<unknown>) => Promise<void>): Promise<void> {
    const source =
      "const { parentPort: port } = require('node:worker_threads'); port.on('message', (m) => port.postMessage(m))";
    const worker = new Worker(source, { eval: true });
    await once(worker, "online");
    await soon("a worker's message", async () => {
      const heard = once(worker, "message");
      worker.postMessage("hello");
      await heard;
    });
    await worker.terminate();
  }
}
