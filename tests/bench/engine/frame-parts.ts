import { SteadyWork } from "./steady-work.ts";
import { ThreadClock } from "./thread-clock.ts";

/** A method of a class whose time is that of a part of the frame. */
export interface TimedMethod {
  readonly part: string;
  readonly of: { readonly prototype: object };
  readonly method: string;
}

/** What a frame had to do, by which frames are told apart. */
export interface FrameCause {
  readonly snapshot: boolean;
  readonly events: number;
}

interface Frame extends FrameCause {
  readonly us: Float64Array;
  readonly allUs: number;
}

/** Share of the frames that are looked at as the worst. */
const WORST_SHARE = 0.03;
/** What is in no method that is timed: of all `_process`, and of the queue of what they put off. */
const OUTSIDE = ["everything else", "everything else, put off"] as const;
const QUANTILES = [0.01, 0.5, 0.9, 0.97, 0.99] as const;

/**
 * Where the processor time of a frame goes: each part has the time that passes in its methods and in no other one that is timed. To wrap them costs time
 * itself, some 4 microseconds for each call in a frame, most of it the clock's.
 */
export class FrameParts {
  readonly #clock = new ThreadClock();
  readonly #steady = new SteadyWork(this.#clock);
  readonly #names: string[] = [...OUTSIDE];
  readonly #frames: Frame[] = [];
  #us = new Float64Array(OUTSIDE.length);
  #section = 0;
  #current = 0;
  #sinceMs = 0.5;
  #running = false;

  /** Before anything is made of these classes. Methods of the same part add up. */
  time(methods: readonly TimedMethod[]): void {
    for (const { part, of, method } of methods) this.#wrap(of.prototype as Record<string, unknown>, method, part);
    this.#us = new Float64Array(this.#names.length);
  }

  /** From now on, between two frames: what came before was to warm up. */
  start(): void {
    this.#frames.length = 0;
    this.#steady.forget();
  }

  /** A section of the frame begins: all `_process`, then the queue of what they put off. */
  begin(): void {
    if (this.#section === 0) this.#steady.run();
    this.#running = true;
    this.#current = this.#section;
    this.#sinceMs = this.#clock.nowMs();
  }

  end(): void {
    this.#pass(0);
    this.#running = false;
    this.#section += 1;
  }

  /** Both sections are over. */
  close({ snapshot, events }: FrameCause): void {
    const us = this.#us.slice();
    this.#us.fill(0);
    this.#section = 0;
    this.#frames.push({ snapshot, events, us, allUs: us.reduce((sum, part) => sum + part, 0) });
  }

  /** Lines for people: microseconds of each part in frames of each kind, means. */
  report(): string[] {
    const frames = this.#frames;
    const worst = [...frames].sort((a, b) => b.allUs - a.allUs).slice(0, Math.ceil(frames.length * WORST_SHARE));
    const kinds: readonly (readonly [name: string, of: readonly Frame[]])[] = [
      ["nothing", frames.filter(({ snapshot, events }) => !snapshot && events === 0)],
      ["events", frames.filter(({ snapshot, events }) => !snapshot && events > 0)],
      ["snapshot", frames.filter(({ snapshot }) => snapshot)],
      ["all", frames],
      ["worst 3 %", worst],
    ];
    const row = (name: string, of: (frames: readonly Frame[]) => number) =>
      name.padEnd(26) + kinds.map(([, some]) => of(some).toFixed(0).padStart(10)).join("");
    const steady = this.#steady.quantiles(QUANTILES).map((us) => us.toFixed(0));
    return [
      "frames that bring".padEnd(26) + kinds.map(([name]) => name.padStart(10)).join(""),
      row("frames", (some) => some.length),
      row("with a snapshot, %", (some) => 100 * mean(some, ({ snapshot }) => (snapshot ? 1 : 0))),
      row("events in ten", (some) => 10 * mean(some, ({ events }) => events)),
      row("all parts", (some) => mean(some, ({ allUs }) => allUs)),
      ...this.#names.map((name, part) => row(name, (some) => mean(some, ({ us }) => us[part] ?? 0))),
      `the same work each time, quantiles ${QUANTILES.join(" ")}: ${steady.join(" ")}`,
    ];
  }

  #wrap(of: Record<string, unknown>, method: string, name: string): void {
    const inner = of[method];
    if (typeof inner !== "function") throw new Error(`${name}: expected a method ${method}, got ${typeof inner}`);
    const known = this.#names.indexOf(name);
    const part = known >= 0 ? known : this.#names.push(name) - 1;
    const pass = (to: number) => this.#pass(to);
    of[method] = function timed(this: unknown, a: unknown, b: unknown, c: unknown, d: unknown): unknown {
      const before = pass(part);
      const result: unknown = inner.call(this, a, b, c, d);
      pass(before);
      return result;
    };
  }

  /** What passed goes to the part that was current, which is returned. */
  #pass(to: number): number {
    const before = this.#current;
    if (!this.#running) return before;
    const nowMs = this.#clock.nowMs();
    this.#us[before] = (this.#us[before] ?? 0) + (nowMs - this.#sinceMs) * 1000;
    this.#sinceMs = nowMs;
    this.#current = to;
    return before;
  }
}

function mean(frames: readonly Frame[], of: (frame: Frame) => number): number {
  return frames.reduce((sum, frame) => sum + of(frame), 0) / Math.max(frames.length, 1);
}
