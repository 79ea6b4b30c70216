import { Capability } from "../../scripts/protocol/capability.ts";
import { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import {
  type Action,
  type ActionEvent,
  type ActionResult,
  type FeatureProblem,
  type InputCommand,
  MessageType,
  type Presence,
  type Reject,
} from "../../scripts/protocol/messages.ts";
import { PacketEncoder } from "../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../scripts/protocol/packet-sequencer.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { type CloseCause, type ConnectionId, Delivery, type Transport } from "../../scripts/transport/transport.ts";

/** Speaks the protocol word by word, with no manners of its own: for tests of what a server does with odd clients. */
export class RawClient {
  readonly decoder = new MessageDecoder();
  readonly encoder = new PacketEncoder();
  readonly sequencer = new PacketSequencer();
  readonly header = createPacketHeader();
  readonly connection: ConnectionId;
  /** Types of the messages that came, in order. */
  readonly received: MessageType[] = [];
  readonly presences: Presence[] = [];
  /** Numbers of the sequenced packets of the session that came, in order. */
  readonly sequences: number[] = [];
  readonly results: ActionResult[] = [];
  readonly events: ActionEvent[] = [];
  rejected: Reject | undefined;
  bye: string | undefined;
  open = false;
  closed: { cause: CloseCause; detail: string } | undefined;

  constructor(
    readonly transport: Transport,
    address: string,
  ) {
    this.connection = transport.connect(address);
  }

  hello(
    playerName: string,
    protocolMajor = PROTOCOL_MAJOR,
    protocolMinor = PROTOCOL_MINOR,
    capabilities: string[] = [],
  ): void {
    this.sequencer.next(this.header);
    const hello = { protocolMajor, protocolMinor, playerName, clientBuild: "test", capabilities };
    this.raw(this.encoder.encodeHello(this.header, hello), Delivery.reliable);
  }

  input(commands: InputCommand[], ackServerTick = 0): void {
    this.sequencer.next(this.header);
    this.raw(this.encoder.encodeInput(this.header, { ackServerTick, commandCount: commands.length, commands }));
  }

  action(action: Action): void {
    this.sequencer.next(this.header);
    this.raw(this.encoder.encodeAction(this.header, action));
  }

  featureProblem(problem: FeatureProblem): void {
    this.sequencer.next(this.header);
    this.raw(this.encoder.encodeFeatureProblem(this.header, problem), Delivery.reliable);
  }

  raw(packet: Uint8Array, delivery: Delivery = Delivery.unreliable): void {
    this.transport.send(this.connection, packet, delivery);
    this.transport.flush();
  }

  poll(): void {
    this.transport.poll({
      onConnecting: () => false,
      onOpen: () => {
        this.open = true;
      },
      onMessage: (_connection, bytes) => this.#onMessage(bytes),
      onClosed: (_connection, cause, _code, detail) => {
        this.closed = { cause, detail };
      },
    });
  }

  count(type: MessageType): number {
    return this.received.filter((received) => received === type).length;
  }

  #onMessage(bytes: Uint8Array): void {
    const type = this.decoder.decode(bytes);
    if (type === 0) throw new Error(`the server sent a packet that cannot be read: ${this.decoder.detail}`);
    this.received.push(type);
    if (type === MessageType.helloAck) this.sequencer.reset(this.decoder.helloAck.sessionEpoch);
    if (this.decoder.codec === Capability.sequenced) {
      this.sequences.push(this.decoder.header.sequence);
      this.sequencer.accept(this.decoder.header);
    }
    if (type === MessageType.presence) this.presences.push(structuredClone(this.decoder.presence));
    if (type === MessageType.actionResult) this.results.push({ ...this.decoder.actionResult });
    if (type === MessageType.actionEvent) this.events.push({ ...this.decoder.actionEvent });
    if (type === MessageType.reject) this.rejected = { ...this.decoder.reject };
    if (type === MessageType.bye) this.bye = this.decoder.bye.reasonCode;
  }
}
