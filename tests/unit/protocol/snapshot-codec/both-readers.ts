import { expect } from "vitest";
import type { Terrain } from "../../../../scripts/protocol/snapshot-codec/motion-prediction.ts";
import { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { type Reading, ReferenceReader } from "../../../reference/snapshot-reader.ts";
import { updatedEntities } from "./random-world.ts";

const NOTHING = { tick: 0, shown: [], left: [] };

/** The real receiver and the one that was written from the specification, which must never disagree. */
export class BothReaders {
  readonly real: SnapshotReceiver;
  readonly reference: ReferenceReader;
  /** How often each verdict was given; "" is a packet that was taken. */
  readonly verdicts = new Map<string, number>();

  constructor(slots: number, terrain?: Terrain) {
    this.real = new SnapshotReceiver(slots, terrain);
    this.reference = new ReferenceReader(slots, terrain && ((x, z) => terrain.heightSteps(x, z)));
  }

  /** Returns whether the packet was taken. Fails when the two took it differently. */
  read(bytes: Uint8Array, hint: string): boolean {
    const { real, reference } = this;
    real.decode(bytes);
    const reading = reference.read(bytes);
    this.verdicts.set(real.error, (this.verdicts.get(real.error) ?? 0) + 1);
    // [S9] What a packet that ends too early says after its end is not fixed, but that it is refused.
    const isOpen = !reading.taken && reading.open && real.error !== "";
    if (isOpen) reference.keyframeNeeded = real.keyframeNeeded;
    const found = this.foundByReference(reading, isOpen ? real.error : "");
    const expected = this.foundByReal();
    // `toEqual` is slow, and nearly all are equal.
    if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found, hint).toEqual(expected);
    return reading.taken;
  }

  private foundByReference(reading: Reading, openError: string) {
    const { keyframeNeeded, visible } = this.reference;
    const state = { keyframeNeeded, visible: [...visible] };
    if (!reading.taken) return { error: openError || reading.error, ...state, ...NOTHING };
    const { tick, shown, left } = reading;
    const slots = shown.map(({ slot }) => slot);
    return { error: "", ...state, tick, shown: slots, states: shown.map((record) => record.state), left };
  }

  private foundByReal() {
    const { real } = this;
    const { update, error, keyframeNeeded } = real;
    const visible = Array.from(real.entities.id, (id, slot) => [slot, id >>> 0]).filter(([, id]) => id !== 0);
    const state = { error, keyframeNeeded, visible };
    if (error !== "") return { ...state, ...NOTHING };
    const shown = Array.from(update.slot.subarray(0, update.count));
    const left = Array.from(update.leftEntityId.subarray(0, update.leftCount));
    return { ...state, tick: update.tick, shown, states: updatedEntities(real), left };
  }
}
