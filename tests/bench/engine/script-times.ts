import { PerformanceObserver } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { ThreadClock } from "./thread-clock.ts";

/** Sections of a frame in which scripts run: all `_process`, and the queue of what they put off. */
const SECTIONS = 2;

/**
 * What scripts take of each frame: processor time of their thread, time of day, and heap. Pauses of the collector count to their frame wherever in
 * it they are: garbage is made by scripts.
 */
export class ScriptTimes {
  /** By frame, milliseconds and bytes. */
  readonly cpuMs: number[] = [];
  readonly wallMs: number[] = [];
  readonly allocatedBytes: number[] = [];
  /** Of the collector, over all frames. */
  pausesMs = 0;
  readonly #clock = new ThreadClock();
  readonly #observer: PerformanceObserver;
  /** Begin and end of the sections, `performance.now()`, by frame and section. */
  readonly #spans: number[] = [];
  readonly #pauses: { atMs: number; ms: number }[] = [];
  #cpuFrom = 0;
  #wallFrom = 0;
  #heapFrom = 0;
  #cpu = 0;
  #wall = 0;
  #heap = 0;
  #heapReading = 0;
  #sections = 0;

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) this.#pauses.push({ atMs: startTime, ms: duration });
    });
    this.#heapReading = Math.min(
      ...Array.from({ length: 9 }, () => -usedHeap() + usedHeap()).filter((took) => took >= 0),
    );
  }

  /** From now on, between two frames: what came before was to warm up. */
  start(): void {
    this.#observer.observe({ entryTypes: ["gc"] });
    for (const figures of [this.cpuMs, this.wallMs, this.allocatedBytes, this.#spans]) figures.length = 0;
  }

  begin(): void {
    this.#heapFrom = usedHeap();
    this.#wallFrom = performance.now();
    this.#cpuFrom = this.#clock.nowMs();
  }

  /** The second end of a frame ends it. */
  end(): void {
    const cpu = this.#clock.nowMs();
    const wall = performance.now();
    this.#cpu += cpu - this.#cpuFrom;
    this.#wall += wall - this.#wallFrom;
    this.#heap += usedHeap() - this.#heapFrom - this.#heapReading;
    this.#spans.push(this.#wallFrom, wall);
    this.#sections += 1;
    if (this.#sections < SECTIONS) return;
    this.cpuMs.push(this.#cpu);
    this.wallMs.push(this.#wall);
    this.allocatedBytes.push(this.#heap);
    this.#sections = 0;
    this.#cpu = 0;
    this.#wall = 0;
    this.#heap = 0;
  }

  /** Adds the pauses that were outside of the sections to the frames after which they came. */
  finish(): void {
    this.#observer.disconnect();
    let span = 0;
    for (const { atMs, ms } of this.#pauses.sort((a, b) => a.atMs - b.atMs)) {
      while (span + 2 < this.#spans.length && (this.#spans[span + 2] ?? 0) <= atMs) span += 2;
      const [from = 0, to = 0] = this.#spans.slice(span, span + 2);
      if (atMs < from) continue;
      this.pausesMs += ms;
      if (atMs < to) continue;
      const frame = Math.min(Math.floor(span / 2 / SECTIONS), this.cpuMs.length - 1);
      this.cpuMs[frame] = (this.cpuMs[frame] ?? 0) + ms;
      this.wallMs[frame] = (this.wallMs[frame] ?? 0) + ms;
    }
  }
}

function usedHeap(): number {
  return getHeapStatistics().used_heap_size;
}
