import type { GameClient } from "../game-client.ts";
import type { Telemetry } from "../telemetry.ts";

/** What a client has come to, as a number of 32 bits per part, so that a difference says where it is. */
export interface StateHash {
  connection: number;
  own: number;
  remotes: number;
  counters: number;
}

export const STATE_PARTS = ["connection", "own", "remotes", "counters"] as const satisfies readonly (keyof StateHash)[];

/** Those that follow from what came in; who measures a client from outside resets others at will. */
const COUNTERS = [
  "rttMs",
  "jitterMs",
  "lossUp",
  "lossDown",
  "snapshotsReceived",
  "refusedDifferences",
  "packetsIn",
  "packetsOut",
  "bytesIn",
  "bytesOut",
  "malformed",
  "duplicates",
  "stale",
  "wrongEpoch",
  "unexpected",
  "featureProblems",
  "corrections",
  "pushes",
  "teleports",
  "ticks",
  "replayedTicks",
  "ticksSkipped",
  "tickLead",
  "timeScale",
  "inputCopies",
  "commandsInFlight",
  "interpolationDelayMs",
  "underruns",
  "connectionsLost",
] as const satisfies readonly (keyof Telemetry)[];

const FNV_PRIME = 0x0100_0193;
const FNV_OFFSET = 0x811c_9dc5;

/** FNV-1a over the halves of doubles: every bit of a number counts. */
class NumberHash {
  readonly #double = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#double.buffer);
  #value = FNV_OFFSET;

  begin(): void {
    this.#value = FNV_OFFSET;
  }

  get value(): number {
    return this.#value >>> 0;
  }

  add(value: number): void {
    // The bits of a NaN depend on how it came about.
    this.#double[0] = Number.isNaN(value) ? Number.NaN : value;
    this.#mix(this.#halves[0] ?? 0);
    this.#mix(this.#halves[1] ?? 0);
  }

  addText(text: string): void {
    this.add(text.length);
    for (let i = 0; i < text.length; i += 1) this.#mix(text.charCodeAt(i));
  }

  #mix(word: number): void {
    const mixed = Math.imul(this.#value ^ word, FNV_PRIME);
    // A product carries changes upwards only: the upper half is brought down.
    this.#value = mixed ^ (mixed >>> 15);
  }
}

/** Hashes what a client shows: exact to the last bit, so equal only for the same code on the same V8. Allocates nothing. */
export class StateHasher {
  readonly hash: StateHash = { connection: 0, own: 0, remotes: 0, counters: 0 };
  readonly #numbers = new NumberHash();

  /** Fills `hash`. */
  take(client: GameClient): void {
    this.hash.connection = this.#connection(client);
    this.hash.own = this.#own(client);
    this.hash.remotes = this.#remotes(client);
    this.hash.counters = this.#counters(client);
  }

  #connection({ connection }: GameClient): number {
    const numbers = this.#numbers;
    numbers.begin();
    numbers.addText(connection.state.kind);
    numbers.add(connection.revision);
    return numbers.value;
  }

  #own({ own }: GameClient): number {
    const numbers = this.#numbers;
    numbers.begin();
    numbers.add(own.present ? 1 : 0);
    numbers.add(own.entityId);
    numbers.add(own.x);
    numbers.add(own.y);
    numbers.add(own.z);
    numbers.add(own.vx);
    numbers.add(own.vy);
    numbers.add(own.vz);
    numbers.add(own.yawRadians);
    numbers.add(own.pitchRadians);
    numbers.add(own.grounded ? 1 : 0);
    numbers.add(own.animation);
    numbers.add(own.errorMeters);
    numbers.add(own.serverX);
    numbers.add(own.serverY);
    numbers.add(own.serverZ);
    return numbers.value;
  }

  #remotes({ remotes }: GameClient): number {
    const numbers = this.#numbers;
    numbers.begin();
    numbers.add(remotes.count);
    numbers.add(remotes.revision);
    for (let i = 0; i < remotes.count; i += 1) {
      numbers.add(remotes.entityId[i] ?? 0);
      numbers.add(remotes.x[i] ?? 0);
      numbers.add(remotes.y[i] ?? 0);
      numbers.add(remotes.z[i] ?? 0);
      numbers.add(remotes.yaw[i] ?? 0);
      numbers.add(remotes.speed[i] ?? 0);
      numbers.add(remotes.animation[i] ?? 0);
      numbers.add(remotes.alpha[i] ?? 0);
    }
    return numbers.value;
  }

  #counters({ telemetry }: GameClient): number {
    const numbers = this.#numbers;
    numbers.begin();
    for (const name of COUNTERS) numbers.add(telemetry[name]);
    return numbers.value;
  }
}
