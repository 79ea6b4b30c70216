/** What an engine process holds at one moment. Counts are those of Godot's performance monitors. */
export interface EngineSample {
  /** Since the scene was there. */
  seconds: number;
  /** Resident memory of the process. */
  rssMb: number;
  /** What is in no file, resident or swapped out: the system takes resident pages away when it likes, and this counts them all. */
  ownMb: number;
  /** Of JavaScript. */
  heapUsedMb: number;
  /** What V8 keeps ready for new objects: where it grows late, so does the resident memory. */
  youngMb: number;
  /** Of the engine's own allocator. */
  staticMb: number;
  objects: number;
  nodes: number;
  /** Nodes in no tree. */
  orphans: number;
  resources: number;
}

const KEYS: readonly (keyof EngineSample)[] = [
  ...(["seconds", "rssMb", "ownMb", "heapUsedMb", "youngMb", "staticMb"] as const),
  ...(["objects", "nodes", "orphans", "resources"] as const),
];

/** The sample in a line of the engine's output, if there is one. */
export function readSample(line: string): EngineSample | undefined {
  if (!line.startsWith("soak {")) return undefined;
  let parsed: Partial<Record<keyof EngineSample, unknown>>;
  try {
    parsed = JSON.parse(line.slice("soak ".length));
  } catch {
    return undefined;
  }
  return KEYS.every((key) => typeof parsed[key] === "number") ? (parsed as EngineSample) : undefined;
}
