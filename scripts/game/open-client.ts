import { DisplayServer, OS } from "godot";
import { GameClient } from "../client/game-client.ts";
import { MessageDecoder } from "../protocol/message-decoder.ts";
import { MessageLog } from "../protocol/message-log/message-log.ts";
import { ConditionedTransport } from "../transport/conditioner/conditioned-transport.ts";
import type { LinkConditions } from "../transport/conditioner/link-conditions.ts";
import { createGnsTransport } from "../transport/gns-transport.ts";
import type { Transport } from "../transport/transport.ts";
import { loadZoneFile } from "./world-files.ts";

/** Set to anything but 0 or nothing, every message is written to the output as one line. */
const LOG_MESSAGES_VARIABLE = "DARKAGES_LOG_MESSAGES";

/** The game's own client, over the real network, made as bad as `link` says. Throws when the network cannot be used. */
export function openClient(link: LinkConditions | undefined): GameClient {
  const system = OS.get_name().toLowerCase();
  const messageLog = openMessageLog();
  return new GameClient({
    transport: openTransport(link),
    loadZone: loadZoneFile,
    random: Math.random,
    clientBuild: `darkages/0.1.0 ${system}`,
    platform: DisplayServer.get_name() === "headless" ? "headless" : system,
    ...(messageLog && { messageLog }),
    log: (line) => console.log(line),
  });
}

function openTransport(link: LinkConditions | undefined): Transport {
  const inner = createGnsTransport();
  if (link === undefined) return inner;
  const seed = Math.floor(Math.random() * 2 ** 32);
  return new ConditionedTransport({ inner, nowMs: () => performance.now(), seed, conditions: link });
}

function openMessageLog(): MessageLog | undefined {
  const wanted = OS.get_environment(LOG_MESSAGES_VARIABLE);
  if (wanted === "" || wanted === "0") return undefined;
  return new MessageLog({ reader: new MessageDecoder(), write: (line) => console.log(line), nowMs: Date.now });
}
