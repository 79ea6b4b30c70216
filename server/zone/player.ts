import type { AbilityUse } from "../../scripts/protocol/combat/combat-messages.ts";
import { createCombatMessages } from "../../scripts/protocol/combat/create-combat-messages.ts";
import type { InputCommand } from "../../scripts/protocol/messages.ts";
import type { Codec } from "../../scripts/protocol/negotiation.ts";
import { createPacketHeader, type PacketHeader } from "../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../scripts/protocol/packet-sequencer.ts";
import type { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { createCommand } from "../../scripts/simulation/command.ts";
import { TICK_RATE_HZ } from "../../scripts/simulation/constants.ts";
import type { MoveState } from "../../scripts/simulation/move-state.ts";
import { createMoveState } from "../../scripts/simulation/move-state.ts";
import type { ConnectionId } from "../../scripts/transport/transport.ts";
import { CommandQueue } from "./command-queue.ts";
import { ActionInbox } from "./lag-compensation/action-inbox.ts";
import { CommandTrail } from "./lag-compensation/command-trail.ts";
import { RequestInbox } from "./lag-compensation/request-inbox.ts";
import { TokenBucket } from "./lag-compensation/token-bucket.ts";
import type { SessionFeatures } from "./session-features.ts";
import { Sight } from "./sight.ts";
import { TimeBank } from "./time-bank.ts";

/** Combat commands that one player may give at once, and per second. */
const COMMAND_BURST = 16;
const COMMANDS_PER_SECOND = 10;
/** Events of strangers that one player is told, in a burst and per second. */
const EVENT_BURST = 120;
const EVENTS_PER_SECOND = 240;

function useNumber({ useId }: Readonly<AbilityUse>): number {
  return useId;
}

/** A connection that has not said a valid Hello yet. */
export interface Newcomer {
  readonly stage: "newcomer";
  readonly connection: ConnectionId;
  readonly address: string;
  readonly arrivedAtMs: number;
  /** What it writes in, and is answered in. */
  codec: Codec;
  malformed: number;
}

/** A player in the zone: who it is, where it is, and what it wants next. */
export interface Player {
  readonly stage: "playing";
  readonly connection: ConnectionId;
  /** Nobody is at the other end to be told anything. */
  readonly deaf: boolean;
  readonly address: string;
  readonly entityId: number;
  readonly name: string;
  readonly nameKey: string;
  readonly sequencer: PacketSequencer;
  /** Header of outgoing packets, stamped anew by the sequencer for each. */
  readonly header: PacketHeader;
  readonly sessionEpoch: number;
  /** What both ends can do, and what of it is in use. */
  readonly features: SessionFeatures;
  /** Tells the player about the others by differences; absent where that was not agreed. */
  readonly sender: SnapshotSender | undefined;
  /** Where the character stands in the zone's history of states. */
  readonly place: number;
  /** Whom it sees. */
  readonly sight: Sight;
  readonly state: MoveState;
  readonly commands: CommandQueue;
  readonly timeBank: TimeBank;
  /** Where its last commands left the character. */
  readonly trail: CommandTrail;
  /** What it asked to do to others. */
  readonly actions: ActionInbox;
  /** Abilities that it asked to use. */
  readonly uses: RequestInbox<AbilityUse>;
  /** What else it may ask of a fight, and how much of strangers' fights it is told. */
  readonly combatCommands: TokenBucket;
  readonly combatEvents: TokenBucket;
  /** Entity that it has locked on to; 0 for nobody. */
  lockedOn: number;
  /** It is on its way to another zone: it does nothing in this one any more. */
  inHandoff: boolean;
  /** The newest command that ran. */
  readonly lastCommand: InputCommand;
  /** Where others are told that the character is: see `showState`. */
  readonly shown: MoveState;
  lastHeardAtMs: number;
  malformed: number;
}

export type Session = Newcomer | Player;

/** Stands for the connection of a player whom this process itself plays: `ZoneServer.takeIn`. The transport gives it to nobody. */
export const NO_CONNECTION = 0 as ConnectionId;

export function createPlayer(newcomer: Newcomer, who: PlayerIdentity, nowMs: number): Player {
  const sequencer = new PacketSequencer();
  sequencer.reset(who.sessionEpoch, who.features.agreement.protocolMinor);
  return {
    stage: "playing",
    connection: newcomer.connection,
    deaf: newcomer.connection === NO_CONNECTION,
    address: newcomer.address,
    ...who,
    sequencer,
    header: createPacketHeader(),
    sight: new Sight(),
    state: createMoveState(),
    commands: new CommandQueue(),
    timeBank: new TimeBank(),
    trail: new CommandTrail(),
    actions: new ActionInbox(),
    uses: new RequestInbox<AbilityUse>(() => createCombatMessages().abilityUse, useNumber),
    combatCommands: new TokenBucket(COMMAND_BURST, TICK_RATE_HZ / COMMANDS_PER_SECOND),
    combatEvents: new TokenBucket(EVENT_BURST, TICK_RATE_HZ / EVENTS_PER_SECOND),
    lockedOn: 0,
    inHandoff: false,
    lastCommand: createCommand(),
    shown: createMoveState(),
    lastHeardAtMs: nowMs,
    malformed: newcomer.malformed,
  };
}

/** What a newcomer becomes known by. `nameKey` is equal for names that count as the same. */
export interface PlayerIdentity {
  readonly entityId: number;
  readonly name: string;
  readonly nameKey: string;
  readonly sessionEpoch: number;
  readonly features: SessionFeatures;
  readonly sender: SnapshotSender | undefined;
  readonly place: number;
}
