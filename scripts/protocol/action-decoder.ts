import type { ByteBuffer } from "flatbuffers";
import { actionKind, actionOutcome } from "./action-code.ts";
import type { DecodeFailure } from "./decode-error.ts";
import { Action as ActionTable } from "./generated/wire/action.ts";
import { ActionEvent as EventTable } from "./generated/wire/action-event.ts";
import { ActionResult as ResultTable } from "./generated/wire/action-result.ts";
import type { Action, ActionEvent, ActionResult } from "./messages.ts";
import { ACTION_FAVOURED_TARGET } from "./wire-limits.ts";

/** Fills the messages of the action family from bodies that the verifier has approved. Allocates nothing. */
export class ActionDecoder {
  readonly #body: ByteBuffer;
  readonly #failure: DecodeFailure;
  readonly #action = new ActionTable();
  readonly #result = new ResultTable();
  readonly #event = new EventTable();

  constructor(body: ByteBuffer, failure: DecodeFailure) {
    this.#body = body;
    this.#failure = failure;
  }

  action(out: Action): boolean {
    const table = ActionTable.getRootAsAction(this.#body, this.#action);
    out.actionId = this.#positive(table.actionId(), "Action.action_id");
    out.kind = actionKind(table.kind());
    out.tick = this.#positive(table.tick(), "Action.tick");
    out.viewTick = table.viewTick();
    out.viewFraction = table.viewFraction();
    out.targetEntityId = table.targetEntityId();
    return this.#failure.error === "";
  }

  result(out: ActionResult): boolean {
    const table = ResultTable.getRootAsActionResult(this.#body, this.#result);
    out.actionId = this.#positive(table.actionId(), "ActionResult.action_id");
    out.outcome = actionOutcome(table.outcome());
    out.serverTick = this.#positive(table.serverTick(), "ActionResult.server_tick");
    out.targetEntityId = table.targetEntityId();
    out.rewoundMs = table.rewoundMs();
    out.distance = table.distance();
    out.cooldownTicks = table.cooldownTicks();
    out.favouredTarget = (table.flags() & ACTION_FAVOURED_TARGET) !== 0;
    return this.#failure.error === "";
  }

  event(out: ActionEvent): boolean {
    const table = EventTable.getRootAsActionEvent(this.#body, this.#event);
    out.serverTick = this.#positive(table.serverTick(), "ActionEvent.server_tick");
    out.kind = actionKind(table.kind());
    out.attackerEntityId = this.#positive(table.attackerEntityId(), "ActionEvent.attacker_entity_id");
    out.targetEntityId = table.targetEntityId();
    out.outcome = actionOutcome(table.outcome());
    out.rewoundMs = table.rewoundMs();
    out.favouredTarget = (table.flags() & ACTION_FAVOURED_TARGET) !== 0;
    return this.#failure.error === "";
  }

  #positive(value: number, subject: string): number {
    if (value === 0) this.#failure.set("out_of_range", subject, "1 or more", value);
    return value;
  }
}
