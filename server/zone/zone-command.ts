import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Capability, OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";
import { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import { MessageLog } from "../../scripts/protocol/message-log/message-log.ts";
import { decodeZone, type Zone } from "../../scripts/simulation/zone-file.ts";
import { createGnsTransport } from "../../scripts/transport/gns-transport.ts";
import { ListenError, type Transport } from "../../scripts/transport/transport.ts";
import { readFeatureFileLater } from "../features/feature-file.ts";
import { FEATURE_POLL_MS, FeatureFileWatch } from "../features/feature-file-watch.ts";
import type { FeatureFlags } from "../features/feature-flags.ts";
import { featuresFilePath } from "../features/feature-overrides.ts";
import { openFeatureFlags } from "../features/open-feature-flags.ts";
import { type MetricsEndpoint, startMetricsEndpoint } from "../metrics/metrics-endpoint.ts";
import { ZoneMetrics } from "../metrics/zone-metrics.ts";
import { CombatDataProblem, loadCombatData } from "./combat/load-combat-data.ts";
import { RealTimeLoop } from "./real-time-loop.ts";
import type { LogLine } from "./throttled-log.ts";
import { readZoneOptions, ZONE_USAGE, type ZoneCommandOptions } from "./zone-options.ts";
import { type CombatOptions, ZoneServer } from "./zone-server.ts";

/** Who has no rules of fighting does not offer it: what is not agreed on is not asked for in vain. */
const PEACEFUL_CAPABILITIES = OWN_CAPABILITIES.filter((capability) => capability !== Capability.combat);
/** Time for the goodbyes to leave before the socket closes, milliseconds. */
const FAREWELL_MS = 150;

/** Takes players in whom this process plays, once the zone is there. */
export type Populate = (server: ZoneServer, zone: Zone) => void;

/**
 * Serves one zone until SIGINT, SIGTERM, or the end of standard input when a parent holds it open as a pipe. Prints one
 * JSON line `{"event":"listening",…}` once players can come. Exit codes: 0 stopped, 1 could not start, 2 wrong options.
 */
export async function runZoneCommand(args: string[], populate?: Populate): Promise<void> {
  if (args.includes("--help")) {
    process.stdout.write(ZONE_USAGE);
    return;
  }
  const options = readZoneOptions(args);
  if ("problem" in options) {
    process.stderr.write(`${options.problem}\n\n${ZONE_USAGE}`);
    process.exitCode = 2;
    return;
  }
  const featuresPath = featuresFilePath(options.featuresFile, process.env);
  const features = openFeatureFlags(featuresPath, process.env);
  if (!features.ok) {
    fail(
      `${features.faults.join("\n")}\nThe zone starts only with features in order. "npm run flags -- check" says when they are.`,
    );
    return;
  }
  const zone = loadZone(options);
  if (typeof zone === "string") {
    fail(zone);
    return;
  }
  const combat = openCombat(options.combat, zone);
  if (typeof combat === "string") {
    fail(combat);
    return;
  }
  const transport = createGnsTransport();
  const bound = listen(transport, options.listenAddress);
  if (bound instanceof ListenError) {
    transport.dispose();
    fail(bound.message);
    return;
  }
  const log = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${zone.name}: ${line}\n`);
  const metrics = options.metrics && new ZoneMetrics(zone.name, () => performance.now() * 1e6);
  const messageLog = createMessageLog(options.logMessages);
  const server = new ZoneServer({
    transport,
    zone,
    nowMs: () => performance.now(),
    random: Math.random,
    maxPlayers: options.maxPlayers,
    spawn: options.spawn,
    features: features.flags,
    ...(combat
      ? { combat: { ...combat, ...(metrics && { ticks: metrics.combatTicks }) } }
      : { capabilities: PEACEFUL_CAPABILITIES }),
    log,
    ...(metrics && { meter: metrics.meter, ticks: metrics.ticks }),
    ...(messageLog && { messageLog }),
  });
  const endpoint = await serveMetrics(options, server, metrics);
  if (endpoint !== undefined && "problem" in endpoint) {
    transport.dispose();
    fail(endpoint.problem);
    return;
  }
  populate?.(server, zone);
  watchFeatures(featuresPath, features, log);
  stopOnRequest(server, transport, new RealTimeLoop(server), endpoint);
  const metricsUrl = endpoint && { metrics: `${endpoint.url}/metrics` };
  process.stdout.write(
    `${JSON.stringify({ event: "listening", zone: zone.name, address: bound, pid: process.pid, ...metricsUrl })}\n`,
  );
}

async function serveMetrics({ metrics: place }: ZoneCommandOptions, server: ZoneServer, metrics?: ZoneMetrics) {
  if (place === undefined || metrics === undefined) return undefined;
  return await startMetricsEndpoint({
    ...place,
    metrics: () => metrics.text(server),
    health: () => metrics.health(server),
    nowMs: () => performance.now(),
  });
}

/** `whose`: a player's name, "" for everybody. */
function createMessageLog(whose: string | undefined): MessageLog | undefined {
  if (whose === undefined) return undefined;
  return new MessageLog({
    reader: new MessageDecoder(),
    write: (line) => void process.stderr.write(`${line}\n`),
    nowMs: Date.now,
    ...(whose !== "" && { only: whose }),
  });
}

function loadZone({ zonesFolder, zone }: ZoneCommandOptions): Zone | string {
  const path = join(zonesFolder, `${zone}.zone`);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    return `zone "${zone}" was expected at ${path}, which cannot be read. Run "npm run bake", or choose another with --zone.`;
  }
  const decoded = decodeZone(bytes);
  return decoded.ok ? decoded.zone : `${path} is not a baked zone: ${decoded.reason}. Run "npm run bake".`;
}

/** The rules of fighting in `data/` of the folder that it is started in, if there are to be any. What is wrong with them, in words. */
function openCombat(wanted: boolean, { name, camps }: Zone): CombatOptions | undefined | string {
  if (!wanted) return undefined;
  try {
    const data = loadCombatData();
    const strange = camps.find(({ creature }) => data.creature(creature) === undefined);
    if (strange === undefined) return { data };
    return `zone "${name}" has a camp of "${strange.creature}", and there is no data/creatures/${strange.creature}.json: bring the file back, or choose another creature in the scene and run "npm run bake".`;
  } catch (error) {
    if (error instanceof CombatDataProblem) return error.message;
    throw error;
  }
}

function listen(transport: Transport, address: string): string | ListenError {
  try {
    return transport.listen(address);
  } catch (error) {
    if (error instanceof ListenError) return error;
    throw error;
  }
}

function watchFeatures(path: string, { flags, text }: { flags: FeatureFlags; text: string }, log: LogLine): void {
  const watch = new FeatureFileWatch({ path, text, flags, read: () => readFeatureFileLater(path), log });
  setInterval(() => void watch.poll(), FEATURE_POLL_MS).unref();
}

function stopOnRequest(
  server: ZoneServer,
  transport: Transport,
  loop: RealTimeLoop,
  endpoint: MetricsEndpoint | undefined,
): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    loop.stop();
    server.stop();
    void endpoint?.close();
    setTimeout(() => {
      transport.dispose();
      process.exit(0);
    }, FAREWELL_MS);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
  if (process.env.DARKAGES_STOP_WITH_STDIN === "1") process.stdin.resume().on("end", stop).on("error", stop);
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
