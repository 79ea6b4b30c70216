import { mkdirSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";

const SAMPLE_US = 100;
const SAMPLE_BYTES = 256;

/** Where scripts spend their time and what they allocate, for the tools of Chrome: `.cpuprofile` and `.heapprofile`. Costs time itself. */
export class ScriptProfile {
  readonly #session = new Session();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    const session = this.#session;
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: SAMPLE_US });
    await session.post("Profiler.start");
    const all = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
    await session.post("HeapProfiler.startSampling", { samplingInterval: SAMPLE_BYTES, ...all });
  }

  async finish(): Promise<void> {
    const heap = await this.#session.post("HeapProfiler.stopSampling");
    const cpu = await this.#session.post("Profiler.stop");
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, "client.heapprofile"), JSON.stringify(heap.profile));
    writeFileSync(join(this.#folder, "client.cpuprofile"), JSON.stringify(cpu.profile));
    this.#session.disconnect();
  }
}
