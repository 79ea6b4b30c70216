import { queryObjects } from "node:v8";
import { GameClient } from "../../../scripts/client/game-client.ts";
import { Session } from "../../../scripts/client/session.ts";
import { SnapshotReceiver } from "../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import { SnapshotSender } from "../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { ConditionedLink } from "../../../scripts/transport/conditioner/conditioned-link.ts";
import { ConditionedTransport } from "../../../scripts/transport/conditioner/conditioned-transport.ts";
import { LoopbackTransport } from "../../../scripts/transport/loopback-transport.ts";
import { CommandQueue } from "../../../server/zone/command-queue.ts";
import { SessionFeatures } from "../../../server/zone/session-features.ts";
import { ZoneServer } from "../../../server/zone/zone-server.ts";

/** Everything that belongs to one player, one connection or one server, and must go with it. */
const COUNTED = {
  GameClient,
  Session,
  SnapshotReceiver,
  ConditionedTransport,
  ConditionedLink,
  LoopbackTransport,
  ZoneServer,
  SessionFeatures,
  CommandQueue,
  SnapshotSender,
} as const;

export type CountedClass = keyof typeof COUNTED;
export type LiveObjects = Record<CountedClass, number>;

/** How many of each are in this process's memory: an exact census, of all worlds that are in it. Call `collectGarbage` before. */
export function countLiveObjects(): LiveObjects {
  const count = (name: CountedClass) => queryObjects(COUNTED[name], { format: "count" });
  return {
    GameClient: count("GameClient"),
    Session: count("Session"),
    SnapshotReceiver: count("SnapshotReceiver"),
    ConditionedTransport: count("ConditionedTransport"),
    ConditionedLink: count("ConditionedLink"),
    LoopbackTransport: count("LoopbackTransport"),
    ZoneServer: count("ZoneServer"),
    SessionFeatures: count("SessionFeatures"),
    CommandQueue: count("CommandQueue"),
    SnapshotSender: count("SnapshotSender"),
  };
}
