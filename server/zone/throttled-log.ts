/** Takes one line of log. */
export type LogLine = (line: string) => void;

/**
 * Lets at most one line per kind and second through, and says with the next one how many were held back, so that a
 * flood of bad packets does not become a flood of log lines.
 */
export class ThrottledLog {
  #kinds = new Map<string, { nextAtMs: number; heldBack: number }>();

  constructor(
    private readonly write: LogLine,
    private readonly nowMs: () => number,
    private readonly intervalMs = 1000,
  ) {}

  line(kind: string, text: () => string): void {
    let state = this.#kinds.get(kind);
    if (state === undefined) {
      state = { nextAtMs: Number.NEGATIVE_INFINITY, heldBack: 0 };
      this.#kinds.set(kind, state);
    }
    const now = this.nowMs();
    if (now < state.nextAtMs) {
      state.heldBack += 1;
      return;
    }
    const more = state.heldBack > 0 ? ` (and ${state.heldBack} more like it)` : "";
    state.nextAtMs = now + this.intervalMs;
    state.heldBack = 0;
    this.write(text() + more);
  }
}
