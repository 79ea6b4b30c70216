/**
 * Which frames have so much to do for the network that whatever may come a frame later waits: those with a snapshot. Never two in succession, so that
 * nothing waits for long on a slow machine, whose every frame brings one.
 */
export class FramePace {
  /** Of the frame that began last. */
  busy = false;
  #snapshots = 0;

  /** `snapshots`: how many have come so far. */
  begin(snapshots: number): void {
    this.busy = snapshots !== this.#snapshots && !this.busy;
    this.#snapshots = snapshots;
  }
}
