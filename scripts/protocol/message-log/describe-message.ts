import type { CombatMessageName, CombatMessages } from "../combat/combat-messages.ts";
import { COMBAT_SHAPES, type Loose } from "../combat/combat-shapes.ts";
import {
  type Action,
  type ActionEvent,
  type ActionResult,
  AnimationState,
  Button,
  type Bye,
  type FeatureProblem,
  type Features,
  type Hello,
  type HelloAck,
  type Input,
  type InputCommand,
  MessageType,
  type OwnReport,
  type Ping,
  type Pong,
  type Presence,
  type Reject,
  type Snapshot,
  type SnapshotDelta,
} from "../messages.ts";
import { quotedText, readableText } from "./readable-text.ts";

/** Which message belongs to which type. */
export interface MessageByType {
  [MessageType.hello]: Hello;
  [MessageType.helloAck]: HelloAck;
  [MessageType.reject]: Reject;
  [MessageType.input]: Input;
  [MessageType.snapshot]: Snapshot;
  [MessageType.ping]: Ping;
  [MessageType.pong]: Pong;
  [MessageType.bye]: Bye;
  [MessageType.presence]: Presence;
  [MessageType.snapshotDelta]: SnapshotDelta;
  [MessageType.features]: Features;
  [MessageType.featureProblem]: FeatureProblem;
  [MessageType.inputDelta]: Input;
  [MessageType.action]: Action;
  [MessageType.actionResult]: ActionResult;
  [MessageType.actionEvent]: ActionEvent;
  [MessageType.abilityUse]: CombatMessages["abilityUse"];
  [MessageType.abilityResult]: CombatMessages["abilityResult"];
  [MessageType.combatEvents]: CombatMessages["combatEvents"];
  [MessageType.combatSelf]: CombatMessages["combatSelf"];
  [MessageType.combatTarget]: CombatMessages["combatTarget"];
  [MessageType.partyState]: CombatMessages["partyState"];
  [MessageType.combatCommand]: CombatMessages["combatCommand"];
  [MessageType.combatCommandResult]: CombatMessages["combatCommandResult"];
}

const NAME_CHARACTERS = 24;
const DETAIL_CHARACTERS = 80;
/** Of a longer list as many entries are shown. */
const SHOWN_ENTRIES = 4;
const DESCRIPTION_CHARACTERS = 480;

// The lattice of the wire, as in messages.ts.
const POSITION_STEPS_PER_METER = 1024;
const VELOCITY_STEPS_PER_METER = 256;
const ANGLE_STEPS_PER_DEGREE = 65_536 / 360;

const DESCRIBERS: { readonly [T in MessageType]: (message: Readonly<MessageByType[T]>) => string } = {
  [MessageType.hello]: ({ playerName, protocolMajor, protocolMinor, clientBuild, platform, capabilities }) =>
    `${quotedText(playerName, NAME_CHARACTERS)} speaks ${protocolMajor}.${protocolMinor}, build ${quotedText(clientBuild, 40)}` +
    `${platform ? ` on ${readableText(platform, 16)}` : ""}, can ${names(capabilities)}`,
  [MessageType.helloAck]: (ack) =>
    `welcome to ${readableText(ack.zone, 32)} as entity ${ack.entityId}, protocol ${ack.protocolMajor}.${ack.protocolMinor}, ` +
    `epoch ${ack.sessionEpoch}, tick ${ack.serverTick}, world ${readableText(ack.worldHash, 16)}, ticks ${ack.tickRateHz} Hz, ` +
    `snapshots ${ack.snapshotRateHz} Hz, inputs ${ack.inputRateHz} Hz, in use ${names(ack.capabilities)}`,
  [MessageType.reject]: ({ reasonCode, detail, traceId }) =>
    `${reasonCode}: ${quotedText(detail, DETAIL_CHARACTERS)} trace ${readableText(traceId, 16)}`,
  [MessageType.input]: input,
  [MessageType.snapshot]: (snapshot) => `${report(snapshot)}; ${others(snapshot)}`,
  [MessageType.ping]: ({ sentAtMs }) => `sent at ${sentAtMs} ms`,
  [MessageType.pong]: ({ sentAtMs, serverTick }) => `of ${sentAtMs} ms, tick ${serverTick}`,
  [MessageType.bye]: ({ reasonCode }) => reasonCode,
  [MessageType.presence]: ({ joined, left }) => {
    const who = list(joined, ({ entityId, name }) => `${entityId} ${quotedText(name, NAME_CHARACTERS)}`);
    return `joined ${who}; left ${list(left, String)}`;
  },
  [MessageType.snapshotDelta]: (delta) => `${report(delta)}; others in ${delta.entities.length} B of differences`,
  [MessageType.features]: ({ capabilities }) => `in use ${names(capabilities)}`,
  [MessageType.featureProblem]: ({ capability, detail }) =>
    `${readableText(capability, 64)}: ${quotedText(detail, DETAIL_CHARACTERS)}`,
  [MessageType.inputDelta]: input,
  [MessageType.action]: ({ actionId, kind, targetEntityId, tick, viewTick, viewFraction }) =>
    `${actionId}: ${kind} at ${entity(targetEntityId)} in command ${tick}, saw tick ${(viewTick + viewFraction / 256).toFixed(2)}`,
  [MessageType.actionResult]: (result) =>
    `${result.actionId}: ${result.outcome} at ${entity(result.targetEntityId)} in tick ${result.serverTick}, ` +
    `${(result.distance / POSITION_STEPS_PER_METER).toFixed(2)} m, ${rewound(result)}, next in ${result.cooldownTicks} ticks`,
  [MessageType.actionEvent]: (event) =>
    `${event.attackerEntityId}: ${event.kind} at ${entity(event.targetEntityId)} in tick ${event.serverTick}: ` +
    `${event.outcome}, ${rewound(event)}`,
  [MessageType.abilityUse]: (message) => combat("abilityUse", message),
  [MessageType.abilityResult]: (message) => combat("abilityResult", message),
  [MessageType.combatEvents]: (message) => combat("combatEvents", message),
  [MessageType.combatSelf]: (message) => combat("combatSelf", message),
  [MessageType.combatTarget]: (message) => combat("combatTarget", message),
  [MessageType.partyState]: (message) => combat("partyState", message),
  [MessageType.combatCommand]: (message) => combat("combatCommand", message),
  [MessageType.combatCommandResult]: (message) => combat("combatCommandResult", message),
};

/**
 * What a message says, for a person who reads a log: one line of at most 480 characters with units, long lists and texts cut,
 * nothing in it that a terminal would take for a command.
 */
export function describeMessage<T extends MessageType>(type: T, message: Readonly<MessageByType[T]>): string {
  const text = DESCRIBERS[type](message);
  // A pair of surrogates may be cut in half there.
  return text.length > DESCRIPTION_CHARACTERS ? `${text.slice(0, DESCRIPTION_CHARACTERS - 1).toWellFormed()}…` : text;
}

/** Every field by its name, but those that say nothing. */
function combat<Name extends CombatMessageName>(name: Name, message: Readonly<CombatMessages[Name]>): string {
  const values = message as unknown as Loose;
  const parts: string[] = [];
  for (const field of COMBAT_SHAPES[name].fields) {
    const value = values[field.key];
    if (field.kind !== "rows") {
      if (value !== 0) parts.push(`${field.name} ${String(value)}`);
      continue;
    }
    if (!Array.isArray(value) || value.length === 0) continue;
    const rows = list(value, (row) => field.row.map(({ key }) => String(row[key])).join(" "));
    parts.push(`${field.name} ${rows}`);
  }
  return parts.join(", ");
}

function entity(entityId: number): string {
  return entityId === 0 ? "nobody" : String(entityId);
}

function rewound({ rewoundMs, favouredTarget }: Readonly<Pick<ActionEvent, "rewoundMs" | "favouredTarget">>): string {
  return `rewound ${rewoundMs} ms${favouredTarget ? ", in favour of the target" : ""}`;
}

function input({ ackServerTick, commandCount, commands, keyframeNeeded }: Readonly<Input>): string {
  // The newest first: the older ones are mostly repeated from the packets before.
  const newest = commands.slice(0, commandCount).reverse();
  return `has tick ${ackServerTick}${keyframeNeeded ? ", needs a keyframe" : ""}, commands ${list(newest, command)}`;
}

function command({ tick, moveX, moveZ, yaw, pitch, buttons }: InputCommand): string {
  const move = `${(moveX / 127).toFixed(2)} ${(moveZ / 127).toFixed(2)}`;
  return `${tick}: move ${move} yaw ${degrees(yaw)} pitch ${degrees(pitch)} ${buttonNames(buttons)}`;
}

function report({ serverTick, ackInputTick, inputBufferTicks, own }: Readonly<OwnReport>): string {
  const feet = own.grounded ? "on the ground" : `${own.airTicks} ticks in the air`;
  return (
    `tick ${serverTick}, has command ${ackInputTick} and ${inputBufferTicks} waiting, self at ${meters(own.x, own.y, own.z)} m ` +
    `going ${velocity(own.vx)} ${velocity(own.vy)} ${velocity(own.vz)} m/s yaw ${degrees(own.yaw)} ${feet}`
  );
}

function others({ entityCount, entityId, x, y, z, yaw, animation }: Readonly<Snapshot>): string {
  const shown: string[] = [];
  for (let i = 0; i < entityCount && i < SHOWN_ENTRIES; i += 1) {
    const at = meters(x[i] ?? 0, y[i] ?? 0, z[i] ?? 0);
    shown.push(`${entityId[i]} at ${at} m yaw ${degrees(yaw[i] ?? 0)} ${animationName(animation[i] ?? 0)}`);
  }
  return `${entityCount} others${shown.length > 0 ? `: ${shown.join(", ")}` : ""}${more(entityCount)}`;
}

function meters(x: number, y: number, z: number): string {
  return [x, y, z].map((steps) => (steps / POSITION_STEPS_PER_METER).toFixed(2)).join(" ");
}

function velocity(steps: number): string {
  return (steps / VELOCITY_STEPS_PER_METER).toFixed(2);
}

function degrees(steps: number): string {
  return `${(steps / ANGLE_STEPS_PER_DEGREE).toFixed(1)}°`;
}

function buttonNames(buttons: number): string {
  const held = Object.entries(Button).filter(([, bit]) => (buttons & bit) !== 0);
  const known = held.reduce((bits, [, bit]) => bits | bit, 0);
  const pressed = held.map(([name]) => name);
  if (buttons !== known) pressed.push(`0x${(buttons & ~known).toString(16)}`);
  return pressed.length === 0 ? "no buttons" : pressed.join("+");
}

function animationName(animation: number): string {
  const found = Object.entries(AnimationState).find(([, number]) => number === animation);
  return found?.[0] ?? `animation ${animation}`;
}

function names(capabilities: readonly string[] | undefined): string {
  if (capabilities === undefined || capabilities.length === 0) return "nothing by name";
  return list(capabilities, (name) => readableText(name, 64), 8);
}

function list<Entry>(entries: readonly Entry[], text: (entry: Entry) => string, shown = SHOWN_ENTRIES): string {
  if (entries.length === 0) return "none";
  return entries.slice(0, shown).map(text).join(", ") + more(entries.length, shown);
}

function more(count: number, shown = SHOWN_ENTRIES): string {
  return count > shown ? ` and ${count - shown} more` : "";
}
