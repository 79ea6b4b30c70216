import { EventClock } from "./event-clock.ts";
import type { EventOf, RecordedEvent } from "./recorded-event.ts";
import type { Recording } from "./recording.ts";

/** What a replayed client did otherwise than the recorded one. */
export interface ReplayDifference {
  /** Number of the event at which it shows, as the event list has it. */
  event: number;
  /** Time of it, seconds of play, and the frame, counted from 0. */
  seconds: number;
  frame: number;
  /** What differs, such as "packet" or "state". */
  what: string;
  expected: string;
  got: string;
}

/** The events of a recording, in the order in which a replayed client must come past them. Notes where it does not. */
export class ReplayTape {
  readonly #reader;
  readonly #clock = new EventClock();
  #next: RecordedEvent | undefined;
  /** Numbers of the next event, and of the one before. */
  #number = -1;
  #lastTaken = -1;
  /** Frames taken so far. */
  frames = 0;
  differences = 0;
  firstDifference: ReplayDifference | undefined;

  constructor(recording: Recording) {
    this.#reader = recording.read();
    this.#advance();
  }

  get next(): RecordedEvent | undefined {
    return this.#next;
  }

  /** Number of the next event. */
  get number(): number {
    return this.#number;
  }

  /** Seconds of play at the last frame that was taken. */
  get seconds(): number {
    return this.#clock.seconds;
  }

  /** The next event, which is used up by that. */
  take(): RecordedEvent | undefined {
    const event = this.#next;
    if (event !== undefined) this.#advance();
    if (event?.kind === "frame") {
      this.frames += 1;
      this.#clock.advance(event.nowMs);
    }
    return event;
  }

  /** The next event if it is of a kind; otherwise it stays. */
  takeIf<K extends RecordedEvent["kind"]>(kind: K): EventOf<K> | undefined {
    const event = this.#next;
    if (event === undefined || !isOf(event, kind)) return undefined;
    this.take();
    return event;
  }

  /** A difference at the event that was taken last, or, `atNext`, at the next one. */
  differ(what: string, expected: string, got: string, atNext = false): void {
    this.differences += 1;
    this.firstDifference ??= {
      event: atNext ? this.#number : this.#lastTaken,
      seconds: Number(this.seconds.toFixed(3)),
      frame: Math.max(this.frames - 1, 0),
      what,
      expected,
      got,
    };
  }

  /** Parts of zone files were read before. What a later version recorded is of no use here. */
  #advance(): void {
    this.#lastTaken = this.#number;
    do {
      this.#next = this.#reader.next();
      this.#number = this.#next === undefined ? this.#reader.number + 1 : this.#reader.number;
    } while (this.#next?.kind === "zonePart" || this.#next?.kind === "unknown");
  }
}

function isOf<K extends RecordedEvent["kind"]>(event: RecordedEvent, kind: K): event is EventOf<K> {
  return event.kind === kind;
}
