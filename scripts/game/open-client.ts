import { DisplayServer, OS } from "godot";
import { GameClient, type GameClientOptions } from "../client/game-client.ts";
import { openFileSink } from "../client/recording/file-sink.ts";
import { RecordingClient } from "../client/recording/recording-client.ts";
import type { RecordingSink } from "../client/recording/recording-writer.ts";
import { runtimeName } from "../client/recording/runtime-name.ts";
import { MessageDecoder } from "../protocol/message-decoder.ts";
import { MessageLog } from "../protocol/message-log/message-log.ts";
import { MessageMeter } from "../protocol/metering/message-meter.ts";
import type { CombatData } from "../simulation/combat/data/combat-data.ts";
import { ConditionedTransport } from "../transport/conditioner/conditioned-transport.ts";
import type { LinkConditions } from "../transport/conditioner/link-conditions.ts";
import { createGnsTransport } from "../transport/gns-transport.ts";
import { loadCombat } from "./load-combat.ts";
import { loadZoneFile } from "./world-files.ts";

/** Set to anything but 0 or nothing, every message is written to the output as one line. */
const LOG_MESSAGES_VARIABLE = "DARKAGES_LOG_MESSAGES";

/** Nothing here looks at how long coding takes: no clock is read for it. */
const NEVER_TIMED = 1_000_000;

/** The client, with what the player may look at and change while playing. */
export interface OpenedClient {
  readonly client: GameClient;
  /** Makes the link worse than the network does; as it is, it hands everything on in the same frame. There is none in a replay. */
  readonly link: ConditionedTransport | undefined;
  readonly meter: MessageMeter;
  /** What is fought by; there is none in a replay, and where the data is not in order. */
  readonly rules: CombatData | undefined;
}

/**
 * The game's own client, over the real network, made as bad as `conditions` say, and recorded to a file where one is named. Throws when the
 * network or the file cannot be used.
 */
export function openClient(conditions: LinkConditions, recordFile: string | undefined): OpenedClient {
  const system = OS.get_name().toLowerCase();
  const messageLog = openMessageLog();
  const link = conditionNetwork(conditions);
  const meter = new MessageMeter({ nowNs: () => performance.now() * 1e6, timeOneIn: NEVER_TIMED });
  const combat = loadCombat();
  const client = makeClient(recordFile, {
    transport: link,
    meter,
    loadZone: loadZoneFile,
    ...(combat && { combat }),
    random: Math.random,
    clientBuild: `darkages/0.1.0 ${system}`,
    platform: DisplayServer.get_name() === "headless" ? "headless" : system,
    ...(messageLog && { messageLog }),
    log: (line) => console.log(line),
  });
  return { client, link, meter, rules: combat };
}

function makeClient(recordFile: string | undefined, options: GameClientOptions): GameClient {
  if (recordFile === undefined) return new GameClient(options);
  const sink = openRecordFile(recordFile);
  const log = (line: string): void => console.warn(`${recordFile}: ${line}`);
  console.log(`recording to ${recordFile}: the names of all players and the server's address are in it`);
  return new RecordingClient(options, { sink, recordedAtMs: Date.now(), runtime: runtimeName(), log });
}

function openRecordFile(path: string): RecordingSink {
  try {
    return openFileSink(path);
  } catch (error) {
    throw new Error(`--record ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function conditionNetwork(conditions: LinkConditions): ConditionedTransport {
  const inner = createGnsTransport();
  const seed = Math.floor(Math.random() * 2 ** 32);
  return new ConditionedTransport({ inner, nowMs: () => performance.now(), seed, conditions });
}

function openMessageLog(): MessageLog | undefined {
  const wanted = OS.get_environment(LOG_MESSAGES_VARIABLE);
  if (wanted === "" || wanted === "0") return undefined;
  return new MessageLog({ reader: new MessageDecoder(), write: (line) => console.log(line), nowMs: Date.now });
}
