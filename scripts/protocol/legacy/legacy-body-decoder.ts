import { actionKind, actionOutcome } from "../action-code.ts";
import { BODY_LAYOUTS } from "../body-layouts.ts";
import type { CombatMessageName } from "../combat/combat-messages.ts";
import type { RowsField } from "../combat/combat-shapes.ts";
import { combatName } from "../combat/combat-types.ts";
import type { DecodeFailure } from "../decode-error.ts";
import type { DecodedMessages } from "../decoded-messages.ts";
import { checkFirstTick } from "../input-rules.ts";
import {
  type Action,
  type ActionEvent,
  type ActionResult,
  AnimationState,
  type Input,
  MessageType,
  type OwnState,
  type Snapshot,
} from "../messages.ts";
import { reasonCode } from "../reason-code.ts";
import {
  ACTION_FAVOURED_TARGET,
  CAPABILITY_PATTERN,
  INPUT_KEYFRAME_NEEDED,
  KNOWN_BUTTONS,
  OWN_STATE_GROUNDED,
  PLATFORM_PATTERN,
  TRACE_ID_PATTERN,
  ZONE_NAME_PATTERN,
} from "../wire-limits.ts";
import { BodyReader } from "./body-reader.ts";
import type { LegacyMessageType } from "./legacy-names.ts";
import { COMMAND_ROW, ENTITY_ROW, OWN_STATE_ROW } from "./struct-rows.ts";

/** Fills messages from bodies that the library has decoded: maps whose names are those of the schemas. */
export class LegacyBodyDecoder {
  readonly #out: DecodedMessages;
  readonly #failure: DecodeFailure;
  readonly #body: BodyReader;
  readonly #entry: BodyReader;
  readonly #row: number[] = [];

  constructor(out: DecodedMessages, failure: DecodeFailure) {
    this.#out = out;
    this.#failure = failure;
    this.#body = new BodyReader(failure);
    this.#entry = new BodyReader(failure);
  }

  /** Whether the message of that type was filled. If not, its contents mean nothing. */
  decode(type: LegacyMessageType, body: unknown): boolean {
    this.#body.open(BODY_LAYOUTS[type], body);
    if (this.#failure.error !== "") return false;
    this.#read(type);
    return this.#failure.error === "";
  }

  #read(type: LegacyMessageType): void {
    const body = this.#body;
    const { ping, pong, bye, features, featureProblem } = this.#out;
    const combat = combatName(type);
    if (combat !== undefined) this.#readCombat(combat);
    switch (type) {
      case MessageType.hello:
        this.#readHello();
        break;
      case MessageType.helloAck:
        this.#readHelloAck();
        break;
      case MessageType.reject:
        this.#readReject();
        break;
      case MessageType.input:
        this.#readInput(this.#out.input);
        break;
      case MessageType.snapshot:
        this.#readSnapshot(this.#out.snapshot);
        break;
      case MessageType.ping:
        ping.sentAtMs = body.unsigned("sent_at_ms");
        break;
      case MessageType.pong:
        pong.sentAtMs = body.unsigned("sent_at_ms");
        pong.serverTick = body.unsigned("server_tick");
        break;
      case MessageType.bye:
        bye.reasonCode = reasonCode(body.unsigned("reason_code"));
        break;
      case MessageType.presence:
        this.#readPresence();
        break;
      case MessageType.features:
        features.capabilities = body.texts("capabilities", CAPABILITY_PATTERN);
        break;
      case MessageType.featureProblem:
        featureProblem.capability = body.patterned("capability", CAPABILITY_PATTERN);
        featureProblem.detail = body.text("detail");
        break;
      case MessageType.action:
        this.#readAction(this.#out.action);
        break;
      case MessageType.actionResult:
        this.#readActionResult(this.#out.actionResult);
        break;
      case MessageType.actionEvent:
        this.#readActionEvent(this.#out.actionEvent);
        break;
    }
  }

  #readHello(): void {
    const out = this.#out.hello;
    const body = this.#body;
    out.protocolMajor = body.unsigned("protocol_major");
    out.protocolMinor = body.unsigned("protocol_minor");
    out.playerName = body.text("player_name");
    out.clientBuild = body.text("client_build");
    out.capabilities = body.texts("capabilities", CAPABILITY_PATTERN);
    out.platform = body.patterned("platform", PLATFORM_PATTERN);
  }

  #readHelloAck(): void {
    const out = this.#out.helloAck;
    const body = this.#body;
    out.protocolMajor = body.unsigned("protocol_major");
    out.protocolMinor = body.unsigned("protocol_minor");
    out.sessionEpoch = body.positive("session_epoch");
    out.entityId = body.positive("entity_id");
    out.zone = body.patterned("zone", ZONE_NAME_PATTERN);
    out.worldHash = body.text("world_hash");
    out.serverTick = body.unsigned("server_tick");
    out.tickRateHz = body.positive("tick_rate_hz");
    out.snapshotRateHz = body.positive("snapshot_rate_hz");
    out.inputRateHz = body.positive("input_rate_hz");
    out.capabilities = body.texts("capabilities", CAPABILITY_PATTERN);
  }

  /** The plain `message` is for those who know no codes. */
  #readReject(): void {
    const out = this.#out.reject;
    out.reasonCode = reasonCode(this.#body.unsigned("reason_code"));
    out.traceId = this.#body.patterned("trace_id", TRACE_ID_PATTERN);
    out.detail = this.#body.text("detail");
  }

  #readPresence(): void {
    const out = this.#out.presence;
    const entry = this.#entry;
    const layout = this.#body.tableOf("joined");
    out.joined.length = 0;
    for (const element of this.#body.elements("joined")) {
      entry.open(layout, element);
      const entityId = entry.positive("entity_id");
      const name = entry.text("name");
      if (this.#failure.error !== "") return;
      out.joined.push({ entityId, name });
    }
    out.left.length = 0;
    for (const element of this.#body.elements("left")) {
      const entityId = this.#body.positiveElement(element, "left");
      if (this.#failure.error !== "") return;
      out.left.push(entityId);
    }
  }

  #readCombat(name: CombatMessageName): void {
    const body = this.#body;
    this.#out.combatFiller.fill(
      name,
      (field) => body.unsigned(field.name, field.kind === "number" ? field.min : 0),
      (field) => this.#combatRows(field),
    );
  }

  #combatRows(field: RowsField): number[][] | undefined {
    if (field.optional && !this.#body.has(field.name)) return undefined;
    const layout = {
      name: field.name,
      fields: field.row.map(({ name, bytes }) => ({ name, min: 0, max: 2 ** (8 * bytes) - 1 })),
    };
    const rows: number[][] = [];
    for (const element of this.#body.elements(field.name)) {
      const row: number[] = [];
      this.#body.row(element, layout, row);
      if (this.#failure.error !== "") return [];
      rows.push(row);
    }
    return rows;
  }

  #readAction(out: Action): void {
    const body = this.#body;
    out.actionId = body.positive("action_id");
    out.kind = actionKind(body.unsigned("kind"));
    out.tick = body.positive("tick");
    out.viewTick = body.unsigned("view_tick");
    out.viewFraction = body.unsigned("view_fraction");
    out.targetEntityId = body.unsigned("target_entity_id");
  }

  #readActionResult(out: ActionResult): void {
    const body = this.#body;
    out.actionId = body.positive("action_id");
    out.outcome = actionOutcome(body.unsigned("outcome"));
    out.serverTick = body.positive("server_tick");
    out.targetEntityId = body.unsigned("target_entity_id");
    out.rewoundMs = body.unsigned("rewound_ms");
    out.distance = body.unsigned("distance");
    out.cooldownTicks = body.unsigned("cooldown_ticks");
    out.favouredTarget = (body.unsigned("flags") & ACTION_FAVOURED_TARGET) !== 0;
  }

  #readActionEvent(out: ActionEvent): void {
    const body = this.#body;
    out.serverTick = body.positive("server_tick");
    out.kind = actionKind(body.unsigned("kind"));
    out.attackerEntityId = body.positive("attacker_entity_id");
    out.targetEntityId = body.unsigned("target_entity_id");
    out.outcome = actionOutcome(body.unsigned("outcome"));
    out.rewoundMs = body.unsigned("rewound_ms");
    out.favouredTarget = (body.unsigned("flags") & ACTION_FAVOURED_TARGET) !== 0;
  }

  #readInput(out: Input): void {
    const body = this.#body;
    out.ackServerTick = body.unsigned("ack_server_tick");
    out.keyframeNeeded = (body.unsigned("flags") & INPUT_KEYFRAME_NEEDED) !== 0;
    const firstTick = body.unsigned("first_tick");
    const commands = body.elements("commands");
    const count = commands.length;
    out.commandCount = 0;
    if (this.#failure.error !== "") return;
    if (count === 0) {
      if (firstTick !== 0) this.#failure.set("out_of_range", "Input.first_tick", "0 without commands", firstTick);
      return;
    }
    if (!checkFirstTick(firstTick, count, this.#failure)) return;
    for (let i = 0; i < count; i++) {
      const command = out.commands[i];
      body.row(commands[i], COMMAND_ROW, this.#row);
      if (command === undefined || this.#failure.error !== "") return;
      const [yaw = 0, pitch = 0, moveX = 0, moveZ = 0, buttons = 0] = this.#row;
      command.tick = firstTick + i;
      command.yaw = yaw;
      command.pitch = pitch;
      command.moveX = moveX;
      command.moveZ = moveZ;
      command.buttons = buttons & KNOWN_BUTTONS;
    }
    out.commandCount = count;
  }

  #readSnapshot(out: Snapshot): void {
    const body = this.#body;
    out.entityCount = 0;
    out.serverTick = body.positive("server_tick");
    out.ackInputTick = body.unsigned("ack_input_tick");
    out.inputBufferTicks = body.unsigned("input_buffer_ticks");
    this.#readOwn(out.own);
    const entities = body.elements("entities");
    for (let i = 0; i < entities.length && this.#failure.error === ""; i++) {
      body.row(entities[i], ENTITY_ROW, this.#row);
      this.#writeEntity(out, i);
    }
    out.entityCount = entities.length;
  }

  #readOwn(own: OwnState): void {
    this.#body.struct("own", OWN_STATE_ROW, this.#row);
    const [x = 0, y = 0, z = 0, vx = 0, vy = 0, vz = 0, yaw = 0, stateBits = 0, airTicks = 0, cooldownTicks = 0] =
      this.#row;
    own.x = x;
    own.y = y;
    own.z = z;
    own.vx = vx;
    own.vy = vy;
    own.vz = vz;
    own.yaw = yaw;
    own.grounded = (stateBits & OWN_STATE_GROUNDED) !== 0;
    own.airTicks = airTicks;
    own.jumpCooldownTicks = cooldownTicks;
  }

  #writeEntity(out: Snapshot, i: number): void {
    const [id = 0, x = 0, y = 0, z = 0, yaw = 0, animation = 0] = this.#row;
    out.entityId[i] = id;
    out.x[i] = x;
    out.y[i] = y;
    out.z[i] = z;
    out.yaw[i] = yaw;
    out.animation[i] = animation <= AnimationState.fall ? animation : AnimationState.idle;
  }
}
