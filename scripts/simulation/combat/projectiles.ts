/** On the way at once, in a zone. When there are more, the next one hits at once. */
const MAX_PROJECTILES = 2048;

/** What is in flight, in the order of launching. Fixed memory. */
export class Projectiles {
  count = 0;
  /** Index of the ability. */
  readonly ability = new Uint8Array(MAX_PROJECTILES);
  readonly source = new Uint32Array(MAX_PROJECTILES);
  readonly target = new Uint32Array(MAX_PROJECTILES);
  /** Server tick. */
  readonly arrivalTick = new Float64Array(MAX_PROJECTILES);

  /** Whether there was room. */
  launch(ability: number, source: number, target: number, arrivalTick: number): boolean {
    const at = this.count;
    if (at === MAX_PROJECTILES) return false;
    this.count = at + 1;
    this.ability[at] = ability;
    this.source[at] = source;
    this.target[at] = target;
    this.arrivalTick[at] = arrivalTick;
    return true;
  }

  /** Takes out those that have arrived, and keeps the order of the others. Call after having looked at all of them. */
  dropArrived(tick: number): void {
    let kept = 0;
    for (let at = 0; at < this.count; at += 1) {
      if ((this.arrivalTick[at] ?? 0) <= tick) continue;
      this.ability[kept] = this.ability[at] ?? 0;
      this.source[kept] = this.source[at] ?? 0;
      this.target[kept] = this.target[at] ?? 0;
      this.arrivalTick[kept] = this.arrivalTick[at] ?? 0;
      kept += 1;
    }
    this.count = kept;
  }
}
