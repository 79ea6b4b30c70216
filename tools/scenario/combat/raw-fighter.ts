import { OWN_CAPABILITIES } from "../../../scripts/protocol/capability.ts";
import type { AbilityResult, AbilityUse, CombatEvent } from "../../../scripts/protocol/combat/combat-messages.ts";
import type { CombatCommandKind, CommandOutcome } from "../../../scripts/protocol/combat/combat-words.ts";
import { createCombatMessages } from "../../../scripts/protocol/combat/create-combat-messages.ts";
import { MessageDecoder } from "../../../scripts/protocol/message-decoder.ts";
import { type InputCommand, MessageType } from "../../../scripts/protocol/messages.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../../scripts/protocol/packet-sequencer.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../../scripts/protocol/protocol-version.ts";
import { createCommand } from "../../../scripts/simulation/command.ts";
import { type ConnectionId, Delivery, type Transport } from "../../../scripts/transport/transport.ts";

const FIRST_TICK = 100;

/**
 * Says what no client of ours would, packet by packet: uses that its own bar would never let through. Gives one command a tick, as `stance` says,
 * while `goesOn`.
 */
export class RawFighter {
  readonly stance: InputCommand = createCommand();
  goesOn = true;
  /** Number of its newest command. */
  tick = FIRST_TICK;
  readonly results: AbilityResult[] = [];
  /** Answers to commands by their numbers, such as `done`. */
  readonly obeyed = new Map<number, CommandOutcome>();
  /** Is told the events of a tick, when they come. The list is valid until the next packet. */
  onEvents: (serverTick: number, events: readonly CombatEvent[]) => void = () => {};
  readonly transport: Transport;
  readonly #decoder = new MessageDecoder();
  readonly #encoder = new PacketEncoder();
  readonly #sequencer = new PacketSequencer();
  readonly #header = createPacketHeader();
  readonly #connection: ConnectionId;
  #joined = false;
  #nextUseId = 1;
  #nextCommandId = 1;

  constructor(transport: Transport, address: string) {
    this.transport = transport;
    this.#connection = transport.connect(address);
  }

  get entityId(): number {
    return this.#decoder.helloAck.entityId;
  }

  hello(playerName: string): void {
    this.#sequencer.next(this.#header);
    const capabilities = [...OWN_CAPABILITIES];
    const hello = {
      ...{ protocolMajor: PROTOCOL_MAJOR, protocolMinor: PROTOCOL_MINOR, clientBuild: "raw" },
      ...{ playerName, capabilities },
    };
    this.#send(this.#encoder.encodeHello(this.#header, hello), Delivery.reliable);
  }

  /** One tick of play. */
  command(serverTick: number): void {
    if (!this.goesOn || !this.#joined) return;
    this.tick += 1;
    this.#sequencer.next(this.#header);
    const commands = [{ ...this.stance, tick: this.tick }];
    this.#send(this.#encoder.encodeInput(this.#header, { ackServerTick: serverTick, commandCount: 1, commands }));
  }

  /** Asks for an ability, in its newest command unless told otherwise. Returns the number of the use. */
  use(change: Partial<AbilityUse>, serverTick: number): number {
    const useId = change.useId ?? this.#nextUseId;
    this.#nextUseId = Math.max(this.#nextUseId, useId) + 1;
    const use = { ...createCombatMessages().abilityUse, tick: this.tick, viewTick: Math.max(serverTick - 6, 0) };
    this.#sequencer.next(this.#header);
    this.#send(this.#encoder.encodeCombat(this.#header, "abilityUse", { ...use, ...change, useId }));
    return useId;
  }

  /** Asks for something else. Returns the number of the command. */
  ask(kind: CombatCommandKind, entityId = 0, number = 0): number {
    const commandId = this.#nextCommandId;
    this.#nextCommandId += 1;
    this.#sequencer.next(this.#header);
    const command = { commandId, kind, entityId, number };
    this.#send(this.#encoder.encodeCombat(this.#header, "combatCommand", command), Delivery.reliable);
    return commandId;
  }

  /** What came of a use; `undefined` while nothing was said. */
  outcome(useId: number): AbilityResult["outcome"] | undefined {
    return this.results.find((result) => result.useId === useId)?.outcome;
  }

  leave(): void {
    this.transport.close(this.#connection, 0, "leaving");
    this.transport.flush();
    this.goesOn = false;
  }

  poll(): void {
    this.transport.poll({
      onConnecting: () => false,
      onOpen: () => {},
      onMessage: (_connection, bytes) => this.#receive(bytes),
      onClosed: () => {
        this.goesOn = false;
      },
    });
  }

  #receive(bytes: Uint8Array): void {
    const type = this.#decoder.decode(bytes);
    if (type === 0) throw new Error(`the server sent a packet that cannot be read: ${this.#decoder.detail}`);
    if (type === MessageType.helloAck) {
      this.#sequencer.reset(this.#decoder.helloAck.sessionEpoch);
      this.#joined = true;
    }
    if (this.#joined) this.#sequencer.accept(this.#decoder.header);
    if (type === MessageType.abilityResult) this.results.push({ ...this.#decoder.combat.abilityResult });
    if (type === MessageType.combatEvents) {
      const { serverTick, events } = this.#decoder.combat.combatEvents;
      this.onEvents(serverTick, events);
    }
    if (type !== MessageType.combatCommandResult) return;
    const { commandId, outcome } = this.#decoder.combat.combatCommandResult;
    this.obeyed.set(commandId, outcome);
  }

  #send(packet: Uint8Array, delivery: Delivery = Delivery.unreliable): void {
    this.transport.send(this.#connection, packet, delivery);
    this.transport.flush();
  }
}
