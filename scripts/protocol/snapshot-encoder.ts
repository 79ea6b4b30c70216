import type { Builder, Offset } from "flatbuffers";
import { BodyTemplate } from "./body-template.ts";
import { EntityState } from "./generated/wire/entity-state.ts";
import { OwnState as WireOwnState } from "./generated/wire/own-state.ts";
import { Snapshot as SnapshotTable } from "./generated/wire/snapshot.ts";
import { AnimationState, MAX_SNAPSHOT_ENTITIES, MessageType, type OwnState, type Snapshot } from "./messages.ts";
import { type PacketHeader, writePacketHeader } from "./packet-header.ts";
import {
  MAX_POSITION_STEPS,
  MAX_UINT8,
  MAX_UINT16,
  MAX_UINT32,
  MAX_VELOCITY_STEPS,
  OWN_STATE_GROUNDED,
} from "./wire-limits.ts";
import { assertInteger } from "./wire-value.ts";

const ENTITY_BYTES = EntityState.sizeOf();

function buildLongest(builder: Builder): Offset {
  SnapshotTable.startEntitiesVector(builder, MAX_SNAPSHOT_ENTITIES);
  builder.pad(ENTITY_BYTES * MAX_SNAPSHOT_ENTITIES);
  const entities = builder.endVector();
  SnapshotTable.startSnapshot(builder);
  SnapshotTable.addOwn(builder, WireOwnState.createOwnState(builder, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  SnapshotTable.addEntities(builder, entities);
  SnapshotTable.addAckInputTick(builder, 0);
  SnapshotTable.addServerTick(builder, 0);
  SnapshotTable.addInputBufferTicks(builder, 0);
  return SnapshotTable.endSnapshot(builder);
}

/** Writes `Snapshot` packets into memory that is reused. Allocates nothing once a count of entities has been seen. */
export class SnapshotEncoder {
  readonly #template = new BodyTemplate(buildLongest);
  readonly #table = SnapshotTable.getRootAsSnapshot(this.#template.body);
  readonly #own = new WireOwnState();
  readonly #entity = new EntityState();
  readonly #entitiesAt: number;

  constructor() {
    this.#table.own(this.#own);
    this.#table.entities(0, this.#entity);
    this.#entitiesAt = this.#entity.bb_pos;
  }

  /** Throws `RangeError` on a value that the wire cannot carry. */
  encode(header: Readonly<PacketHeader>, message: Readonly<Snapshot>): Uint8Array {
    const count = message.entityCount;
    assertInteger(count, 0, MAX_SNAPSHOT_ENTITIES, "snapshot.entityCount");
    assertInteger(message.serverTick, 1, MAX_UINT32, "snapshot.serverTick");
    assertInteger(message.ackInputTick, 0, MAX_UINT32, "snapshot.ackInputTick");
    assertInteger(message.inputBufferTicks, 0, MAX_UINT8, "snapshot.inputBufferTicks");
    this.#table.mutate_server_tick(message.serverTick);
    this.#table.mutate_ack_input_tick(message.ackInputTick);
    this.#table.mutate_input_buffer_ticks(message.inputBufferTicks);
    this.#writeOwn(message.own);
    this.#template.body.writeInt32(this.#entitiesAt - 4, count);
    for (let i = 0; i < count; i++) this.#writeEntity(message, i);
    const cutBytes = ENTITY_BYTES * (MAX_SNAPSHOT_ENTITIES - count);
    writePacketHeader(this.#template.packet, MessageType.snapshot, header, this.#template.bodyLength - cutBytes);
    return this.#template.view(count, cutBytes);
  }

  #writeOwn(own: Readonly<OwnState>): void {
    assertInteger(own.x, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshot.own.x");
    assertInteger(own.y, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshot.own.y");
    assertInteger(own.z, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshot.own.z");
    assertInteger(own.vx, -MAX_VELOCITY_STEPS, MAX_VELOCITY_STEPS, "snapshot.own.vx");
    assertInteger(own.vy, -MAX_VELOCITY_STEPS, MAX_VELOCITY_STEPS, "snapshot.own.vy");
    assertInteger(own.vz, -MAX_VELOCITY_STEPS, MAX_VELOCITY_STEPS, "snapshot.own.vz");
    assertInteger(own.yaw, 0, MAX_UINT16, "snapshot.own.yaw");
    assertInteger(own.airTicks, 0, MAX_UINT8, "snapshot.own.airTicks");
    assertInteger(own.jumpCooldownTicks, 0, MAX_UINT8, "snapshot.own.jumpCooldownTicks");
    const wire = this.#own;
    wire.mutate_x(own.x);
    wire.mutate_y(own.y);
    wire.mutate_z(own.z);
    wire.mutate_vx(own.vx);
    wire.mutate_vy(own.vy);
    wire.mutate_vz(own.vz);
    wire.mutate_yaw(own.yaw);
    wire.mutate_state_bits(own.grounded ? OWN_STATE_GROUNDED : 0);
    wire.mutate_air_ticks(own.airTicks);
    wire.mutate_jump_cooldown_ticks(own.jumpCooldownTicks);
  }

  #writeEntity(message: Readonly<Snapshot>, i: number): void {
    // An index past the end of a caller's array gives NaN, which no range takes.
    const id = message.entityId[i] ?? Number.NaN;
    const x = message.x[i] ?? Number.NaN;
    const y = message.y[i] ?? Number.NaN;
    const z = message.z[i] ?? Number.NaN;
    const yaw = message.yaw[i] ?? Number.NaN;
    const animation = message.animation[i] ?? Number.NaN;
    assertInteger(id, 1, MAX_UINT32, "snapshot.entityId[]", i);
    assertInteger(x, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshot.x[]", i);
    assertInteger(y, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshot.y[]", i);
    assertInteger(z, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshot.z[]", i);
    assertInteger(yaw, 0, MAX_UINT16, "snapshot.yaw[]", i);
    assertInteger(animation, 0, AnimationState.fall, "snapshot.animation[]", i);
    const wire = this.#entity;
    wire.__init(this.#entitiesAt + i * ENTITY_BYTES, this.#template.body);
    wire.mutate_entity_id(id);
    wire.mutate_x(x);
    wire.mutate_y(y);
    wire.mutate_z(z);
    wire.mutate_yaw(yaw);
    wire.mutate_animation(animation);
  }
}
