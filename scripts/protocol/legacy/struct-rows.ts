import { AnimationState } from "../messages.ts";
import {
  MAX_MOVE,
  MAX_PITCH,
  MAX_POSITION_STEPS,
  MAX_UINT8,
  MAX_UINT16,
  MAX_UINT32,
  MAX_VELOCITY_STEPS,
} from "../wire-limits.ts";

// The structs of schemas/ as `protocol_v1` writes them: lists of their numbers in the schema's order, reserved ones left out.

/** One number of a row. */
export interface RowField {
  readonly name: string;
  readonly min: number;
  /** What a reader takes. */
  readonly max: number;
  /** What a writer writes, where that is less: readers take what later minor versions may add. */
  readonly maxWritten?: number;
}

export interface RowLayout {
  readonly name: string;
  readonly fields: readonly RowField[];
}

function whole(name: string, min: number, max: number): RowField {
  return { name, min, max };
}

function position(name: string): RowField {
  return whole(name, -MAX_POSITION_STEPS, MAX_POSITION_STEPS);
}

function velocity(name: string): RowField {
  return whole(name, -MAX_VELOCITY_STEPS, MAX_VELOCITY_STEPS);
}

export const COMMAND_ROW: RowLayout = {
  name: "Command",
  fields: [
    whole("yaw", 0, MAX_UINT16),
    whole("pitch", -MAX_PITCH, MAX_PITCH),
    whole("move_x", -MAX_MOVE, MAX_MOVE),
    whole("move_z", -MAX_MOVE, MAX_MOVE),
    whole("buttons", 0, MAX_UINT8),
  ],
};

export const OWN_STATE_ROW: RowLayout = {
  name: "OwnState",
  fields: [
    position("x"),
    position("y"),
    position("z"),
    velocity("vx"),
    velocity("vy"),
    velocity("vz"),
    whole("yaw", 0, MAX_UINT16),
    whole("state_bits", 0, MAX_UINT8),
    whole("air_ticks", 0, MAX_UINT8),
    whole("jump_cooldown_ticks", 0, MAX_UINT8),
  ],
};

export const ENTITY_ROW: RowLayout = {
  name: "EntityState",
  fields: [
    whole("entity_id", 1, MAX_UINT32),
    position("x"),
    position("y"),
    position("z"),
    whole("yaw", 0, MAX_UINT16),
    { ...whole("animation", 0, MAX_UINT8), maxWritten: AnimationState.fall },
  ],
};
