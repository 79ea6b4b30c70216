// The messages of protocol 1.5 as plain data, as both sides see them after decoding and before encoding.
// The wire format is in schemas/ and docs/protocol.md. Numbers are integers on the wire lattice unless a unit says otherwise.

/** Message types as they stand in the packet header. Numbers are wire format: never reused, only added to. */
export const MessageType = {
  hello: 1,
  helloAck: 2,
  reject: 3,
  input: 4,
  snapshot: 5,
  ping: 6,
  pong: 7,
  bye: 8,
  presence: 9,
  /** Since 1.1, where `snapshot_delta_v1` is agreed. */
  snapshotDelta: 10,
  /** Since 1.2. */
  features: 11,
  /** Since 1.2. */
  featureProblem: 12,
  /** Since 1.2, where `input_delta_v1` is in use: an `Input` in fewer bytes. */
  inputDelta: 13,
  /** Since 1.3, where `action_v1` is in use, like the next two. */
  action: 14,
  actionResult: 15,
  actionEvent: 16,
  /** Since 1.4, where `combat_v1` is in use, like all from here on: `combat/combat-messages.ts`. */
  abilityUse: 17,
  abilityResult: 18,
  combatEvents: 19,
  combatSelf: 20,
  combatTarget: 21,
  partyState: 22,
  combatCommand: 23,
  combatCommandResult: 24,
} as const;
export type MessageType = (typeof MessageType)[keyof typeof MessageType];

/** Client to server, reliable, first message of a connection. */
export interface Hello {
  protocolMajor: number;
  protocolMinor: number;
  /** Shown to others; 1 to 24 characters after trimming, no control characters. Checked by the server. */
  playerName: string;
  /** For people who read logs, such as "darkages/0.1.0 linux". At most 64 characters. */
  clientBuild: string;
  /** What the client can do, by name; see `capability.ts`. Since 1.1; absent is none. */
  capabilities?: readonly string[];
  /** What the client runs on, such as "linux" or "headless": 0 to 16 of a-z, 0-9, "_". Since 1.2; absent is not said. */
  platform?: string;
}

/** Server to client, reliable: welcome. */
export interface HelloAck {
  protocolMajor: number;
  protocolMinor: number;
  /** Epoch of this session, 1 to 65535; every later packet of either side carries it. */
  sessionEpoch: number;
  /** Entity that the player controls. */
  entityId: number;
  /** Name of the zone, such as "shore": the client loads the collision world of that name. */
  zone: string;
  /** Hash of the zone's baked collision world; the client refuses to play on another one. */
  worldHash: string;
  serverTick: number;
  tickRateHz: number;
  snapshotRateHz: number;
  inputRateHz: number;
  /** Those of the client's capabilities that are in use from here on, until `Features` says otherwise. Since 1.1; absent is none. */
  capabilities?: readonly string[];
}

/** Every reason for which anything in this project is refused: the closed set of schemas/reason.fbs. */
export type ReasonCode =
  | "version_mismatch"
  | "server_full"
  | "name_taken"
  | "name_invalid"
  | "malformed"
  | "world_mismatch"
  | "rate_limited"
  | "timeout"
  | "shutting_down"
  | "left"
  | "invalid_state"
  | "internal";

/** Server to client, reliable; the connection closes after it. */
export interface Reject {
  reasonCode: ReasonCode;
  /** 16 hexadecimal digits that the server's log line carries too. */
  traceId: string;
  /** What was expected and what came, in English, for logs and details; at most 200 characters. */
  detail: string;
}

/** Either side, reliable: leaving on purpose. */
export interface Bye {
  reasonCode: ReasonCode;
}

/** Buttons of an input command, a bit mask. */
export const Button = {
  jump: 1,
  sprint: 2,
  /** Since 1.4: a leap along the view, which a server lets through under rule C17 of docs/combat.md. */
  dash: 4,
} as const;

/** What a player wants during one tick. Quantized, so that both sides compute with the same numbers. */
export interface InputCommand {
  /** Number of the command: the client's tick. Consecutive commands have consecutive ticks. */
  tick: number;
  /** Wish to move, -127 to 127; x to the right, z backwards, relative to the view. */
  moveX: number;
  moveZ: number;
  /** View angles: yaw 0 to 65535 for a full turn counter-clockwise seen from above, 0 looks to -z; pitch -16384 to 16384 for straight down to straight up. */
  yaw: number;
  pitch: number;
  /** Bit mask of `Button`. */
  buttons: number;
}

/** Client to server, unreliable, 30 per second: the newest commands, oldest first, older ones repeated as redundancy. */
export interface Input {
  /** Newest snapshot received, its server tick; 0 before the first. */
  ackServerTick: number;
  /** Number of valid entries in `commands`. At most `MAX_COMMANDS_PER_INPUT`. */
  commandCount: number;
  /** Reused slots; entries from `commandCount` on are stale. Ticks are consecutive. */
  commands: InputCommand[];
  /** Differences came that could not be read: everything must be told anew. Since 1.1; absent is no. */
  keyframeNeeded?: boolean;
}
export const MAX_COMMANDS_PER_INPUT = 16;

/** Own character in full: what the simulation needs to go on from. Position and velocity on the wire lattice. */
export interface OwnState {
  /** Position of the feet, 1/1024 m, relative to the zone's corner. */
  x: number;
  y: number;
  z: number;
  /** Velocity, 1/256 m/s. */
  vx: number;
  vy: number;
  vz: number;
  yaw: number;
  grounded: boolean;
  /** Ticks since the feet left the ground, saturating at 255 (grace for late jumps). */
  airTicks: number;
  /** Ticks until the next jump is taken, 0 to 255. */
  jumpCooldownTicks: number;
}

export const AnimationState = { idle: 0, walk: 1, run: 2, jump: 3, fall: 4 } as const;
export type AnimationState = (typeof AnimationState)[keyof typeof AnimationState];

/** What both kinds of snapshot say about the receiver itself. */
export interface OwnReport {
  serverTick: number;
  /** Newest input command that the server has executed, its tick; 0 before the first. `own` is the state after it. */
  ackInputTick: number;
  /** Commands that wait on the server, after this tick. */
  inputBufferTicks: number;
  own: OwnState;
}

/** Server to client, unreliable, 20 per second. Others as structure of arrays: index i of every array is one entity. */
export interface Snapshot extends OwnReport {
  entityCount: number;
  entityId: Uint32Array;
  /** Feet, 1/1024 m, relative to the zone's corner. */
  x: Int32Array;
  y: Int32Array;
  z: Int32Array;
  yaw: Uint16Array;
  /** `AnimationState`. */
  animation: Uint8Array;
}
/** Entities that one snapshot can carry. */
export const MAX_SNAPSHOT_ENTITIES = 1024;

/** Server to client, unreliable, 20 snapshots per second of one or more packets each, in place of `Snapshot` where it is agreed. */
export interface SnapshotDelta extends OwnReport {
  /** A packet of the snapshot codec, about everyone else, as of `serverTick`. Reused memory. */
  entities: Uint8Array;
}

/** Client to server and back, unreliable: the server returns it at once. */
export interface Ping {
  /** Sender's own clock, milliseconds modulo 2^32. */
  sentAtMs: number;
}
export interface Pong {
  sentAtMs: number;
  serverTick: number;
}

/** Server to client, reliable: who is behind an entity id. */
export interface Presence {
  joined: { entityId: number; name: string }[];
  left: number[];
}

/** Server to client, reliable, since 1.2: what is in use from here on, in place of what `HelloAck` or the last `Features` said. */
export interface Features {
  capabilities: readonly string[];
}

/** Client to server, reliable, since 1.2: what comes by that capability cannot be read here. The server stops using it in this session. */
export interface FeatureProblem {
  /** Name of the capability. */
  capability: string;
  /** What was expected and what came, in English, for logs; at most 200 characters. */
  detail: string;
}

/** What a player can do to others. */
export type ActionKind = "none" | "strike";

/** Everything that can come of an action: the closed set of schemas/action.fbs, which says what each means. */
export type ActionOutcome =
  | "unknown"
  | "hit"
  | "no_target"
  | "out_of_range"
  | "out_of_arc"
  | "target_gone"
  | "cooldown"
  | "no_such_target"
  | "self"
  | "too_late"
  | "too_far_ahead"
  | "no_command"
  | "rate_limited"
  | "switched_off"
  | "unknown_action";

/** Client to server, unreliable, since 1.3: an action, repeated until it is answered. */
export interface Action {
  /** Number of the action in this session, 1 or more, higher than those before. */
  actionId: number;
  kind: ActionKind;
  /** Tick of the command during which it is done. */
  tick: number;
  /** Server tick at which the player saw the others, and 1/256 ticks beyond it, 0 to 255; 0 and 0 if it saw nobody. */
  viewTick: number;
  viewFraction: number;
  /** Whom it is aimed at; 0 for nobody. */
  targetEntityId: number;
}

/** Server to client, reliable, since 1.3: the answer to an `Action`. */
export interface ActionResult {
  actionId: number;
  outcome: ActionOutcome;
  /** Tick that decided. */
  serverTick: number;
  targetEntityId: number;
  /** How far back the target was looked at; 0 if it was not. */
  rewoundMs: number;
  /** From feet to feet as judged, 1/1024 m; 0 if it was not. */
  distance: number;
  /** Ticks until the next action of the kind, 0 to 255. */
  cooldownTicks: number;
  /** The player saw the target as it was longer ago than may be looked back. */
  favouredTarget: boolean;
}

/** Server to client, reliable, since 1.3: somebody else did something, told to its target and to those who see it. */
export interface ActionEvent {
  serverTick: number;
  kind: ActionKind;
  attackerEntityId: number;
  /** 0 for nobody. */
  targetEntityId: number;
  outcome: ActionOutcome;
  rewoundMs: number;
  favouredTarget: boolean;
}
