import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Frees what nothing refers to any more, so that memory can be compared with that of another moment. Works in Node and in Godot's V8. */
export function collectGarbage(): void {
  collect ??= exposedCollector();
  // What the first pass finalizes, the second one frees.
  collect();
  collect();
}

function exposedCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("gc");
  if (typeof found !== "function") throw new Error("expected V8 to hand out its garbage collector, it did not");
  return () => void found();
}
