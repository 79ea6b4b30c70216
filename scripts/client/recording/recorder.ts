import { OWN_CAPABILITIES } from "../../protocol/capability.ts";
import { PROTOCOL_MINOR } from "../../protocol/protocol-version.ts";
import type { CloseCause, ConnectionId, LinkStatistics } from "../../transport/transport.ts";
import type { CombatIntent } from "../combat/combat-intent.ts";
import type { GameClient, GameClientOptions } from "../game-client.ts";
import { createInputSample, type InputSample } from "../input-sample.ts";
import { CLOSE_CAUSES } from "./close-causes.ts";
import { InputBit } from "./input-bits.ts";
import type { EndReason, RecordedStart } from "./recorded-event.ts";
import { EventKind, MAX_EVENT_BYTES, MAX_TEXT_BYTES } from "./recording-format.ts";
import { type RecordingSink, RecordingWriter } from "./recording-writer.ts";
import { StateHasher } from "./state-hash.ts";

/** From one hash of the client's state to the next. */
const HASH_INTERVAL_MS = 1000;

export interface RecorderOptions {
  sink: RecordingSink;
  /** Wall clock, milliseconds since 1970: when the recording was made. */
  recordedAtMs: number;
  /** What runs it, such as "node 24.18.0, v8 13.6.233". */
  runtime: string;
  /** Ends the recording before it is longer, bytes. */
  maxBytes?: number;
  /** Is told, once, when recording has to end early. */
  log: (line: string) => void;
}

/** Writes down everything that goes into one client and what it does. Made for the frame: nothing is allocated while playing. */
export class Recorder {
  readonly #writer: RecordingWriter;
  readonly #log: (line: string) => void;
  readonly #hasher = new StateHasher();
  readonly #last: InputSample = createInputSample();
  readonly #options: RecorderOptions;
  #hashedAtMs = Number.NaN;
  #told = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#writer = new RecordingWriter(options.sink, options.maxBytes);
  }

  /** Bytes on the sink so far, and events. */
  get bytes(): number {
    return this.#writer.bytes;
  }

  get events(): number {
    return this.#writer.events;
  }

  get writer(): RecordingWriter {
    return this.#writer;
  }

  start({ clientBuild, platform, protocolMinor, capabilities, followsOthers }: GameClientOptions): void {
    const { recordedAtMs, runtime } = this.#options;
    const start: RecordedStart = {
      clientBuild,
      ...(platform !== undefined && { platform }),
      // Later code can do more: a replay is to offer what was offered.
      protocolMinor: protocolMinor ?? PROTOCOL_MINOR,
      capabilities: capabilities ?? OWN_CAPABILITIES,
      ...(followsOthers !== undefined && { followsOthers }),
      recordedAtMs,
      runtime,
    };
    this.#writer.begin(EventKind.start).text(JSON.stringify(start), MAX_TEXT_BYTES);
    this.#commit();
  }

  connect(address: string, name: string): void {
    const body = this.#writer.begin(EventKind.connect);
    body.text(address, MAX_TEXT_BYTES);
    body.text(name, MAX_TEXT_BYTES);
    this.#commit();
  }

  act(intent: CombatIntent): void {
    this.#writer.begin(EventKind.intent).text(JSON.stringify(intent), MAX_TEXT_BYTES);
    this.#commit();
  }

  disconnect(): void {
    this.#writer.begin(EventKind.disconnect);
    this.#commit();
  }

  dispose(): void {
    this.#writer.begin(EventKind.dispose);
    this.#commit();
  }

  /** A frame begins. What of the input is as in the frame before takes no room. */
  beginFrame(nowMs: number, input: Readonly<InputSample>): void {
    const last = this.#last;
    const body = this.#writer.begin(EventKind.frame);
    body.float64(nowMs);
    const changed =
      (Object.is(input.moveX, last.moveX) ? 0 : InputBit.moveX) |
      (Object.is(input.moveZ, last.moveZ) ? 0 : InputBit.moveZ) |
      (Object.is(input.yawRadians, last.yawRadians) ? 0 : InputBit.yawRadians) |
      (Object.is(input.pitchRadians, last.pitchRadians) ? 0 : InputBit.pitchRadians);
    body.uint8(
      changed |
        (input.jump ? InputBit.jump : 0) |
        (input.sprint ? InputBit.sprint : 0) |
        (input.strike ? InputBit.strike : 0),
    );
    if (changed & InputBit.moveX) body.float64(input.moveX);
    if (changed & InputBit.moveZ) body.float64(input.moveZ);
    if (changed & InputBit.yawRadians) body.float64(input.yawRadians);
    if (changed & InputBit.pitchRadians) body.float64(input.pitchRadians);
    last.moveX = input.moveX;
    last.moveZ = input.moveZ;
    last.yawRadians = input.yawRadians;
    last.pitchRadians = input.pitchRadians;
    this.#commit();
  }

  endFrame(nowMs: number, client: GameClient): void {
    if (!(Math.abs(nowMs - this.#hashedAtMs) < HASH_INTERVAL_MS)) {
      this.#hashedAtMs = nowMs;
      this.#hasher.take(client);
      const { connection, own, remotes, counters } = this.#hasher.hash;
      const body = this.#writer.begin(EventKind.stateHash);
      body.uint32(connection);
      body.uint32(own);
      body.uint32(remotes);
      body.uint32(counters);
      this.#commit();
    }
    this.#writer.tick(nowMs);
    this.#tellProblem();
  }

  opened(connection: ConnectionId, address: string): void {
    const body = this.#writer.begin(EventKind.opened);
    body.varint(connection);
    body.text(address, MAX_TEXT_BYTES);
    this.#commit();
  }

  received(connection: ConnectionId, bytes: Uint8Array): void {
    const body = this.#writer.begin(EventKind.received);
    body.varint(connection);
    // Longer than a transport may deliver: the client drops it, and so it will when it is cut.
    body.bytes(bytes.length > MAX_EVENT_BYTES - body.length ? bytes.subarray(0, MAX_EVENT_BYTES - body.length) : bytes);
    this.#commit();
  }

  closed(connection: ConnectionId, cause: CloseCause, code: number, detail: string): void {
    const body = this.#writer.begin(EventKind.closed);
    body.varint(connection);
    body.uint8(CLOSE_CAUSES.indexOf(cause));
    body.varint(code);
    body.text(detail, MAX_TEXT_BYTES);
    this.#commit();
  }

  dialled(connection: ConnectionId, address: string): void {
    const body = this.#writer.begin(EventKind.dialled);
    body.varint(connection);
    body.text(address, MAX_TEXT_BYTES);
    this.#commit();
  }

  sent(connection: ConnectionId, bytes: Uint8Array, reliable: boolean, taken: boolean): void {
    const body = this.#writer.begin(EventKind.sent);
    body.varint(connection);
    body.uint8((reliable ? 1 : 0) | (taken ? 2 : 0));
    body.bytes(bytes.length > MAX_EVENT_BYTES - body.length ? bytes.subarray(0, MAX_EVENT_BYTES - body.length) : bytes);
    this.#commit();
  }

  hungUp(connection: ConnectionId, code: number, detail: string): void {
    const body = this.#writer.begin(EventKind.hungUp);
    body.varint(connection);
    body.varint(code);
    body.text(detail, MAX_TEXT_BYTES);
    this.#commit();
  }

  statistics(connection: ConnectionId, known: boolean, statistics: Readonly<LinkStatistics>): void {
    const body = this.#writer.begin(EventKind.statistics);
    body.varint(connection);
    body.uint8(known ? 1 : 0);
    body.float64(statistics.rttMs);
    body.float64(statistics.inBytesPerSecond);
    body.float64(statistics.outBytesPerSecond);
    body.float64(statistics.pendingBytes);
    this.#commit();
  }

  random(value: number): void {
    this.#writer.begin(EventKind.random).float64(value);
    this.#commit();
  }

  /** Hands on everything: for the case that no frame follows. */
  flush(): void {
    this.#writer.flush();
    this.#tellProblem();
  }

  /** Nothing is recorded any more. Does nothing the second time. */
  end(reason: EndReason = "stopped"): void {
    this.#writer.end(reason);
    this.#tellProblem();
  }

  #commit(): void {
    this.#writer.commit();
  }

  #tellProblem(): void {
    const { problem } = this.#writer;
    if (problem === "" || this.#told) return;
    this.#told = true;
    this.#log(problem);
  }
}
