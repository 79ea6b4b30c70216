import { Capability } from "../../protocol/capability.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import { GameClient, type GameClientOptions } from "../game-client.ts";
import type { InputSample } from "../input-sample.ts";
import { describeHash, EventDescriber } from "./describe-event.ts";
import type { EventOf, RecordedEvent, RecordedStart, RecordedZone, ZoneAnswer } from "./recorded-event.ts";
import { RecordedTransport } from "./recorded-transport.ts";
import type { Recording } from "./recording.ts";
import { type ReplayDifference, ReplayTape } from "./replay-tape.ts";
import { STATE_PARTS, StateHasher } from "./state-hash.ts";

/** Where a replay stands: after a frame; where a zone is on its way, so that the event loop must turn before it goes on; at its end. */
export type ReplayStep = "frame" | "waits" | "ended";

export interface ReplayOptions {
  /** Zone files that are not in the recording, by the hash of their bytes. */
  findZone?: (name: string, hash: string) => Uint8Array | undefined;
  /** Makes the client; a plain `GameClient` without it. Another one shows whether a fault is found. */
  makeClient?: (options: GameClientOptions) => GameClient;
  /** What was fought by; without it, nothing of fights is played again. */
  combat?: CombatData;
  log?: (line: string) => void;
}

/** Why a recording cannot be replayed here, though it can be read. */
export class ReplayProblem extends Error {
  override readonly name = "ReplayProblem";
}

interface Question {
  resolve: (bytes: Uint8Array) => void;
  reject: (reason: Error) => void;
}

/**
 * Plays a recording again: a client of the game gets what the recorded one got, call by call, and all that it does is compared with what that one
 * did. It goes on after a difference, as well as it can.
 */
export class Replay {
  readonly client: GameClient;
  readonly #recording: Recording;
  readonly #options: ReplayOptions;
  readonly #tape: ReplayTape;
  readonly #describer = new EventDescriber();
  readonly #transport: RecordedTransport;
  readonly #hasher = new StateHasher();
  readonly #questions: (Question | undefined)[] = [];
  #lastFrame: EventOf<"frame"> | undefined;
  #problem: ReplayProblem | undefined;
  /** States that were compared. */
  statesCompared = 0;

  constructor(recording: Recording, options: ReplayOptions = {}) {
    this.#recording = recording;
    this.#options = options;
    this.#tape = new ReplayTape(recording);
    this.#transport = new RecordedTransport(this.#tape, this.#describer);
    const make = options.makeClient ?? ((clientOptions) => new GameClient(clientOptions));
    this.client = make({
      ...clientOptions(recording.start),
      transport: this.#transport,
      loadZone: (zone) => this.#loadZone(zone),
      random: () => this.#random(),
      ...(options.combat && { combat: options.combat }),
      ...(options.log && { log: options.log }),
    });
  }

  get seconds(): number {
    return this.#tape.seconds;
  }

  get frames(): number {
    return this.#tape.frames;
  }

  /** Number of the next event. */
  get event(): number {
    return this.#tape.number;
  }

  get packetsCompared(): number {
    return this.#transport.packetsCompared;
  }

  get differences(): number {
    return this.#tape.differences;
  }

  get firstDifference(): ReplayDifference | undefined {
    return this.#tape.firstDifference;
  }

  /** The input of the last frame. */
  get input(): Readonly<InputSample> | undefined {
    return this.#lastFrame?.input;
  }

  /** Goes on to the end of the next frame. Throws `ReplayProblem` when something is missing that the recording refers to. */
  step(): ReplayStep {
    for (;;) {
      const event = this.#tape.take();
      if (event === undefined) return "ended";
      const stop = this.#play(event);
      // The client takes it for a fault of its own.
      if (this.#problem !== undefined) throw this.#problem;
      if (stop !== undefined) return stop;
    }
  }

  /** Goes on to the end, letting the event loop turn where a zone is waited for, and at least every `sliceFrames` frames. */
  async run(sliceFrames = Number.POSITIVE_INFINITY): Promise<void> {
    let left = sliceFrames;
    for (let step = this.step(); step !== "ended"; step = this.step()) {
      left -= 1;
      if (step === "frame" && left > 0) continue;
      left = sliceFrames;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #play(event: RecordedEvent): ReplayStep | undefined {
    switch (event.kind) {
      case "start":
      case "zonePart":
      case "unknown":
        return undefined;
      case "connect":
        this.client.connect({ address: event.address, name: event.name });
        return undefined;
      case "intent":
        this.client.act(event.intent);
        return undefined;
      case "disconnect":
        this.client.disconnect();
        return undefined;
      case "dispose":
        this.client.dispose();
        return undefined;
      case "frame":
        this.#lastFrame = event;
        this.client.update(event.nowMs, event.input);
        this.#compareState();
        return "frame";
      case "stateHash":
        this.#compareHash(event);
        return undefined;
      case "zoneCame":
        this.#zoneCame(event);
        return "waits";
      case "end":
        return undefined;
      case "opened":
      case "received":
      case "closed":
      case "dialled":
      case "sent":
      case "hungUp":
      case "statistics":
      case "random":
      case "zoneAsked":
        this.#tape.differ(whatOf(event.kind), this.#describer.describe(event), "nothing of the kind");
        return undefined;
    }
  }

  /** The hash of a frame stands behind it. */
  #compareState(): void {
    const event = this.#tape.takeIf("stateHash");
    if (event !== undefined) this.#compareHash(event);
  }

  #compareHash({ hash }: EventOf<"stateHash">): void {
    this.#hasher.take(this.client);
    this.statesCompared += 1;
    const got = this.#hasher.hash;
    const parts = STATE_PARTS.filter((part) => hash[part] !== got[part]);
    if (parts.length > 0) this.#tape.differ(`state: ${parts.join(", ")}`, describeHash(hash), describeHash(got));
  }

  #random(): number {
    const recorded = this.#tape.takeIf("random");
    if (recorded !== undefined) return recorded.value;
    this.#tape.differ("random number", this.#describeNext(), "draws a random number", true);
    return 0.5;
  }

  #loadZone(zone: string): Uint8Array | Promise<Uint8Array> {
    const recorded = this.#tape.takeIf("zoneAsked");
    if (recorded === undefined) {
      this.#tape.differ("zone", this.#describeNext(), `asks for zone "${zone}"`, true);
      throw new Error("the recorded client asked for no zone here");
    }
    if (recorded.zone !== zone) this.#tape.differ("zone", recorded.zone, zone);
    const { answer } = recorded;
    const asked = this.#questions.length;
    this.#questions.push(undefined);
    if (answer.how !== "later") return this.#answer(answer, zone);
    return new Promise((resolve, reject) => {
      this.#questions[asked] = { resolve, reject };
    });
  }

  #zoneCame({ asked, answer }: EventOf<"zoneCame">): void {
    const question = this.#questions[asked];
    if (question === undefined) {
      this.#tape.differ("zone", `an answer to question ${asked} for a zone`, "no such question");
      return;
    }
    if (answer.how === "failed") question.reject(new Error(answer.reason));
    else question.resolve(this.#zoneBytes("", answer.zone));
  }

  #answer(answer: Exclude<ZoneAnswer, { how: "later" }>, name: string): Uint8Array {
    if (answer.how === "failed") throw new Error(answer.reason);
    return this.#zoneBytes(name, answer.zone);
  }

  #zoneBytes(name: string, { hash, bytes }: RecordedZone): Uint8Array {
    const found = this.#recording.zones.get(hash) ?? this.#options.findZone?.(name, hash);
    if (found !== undefined) return found;
    this.#problem = new ReplayProblem(
      `expected the file of zone "${name}" with ${bytes} bytes and hash ${hash}, which is not in the recording and not here: ` +
        "take the code and the zones that it was recorded with, or name the file with --zone FILE",
    );
    throw this.#problem;
  }

  #describeNext(): string {
    const { next } = this.#tape;
    return next === undefined ? "nothing: the recording ends" : this.#describer.describe(next);
  }
}

function clientOptions(start: RecordedStart): Omit<GameClientOptions, "transport" | "loadZone" | "random"> {
  const { clientBuild, platform, protocolMinor, capabilities, followsOthers } = start;
  const known = Object.values(Capability).filter((name) => capabilities?.includes(name));
  return {
    clientBuild,
    ...(platform !== undefined && { platform }),
    ...(protocolMinor !== undefined && { protocolMinor }),
    ...(capabilities && { capabilities: known }),
    ...(followsOthers !== undefined && { followsOthers }),
  };
}

function whatOf(kind: RecordedEvent["kind"]): string {
  return kind === "sent" ? "packet" : kind;
}
