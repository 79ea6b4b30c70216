import { Node } from "godot";

const LEAK_BYTES = 3 * 1024 * 1024;
const kept: Uint8Array[] = [];

/** Leaks on purpose, ten times a second, where a test asks for it: a soak that does not find it is worth nothing. */
export function plantLeak(): void {
  const leak = process.env.DARKAGES_SOAK_LEAK;
  if (leak === "nodes") new Node();
  else if (leak === "memory") kept.push(new Uint8Array(LEAK_BYTES).fill(1));
}
