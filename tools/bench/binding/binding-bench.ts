import { runEngineBench } from "../engine-bench.ts";
import { measureStart } from "./measure-start.ts";

/** The binding beside typed GDScript in one process, and what it costs an engine to start with it. Resolves with one JSON line. */
export async function runBindingBench(): Promise<string> {
  const calls = JSON.parse(await runEngineBench("res://tests/bench/engine/binding.tscn")) as Record<string, unknown>;
  const start = Object.entries(await measureStart()).map(([name, value]) => [name, Math.round(value * 10) / 10]);
  return JSON.stringify({ ...calls, ...Object.fromEntries(start) });
}
