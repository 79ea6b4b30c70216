/** Something that happens at a point in virtual time. */
interface Delivery<T> {
  atMs: number;
  /** Breaks ties: what was pushed first comes first. */
  order: number;
  item: T | undefined;
}

/** Items in the order of their time, then of their insertion: a binary heap. Allocates only while it grows. */
export class DeliveryQueue<T> {
  private readonly heap: Delivery<T>[] = [];
  private readonly spare: Delivery<T>[] = [];
  private nextOrder = 0;

  get length(): number {
    return this.heap.length;
  }

  /** Time of the earliest item; infinite when there is none. */
  get nextAtMs(): number {
    return this.heap[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  push(atMs: number, item: T): void {
    const added = this.spare.pop() ?? { atMs, order: 0, item };
    added.atMs = atMs;
    added.order = this.nextOrder++;
    added.item = item;
    let index = this.heap.push(added) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.heap[parentIndex];
      if (!parent || isBefore(parent, added)) break;
      this.heap[index] = parent;
      index = parentIndex;
    }
    this.heap[index] = added;
  }

  /** Takes the earliest item that is due at `nowMs`; `undefined` when there is none. */
  takeDue(nowMs: number): T | undefined {
    const first = this.heap[0];
    if (!first || first.atMs > nowMs) return undefined;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) this.sinkFromTop(last);
    const { item } = first;
    first.item = undefined;
    this.spare.push(first);
    return item;
  }

  /** The earliest item, if it is due at `nowMs`, without taking it. */
  peekDue(nowMs: number): T | undefined {
    const first = this.heap[0];
    return first && first.atMs <= nowMs ? first.item : undefined;
  }

  clear(): void {
    this.heap.length = 0;
  }

  private sinkFromTop(moved: Delivery<T>): void {
    let index = 0;
    for (;;) {
      const leftIndex = index * 2 + 1;
      const left = this.heap[leftIndex];
      if (!left) break;
      const right = this.heap[leftIndex + 1];
      const takeRight = right !== undefined && isBefore(right, left);
      const child = takeRight ? right : left;
      if (isBefore(moved, child)) break;
      this.heap[index] = child;
      index = takeRight ? leftIndex + 1 : leftIndex;
    }
    this.heap[index] = moved;
  }
}

function isBefore<T>(a: Delivery<T>, b: Delivery<T>): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
