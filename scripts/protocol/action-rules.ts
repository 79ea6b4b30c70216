import type { Action, ActionEvent, ActionResult } from "./messages.ts";
import { MAX_UINT8, MAX_UINT16, MAX_UINT32 } from "./wire-limits.ts";
import { assertInteger } from "./wire-value.ts";

// What the writers of both codecs hold themselves to. Names of kinds and outcomes are checked where they become numbers.

/** Throws `RangeError` unless the wire can carry it. */
export function assertAction(message: Readonly<Action>): void {
  assertInteger(message.actionId, 1, MAX_UINT32, "action.actionId");
  assertInteger(message.tick, 1, MAX_UINT32, "action.tick");
  assertInteger(message.viewTick, 0, MAX_UINT32, "action.viewTick");
  assertInteger(message.viewFraction, 0, MAX_UINT8, "action.viewFraction");
  assertInteger(message.targetEntityId, 0, MAX_UINT32, "action.targetEntityId");
}

/** Throws `RangeError` unless the wire can carry it. */
export function assertActionResult(message: Readonly<ActionResult>): void {
  assertInteger(message.actionId, 1, MAX_UINT32, "actionResult.actionId");
  assertInteger(message.serverTick, 1, MAX_UINT32, "actionResult.serverTick");
  assertInteger(message.targetEntityId, 0, MAX_UINT32, "actionResult.targetEntityId");
  assertInteger(message.rewoundMs, 0, MAX_UINT16, "actionResult.rewoundMs");
  assertInteger(message.distance, 0, MAX_UINT32, "actionResult.distance");
  assertInteger(message.cooldownTicks, 0, MAX_UINT8, "actionResult.cooldownTicks");
}

/** Throws `RangeError` unless the wire can carry it. */
export function assertActionEvent(message: Readonly<ActionEvent>): void {
  assertInteger(message.serverTick, 1, MAX_UINT32, "actionEvent.serverTick");
  assertInteger(message.attackerEntityId, 1, MAX_UINT32, "actionEvent.attackerEntityId");
  assertInteger(message.targetEntityId, 0, MAX_UINT32, "actionEvent.targetEntityId");
  assertInteger(message.rewoundMs, 0, MAX_UINT16, "actionEvent.rewoundMs");
}
