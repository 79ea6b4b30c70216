import { Capability } from "../../scripts/protocol/capability.ts";
import type { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import { type Input, MessageType } from "../../scripts/protocol/messages.ts";
import type { ZoneCombat } from "./combat/zone-combat.ts";
import type { FeatureChanges } from "./feature-changes.ts";
import type { LagCompensation } from "./lag-compensation/lag-compensation.ts";
import type { Outbox } from "./outbox.ts";
import type { Player } from "./player.ts";
import type { ZoneCounters } from "./zone-counters.ts";

export interface PlayerMailParts {
  /** Has read the message that is delivered. */
  readonly decoder: MessageDecoder;
  readonly outbox: Outbox;
  readonly counters: ZoneCounters;
  readonly featureChanges: FeatureChanges;
  readonly lagCompensation: LagCompensation;
  readonly combat: ZoneCombat | undefined;
  /** A player says goodbye. */
  readonly leave: (player: Player) => void;
}

/** What players say during their session: judges whether it is of the session and news, and brings it to whom it concerns. */
export class PlayerMail {
  readonly #parts: PlayerMailParts;

  constructor(parts: PlayerMailParts) {
    this.#parts = parts;
  }

  /** Whether the message is one of this session that has not come before; counts what is not. */
  accepts(player: Player): boolean {
    const { decoder, counters } = this.#parts;
    const { header, codec } = decoder;
    if (!player.features.agreement.capabilities.includes(codec)) {
      counters.unexpected += 1;
      return false;
    }
    if (header.sessionEpoch !== player.sessionEpoch) {
      counters.wrongEpoch += 1;
      return false;
    }
    if (codec !== Capability.sequenced) return true;
    if (player.sequencer.accept(header) !== "fresh") {
      counters.duplicates += 1;
      return false;
    }
    player.sender?.acknowledge(header.ack, header.ackBits);
    return true;
  }

  /** Delivers what `accepts` has let through. `nextEntityId`: nobody has had this entity id yet, or a higher one. */
  deliver(player: Player, type: MessageType, serverTick: number, nextEntityId: number): void {
    const { decoder, outbox, counters, featureChanges, lagCompensation, combat, leave } = this.#parts;
    switch (type) {
      case MessageType.input:
      case MessageType.inputDelta:
        this.#takeInput(player, decoder.input, serverTick);
        return;
      case MessageType.ping:
        outbox.pong(player, { sentAtMs: decoder.ping.sentAtMs, serverTick });
        return;
      case MessageType.featureProblem:
        featureChanges.report(player, decoder.featureProblem);
        return;
      // What was offered may be asked for at any time, in use or not.
      case MessageType.action:
        if (agreed(player, Capability.action)) lagCompensation.request(player, decoder.action, serverTick);
        else counters.unexpected += 1;
        return;
      case MessageType.abilityUse:
        if (agreed(player, Capability.combat)) combat?.request(player, decoder.combat.abilityUse, serverTick);
        else counters.unexpected += 1;
        return;
      case MessageType.combatCommand:
        if (agreed(player, Capability.combat)) combat?.command(player, decoder.combat.combatCommand, nextEntityId);
        else counters.unexpected += 1;
        return;
      case MessageType.bye:
        leave(player);
        return;
      default:
        counters.unexpected += 1;
    }
  }

  #takeInput(player: Player, input: Input, serverTick: number): void {
    const { counters } = this.#parts;
    player.actions.acknowledge(input.ackServerTick, serverTick);
    if (input.keyframeNeeded && player.sender !== undefined) {
      counters.keyframeRequests += 1;
      player.sender.requestKeyframe();
    }
    for (let index = 0; index < input.commandCount; index += 1) {
      const command = input.commands[index];
      if (command === undefined) return;
      const result = player.commands.offer(command);
      if (result === "known") counters.commandsKnown += 1;
      else if (result === "too_far_ahead") counters.commandsTooFarAhead += 1;
    }
  }
}

function agreed({ features }: Player, capability: Capability): boolean {
  return features.agreement.capabilities.includes(capability);
}
