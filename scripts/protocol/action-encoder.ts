import { kindNumber, outcomeNumber } from "./action-code.ts";
import { assertAction, assertActionEvent, assertActionResult } from "./action-rules.ts";
import { BodyTemplate } from "./body-template.ts";
import { Action as ActionTable } from "./generated/wire/action.ts";
import { ActionEvent as EventTable } from "./generated/wire/action-event.ts";
import { ActionResult as ResultTable } from "./generated/wire/action-result.ts";
import { type Action, type ActionEvent, type ActionResult, MessageType } from "./messages.ts";
import { type PacketHeader, writePacketHeader } from "./packet-header.ts";
import { ACTION_FAVOURED_TARGET } from "./wire-limits.ts";

/** Writes the messages of the action family into memory that is reused. Allocates nothing. */
export class ActionEncoder {
  // Fields by their size, which saves the bytes between them.
  readonly #action = new BodyTemplate((builder) => {
    ActionTable.startAction(builder);
    ActionTable.addActionId(builder, 0);
    ActionTable.addTick(builder, 0);
    ActionTable.addViewTick(builder, 0);
    ActionTable.addTargetEntityId(builder, 0);
    ActionTable.addKind(builder, 0);
    ActionTable.addViewFraction(builder, 0);
    return ActionTable.endAction(builder);
  });
  readonly #result = new BodyTemplate((builder) => {
    ResultTable.startActionResult(builder);
    ResultTable.addActionId(builder, 0);
    ResultTable.addServerTick(builder, 0);
    ResultTable.addTargetEntityId(builder, 0);
    ResultTable.addDistance(builder, 0);
    ResultTable.addRewoundMs(builder, 0);
    ResultTable.addOutcome(builder, 0);
    ResultTable.addCooldownTicks(builder, 0);
    ResultTable.addFlags(builder, 0);
    return ResultTable.endActionResult(builder);
  });
  readonly #event = new BodyTemplate((builder) => {
    EventTable.startActionEvent(builder);
    EventTable.addServerTick(builder, 0);
    EventTable.addAttackerEntityId(builder, 0);
    EventTable.addTargetEntityId(builder, 0);
    EventTable.addRewoundMs(builder, 0);
    EventTable.addKind(builder, 0);
    EventTable.addOutcome(builder, 0);
    EventTable.addFlags(builder, 0);
    return EventTable.endActionEvent(builder);
  });
  readonly #actionTable = ActionTable.getRootAsAction(this.#action.body);
  readonly #resultTable = ResultTable.getRootAsActionResult(this.#result.body);
  readonly #eventTable = EventTable.getRootAsActionEvent(this.#event.body);

  action(header: Readonly<PacketHeader>, message: Readonly<Action>): Uint8Array {
    assertAction(message);
    const table = this.#actionTable;
    table.mutate_action_id(message.actionId);
    table.mutate_kind(kindNumber(message.kind));
    table.mutate_tick(message.tick);
    table.mutate_view_tick(message.viewTick);
    table.mutate_view_fraction(message.viewFraction);
    table.mutate_target_entity_id(message.targetEntityId);
    return finish(this.#action, MessageType.action, header);
  }

  result(header: Readonly<PacketHeader>, message: Readonly<ActionResult>): Uint8Array {
    assertActionResult(message);
    const table = this.#resultTable;
    table.mutate_action_id(message.actionId);
    table.mutate_outcome(outcomeNumber(message.outcome));
    table.mutate_server_tick(message.serverTick);
    table.mutate_target_entity_id(message.targetEntityId);
    table.mutate_rewound_ms(message.rewoundMs);
    table.mutate_distance(message.distance);
    table.mutate_cooldown_ticks(message.cooldownTicks);
    table.mutate_flags(message.favouredTarget ? ACTION_FAVOURED_TARGET : 0);
    return finish(this.#result, MessageType.actionResult, header);
  }

  event(header: Readonly<PacketHeader>, message: Readonly<ActionEvent>): Uint8Array {
    assertActionEvent(message);
    const table = this.#eventTable;
    table.mutate_server_tick(message.serverTick);
    table.mutate_kind(kindNumber(message.kind));
    table.mutate_attacker_entity_id(message.attackerEntityId);
    table.mutate_target_entity_id(message.targetEntityId);
    table.mutate_outcome(outcomeNumber(message.outcome));
    table.mutate_rewound_ms(message.rewoundMs);
    table.mutate_flags(message.favouredTarget ? ACTION_FAVOURED_TARGET : 0);
    return finish(this.#event, MessageType.actionEvent, header);
  }
}

function finish(template: BodyTemplate, type: MessageType, header: Readonly<PacketHeader>): Uint8Array {
  writePacketHeader(template.packet, type, header, template.bodyLength);
  return template.packet;
}
