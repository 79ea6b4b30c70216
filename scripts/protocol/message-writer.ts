import type { CombatMessageName, CombatMessages } from "./combat/combat-messages.ts";
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
  Ping,
  Pong,
  Presence,
  Reject,
  Snapshot,
} from "./messages.ts";
import type { PacketHeader } from "./packet-header.ts";

/**
 * What every codec can write. The bytes that are returned are reused memory: valid until the next call of any method of
 * the same writer. A value that the wire cannot carry throws `RangeError`.
 *
 * The header comes from a `PacketSequencer`; `protocol_v1` writes nothing of it but the session's epoch.
 */
export interface MessageWriter {
  encodeHello(header: Readonly<PacketHeader>, message: Readonly<Hello>): Uint8Array;
  encodeHelloAck(header: Readonly<PacketHeader>, message: Readonly<HelloAck>): Uint8Array;
  /** `detail` is cut at 200 characters. */
  encodeReject(header: Readonly<PacketHeader>, message: Readonly<Reject>): Uint8Array;
  encodeBye(header: Readonly<PacketHeader>, message: Readonly<Bye>): Uint8Array;
  /** At most `MAX_PRESENCE_JOINED` and `MAX_PRESENCE_LEFT` entries: the caller splits longer lists. */
  encodePresence(header: Readonly<PacketHeader>, message: Readonly<Presence>): Uint8Array;
  encodeFeatures(header: Readonly<PacketHeader>, message: Readonly<Features>): Uint8Array;
  /** `detail` is cut at 200 characters. */
  encodeFeatureProblem(header: Readonly<PacketHeader>, message: Readonly<FeatureProblem>): Uint8Array;
  encodeInput(header: Readonly<PacketHeader>, message: Readonly<Input>): Uint8Array;
  encodeSnapshot(header: Readonly<PacketHeader>, message: Readonly<Snapshot>): Uint8Array;
  encodePing(header: Readonly<PacketHeader>, message: Readonly<Ping>): Uint8Array;
  encodePong(header: Readonly<PacketHeader>, message: Readonly<Pong>): Uint8Array;
  encodeAction(header: Readonly<PacketHeader>, message: Readonly<Action>): Uint8Array;
  encodeActionResult(header: Readonly<PacketHeader>, message: Readonly<ActionResult>): Uint8Array;
  encodeActionEvent(header: Readonly<PacketHeader>, message: Readonly<ActionEvent>): Uint8Array;
  encodeCombat<Name extends CombatMessageName>(
    header: Readonly<PacketHeader>,
    name: Name,
    message: Readonly<CombatMessages[Name]>,
  ): Uint8Array;
}
