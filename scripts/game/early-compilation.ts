import { setFlagsFromString } from "node:v8";

/**
 * V8 compiles what has run 400 times, and well only what has run 3000 times: that is made for code that runs a thousand times a second. What a game does
 * once in a frame would be interpreted for seconds and have its best form after a minute, and all of a frame finds the processor's caches empty: the
 * smaller its code, the sooner it is there.
 */
const FLAGS = [
  "--invocation-count-for-maglev=100",
  "--invocation-count-for-turbofan=400",
  "--minimum-invocations-after-ic-update=100",
] as const;

/** From now on what runs once in a frame is compiled within seconds. For the whole process. */
export function compileEarly(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}
