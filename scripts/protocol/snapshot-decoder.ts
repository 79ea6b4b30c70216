import type { ByteBuffer } from "flatbuffers";
import type { DecodeFailure } from "./decode-error.ts";
import { EntityState } from "./generated/wire/entity-state.ts";
import { OwnState as WireOwnState } from "./generated/wire/own-state.ts";
import { Snapshot as SnapshotTable } from "./generated/wire/snapshot.ts";
import { AnimationState, type OwnState, type Snapshot } from "./messages.ts";
import { MAX_POSITION_STEPS, MAX_VELOCITY_STEPS, OWN_STATE_GROUNDED } from "./wire-limits.ts";

const ENTITY_BYTES = EntityState.sizeOf();

/** Fills a `Snapshot` from a body that has been verified. Allocates nothing. */
export class SnapshotDecoder {
  readonly #body: ByteBuffer;
  readonly #failure: DecodeFailure;
  readonly #table = new SnapshotTable();
  readonly #own = new WireOwnState();
  readonly #entity = new EntityState();

  constructor(body: ByteBuffer, failure: DecodeFailure) {
    this.#body = body;
    this.#failure = failure;
  }

  /** `out` has room for as many entities as the verifier lets pass. */
  decode(out: Snapshot): boolean {
    const table = SnapshotTable.getRootAsSnapshot(this.#body, this.#table);
    out.entityCount = 0;
    out.serverTick = table.serverTick();
    out.ackInputTick = table.ackInputTick();
    out.inputBufferTicks = table.inputBufferTicks();
    if (out.serverTick === 0) return this.#failure.set("out_of_range", "Snapshot.server_tick", "1 or more", 0);
    const own = table.own(this.#own);
    if (own === null) return this.#failure.set("missing_field", "Snapshot.own", "the field", "none");
    if (!this.#readOwn(own, out.own)) return false;
    const count = table.entitiesLength();
    const first = table.entities(0, this.#entity)?.bb_pos ?? 0;
    for (let i = 0; i < count; i++) {
      // One look-up of the vector for all: `entities(i)` would make one for each.
      if (!this.#readEntity(this.#entity.__init(first + i * ENTITY_BYTES, this.#body), out, i)) return false;
    }
    out.entityCount = count;
    return true;
  }

  #readOwn(wire: WireOwnState, out: OwnState): boolean {
    out.x = wire.x();
    out.y = wire.y();
    out.z = wire.z();
    out.vx = wire.vx();
    out.vy = wire.vy();
    out.vz = wire.vz();
    out.yaw = wire.yaw();
    out.grounded = (wire.stateBits() & OWN_STATE_GROUNDED) !== 0;
    out.airTicks = wire.airTicks();
    out.jumpCooldownTicks = wire.jumpCooldownTicks();
    return (
      this.#within(out.x, MAX_POSITION_STEPS, "OwnState.x") &&
      this.#within(out.y, MAX_POSITION_STEPS, "OwnState.y") &&
      this.#within(out.z, MAX_POSITION_STEPS, "OwnState.z") &&
      this.#within(out.vx, MAX_VELOCITY_STEPS, "OwnState.vx") &&
      this.#within(out.vy, MAX_VELOCITY_STEPS, "OwnState.vy") &&
      this.#within(out.vz, MAX_VELOCITY_STEPS, "OwnState.vz")
    );
  }

  #readEntity(wire: EntityState, out: Snapshot, i: number): boolean {
    const id = wire.entityId();
    const x = wire.x();
    const y = wire.y();
    const z = wire.z();
    const animation = wire.animation();
    out.entityId[i] = id;
    out.x[i] = x;
    out.y[i] = y;
    out.z[i] = z;
    out.yaw[i] = wire.yaw();
    out.animation[i] = animation <= AnimationState.fall ? animation : AnimationState.idle;
    if (id === 0) return this.#failure.set("out_of_range", "EntityState.entity_id", "1 or more", id);
    return (
      this.#within(x, MAX_POSITION_STEPS, "EntityState.x") &&
      this.#within(y, MAX_POSITION_STEPS, "EntityState.y") &&
      this.#within(z, MAX_POSITION_STEPS, "EntityState.z")
    );
  }

  #within(value: number, limit: number, subject: string): boolean {
    if (value >= -limit && value <= limit) return true;
    return this.#failure.set("out_of_range", subject, `-${limit} to ${limit}`, value);
  }
}
