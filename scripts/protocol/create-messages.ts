import {
  type Action,
  type ActionEvent,
  type ActionResult,
  type Input,
  type InputCommand,
  MAX_COMMANDS_PER_INPUT,
  MAX_SNAPSHOT_ENTITIES,
  type OwnState,
  type Snapshot,
} from "./messages.ts";

/** A command that wants nothing, at tick 0, which stands for no tick. */
export function createInputCommand(): InputCommand {
  return { tick: 0, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };
}

/** An empty `Input` with all its slots, to be filled and reused. */
export function createInput(): Input {
  const commands = Array.from({ length: MAX_COMMANDS_PER_INPUT }, createInputCommand);
  return { ackServerTick: 0, commandCount: 0, commands, keyframeNeeded: false };
}

/** Own state at the zone's corner, at rest. */
export function createOwnState(): OwnState {
  return { x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0, yaw: 0, grounded: false, airTicks: 0, jumpCooldownTicks: 0 };
}

/** An empty `Snapshot` with room for `capacity` entities, to be filled and reused. */
export function createSnapshot(capacity = MAX_SNAPSHOT_ENTITIES): Snapshot {
  return {
    serverTick: 0,
    ackInputTick: 0,
    inputBufferTicks: 0,
    own: createOwnState(),
    entityCount: 0,
    entityId: new Uint32Array(capacity),
    x: new Int32Array(capacity),
    y: new Int32Array(capacity),
    z: new Int32Array(capacity),
    yaw: new Uint16Array(capacity),
    animation: new Uint8Array(capacity),
  };
}

/** An `Action` of no kind at nobody, to be filled and reused. */
export function createAction(): Action {
  return { actionId: 0, kind: "none", tick: 0, viewTick: 0, viewFraction: 0, targetEntityId: 0 };
}

/** An `ActionResult` that says nothing yet, to be filled and reused. */
export function createActionResult(): ActionResult {
  return {
    actionId: 0,
    outcome: "unknown",
    serverTick: 0,
    targetEntityId: 0,
    rewoundMs: 0,
    distance: 0,
    cooldownTicks: 0,
    favouredTarget: false,
  };
}

/** An `ActionEvent` that says nothing yet, to be filled and reused. */
export function createActionEvent(): ActionEvent {
  return {
    serverTick: 0,
    kind: "none",
    attackerEntityId: 0,
    targetEntityId: 0,
    outcome: "unknown",
    rewoundMs: 0,
    favouredTarget: false,
  };
}
