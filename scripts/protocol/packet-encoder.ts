import { ActionEncoder } from "./action-encoder.ts";
import { CombatEncoder } from "./combat/combat-encoder.ts";
import type { CombatMessageName, CombatMessages } from "./combat/combat-messages.ts";
import { COMBAT_TYPES } from "./combat/combat-types.ts";
import { InputDeltaEncoder } from "./input-delta-encoder.ts";
import { InputEncoder } from "./input-encoder.ts";
import type {
  Action,
  ActionEvent,
  ActionResult,
  Bye,
  FeatureProblem,
  Features,
  Hello,
  HelloAck,
  Input,
  OwnReport,
  Ping,
  Pong,
  Presence,
  Reject,
  Snapshot,
} from "./messages.ts";
import type { PacketHeader } from "./packet-header.ts";
import { PingEncoder } from "./ping-encoder.ts";
import { SessionEncoder } from "./session-encoder.ts";
import { type EntityPacketSource, SnapshotDeltaEncoder } from "./snapshot-delta-encoder.ts";
import { SnapshotEncoder } from "./snapshot-encoder.ts";

/**
 * Turns messages into packets of protocol 1.5. One encoder serves any number of peers.
 *
 * The header's sequence fields and minor version come from a `PacketSequencer`; its `type` is ignored, the method says it.
 * The bytes that are returned are reused memory: valid until the next call of any method.
 * The caller answers for the values: one that the wire cannot carry throws `RangeError`.
 */
export class PacketEncoder {
  readonly #session = new SessionEncoder();
  readonly #input = new InputEncoder();
  readonly #inputDelta = new InputDeltaEncoder();
  readonly #snapshot = new SnapshotEncoder();
  readonly #snapshotDelta = new SnapshotDeltaEncoder();
  readonly #ping = new PingEncoder();
  readonly #action = new ActionEncoder();
  readonly #combat = new CombatEncoder();

  encodeHello(header: Readonly<PacketHeader>, message: Readonly<Hello>): Uint8Array {
    return this.#session.hello(header, message);
  }

  encodeHelloAck(header: Readonly<PacketHeader>, message: Readonly<HelloAck>): Uint8Array {
    return this.#session.helloAck(header, message);
  }

  /** `detail` is cut at 200 characters. */
  encodeReject(header: Readonly<PacketHeader>, message: Readonly<Reject>): Uint8Array {
    return this.#session.reject(header, message);
  }

  encodeBye(header: Readonly<PacketHeader>, message: Readonly<Bye>): Uint8Array {
    return this.#session.bye(header, message);
  }

  /** At most `MAX_PRESENCE_JOINED` and `MAX_PRESENCE_LEFT` entries: the caller splits longer lists. */
  encodePresence(header: Readonly<PacketHeader>, message: Readonly<Presence>): Uint8Array {
    return this.#session.presence(header, message);
  }

  encodeFeatures(header: Readonly<PacketHeader>, message: Readonly<Features>): Uint8Array {
    return this.#session.features(header, message);
  }

  /** `detail` is cut at 200 characters. */
  encodeFeatureProblem(header: Readonly<PacketHeader>, message: Readonly<FeatureProblem>): Uint8Array {
    return this.#session.featureProblem(header, message);
  }

  /** Allocates nothing in steady state. */
  encodeInput(header: Readonly<PacketHeader>, message: Readonly<Input>): Uint8Array {
    return this.#input.encode(header, message);
  }

  /** The same in fewer bytes, for a server with which `input_delta_v1` is in use. Allocates nothing once a length has been seen. */
  encodeInputDelta(header: Readonly<PacketHeader>, message: Readonly<Input>): Uint8Array {
    return this.#inputDelta.encode(header, message);
  }

  /** Allocates nothing in steady state. */
  encodeSnapshot(header: Readonly<PacketHeader>, message: Readonly<Snapshot>): Uint8Array {
    return this.#snapshot.encode(header, message);
  }

  /** Lets `entities` write its next packet behind the report. Allocates nothing once a length has been seen. */
  encodeSnapshotDelta(
    header: Readonly<PacketHeader>,
    report: Readonly<OwnReport>,
    entities: EntityPacketSource,
  ): Uint8Array {
    return this.#snapshotDelta.encode(header, report, entities);
  }

  /** Allocates nothing. */
  encodePing(header: Readonly<PacketHeader>, message: Readonly<Ping>): Uint8Array {
    return this.#ping.ping(header, message);
  }

  /** Allocates nothing. */
  encodePong(header: Readonly<PacketHeader>, message: Readonly<Pong>): Uint8Array {
    return this.#ping.pong(header, message);
  }

  /** Allocates nothing. */
  encodeAction(header: Readonly<PacketHeader>, message: Readonly<Action>): Uint8Array {
    return this.#action.action(header, message);
  }

  /** Allocates nothing. */
  encodeActionResult(header: Readonly<PacketHeader>, message: Readonly<ActionResult>): Uint8Array {
    return this.#action.result(header, message);
  }

  /** Allocates nothing. */
  encodeActionEvent(header: Readonly<PacketHeader>, message: Readonly<ActionEvent>): Uint8Array {
    return this.#action.event(header, message);
  }

  encodeCombat<Name extends CombatMessageName>(
    header: Readonly<PacketHeader>,
    name: Name,
    message: Readonly<CombatMessages[Name]>,
  ): Uint8Array {
    return this.#combat.encode(COMBAT_TYPES[name], header, name, message);
  }
}
