import type { ConnectionState, ConnectionView } from "./connection-view.ts";

/** The one place where the connection's state is kept for the outside. */
export class ConnectionStatus implements ConnectionView {
  #state: ConnectionState = { kind: "idle" };
  #revision = 0;

  get state(): ConnectionState {
    return this.#state;
  }

  get revision(): number {
    return this.#revision;
  }

  set(state: ConnectionState): void {
    this.#state = state;
    this.#revision += 1;
  }

  /** Counts down to the next attempt; a change only when the whole second changes. */
  setSecondsToNextTry(seconds: number): void {
    const state = this.#state;
    if (state.kind === "reconnecting" && state.nextTryInSeconds !== seconds) {
      this.set({ ...state, nextTryInSeconds: seconds });
    }
  }
}
