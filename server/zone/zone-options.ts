import { parseArgs } from "node:util";

/** On the zone's spawns, or anywhere on its ground: for tests under load. */
export type SpawnPlace = "spawns" | "anywhere";

export interface ZoneCommandOptions {
  /** Where to listen: `host:port`. */
  listenAddress: string;
  zone: string;
  zonesFolder: string;
  maxPlayers: number;
  /** Where newcomers appear. */
  spawn: SpawnPlace;
  /** Undefined when the command line does not say. */
  featuresFile: string | undefined;
  /** Whether there is fighting, by the rules in `data/`; without, nobody can be hurt. */
  combat: boolean;
  /** Where to serve metrics over HTTP; undefined for nowhere. */
  metrics: { host: string; port: number } | undefined;
  /** Whose messages to write down: a player's name, "" for everybody, undefined for nobody. */
  logMessages: string | undefined;
}

export const ZONE_USAGE = `npm run server -- zone [options]

  --port N            UDP port, 0 to 65535; 0 takes a free one (7777)
  --bind ADDRESS      address to listen on; 0.0.0.0 or [::] for the whole network (127.0.0.1)
  --zone NAME         zone to serve (shore)
  --zones FOLDER      folder with baked zones (dist/zones)
  --max-players N     1 to 1000 (100)
  --spawn PLACE       where newcomers appear: on the zone's spawns, or anywhere on its ground, for tests under load (spawns)
  --features FILE     which features are on for whom: docs/operators.md (config/features.json, or DARKAGES_FEATURES_FILE)
  --combat on|off     abilities, health and death by the rules in data/: docs/combat.md (on)
  --metrics [ADDRESS:]PORT
                      serve GET /metrics and /healthz over HTTP; without an address on 127.0.0.1; port 0 takes a free one
  --log-messages[=NAME]
                      write every message to standard error as a line to read, or only those of one player
`;

/** Reads the command line of the zone server. What cannot be right comes back as a sentence for the person who typed it. */
export function readZoneOptions(args: string[]): ZoneCommandOptions | { problem: string } {
  let values: Partial<
    Record<
      "port" | "bind" | "zone" | "zones" | "max-players" | "spawn" | "features" | "combat" | "metrics" | "log-messages",
      string
    >
  >;
  try {
    ({ values } = parseArgs({
      // The one option whose value may be left out.
      args: args.map((arg) => (arg === "--log-messages" ? "--log-messages=" : arg)),
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: "string" },
        bind: { type: "string" },
        zone: { type: "string" },
        zones: { type: "string" },
        "max-players": { type: "string" },
        spawn: { type: "string" },
        features: { type: "string" },
        combat: { type: "string" },
        metrics: { type: "string" },
        "log-messages": { type: "string" },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const port = wholeNumber(values.port ?? "7777", 0, 65535);
  if (port === undefined) return { problem: `--port takes a whole number from 0 to 65535, "${values.port}" came` };
  const maxPlayers = wholeNumber(values["max-players"] ?? "100", 1, 1000);
  if (maxPlayers === undefined) {
    return { problem: `--max-players takes a whole number from 1 to 1000, "${values["max-players"]}" came` };
  }
  const zone = values.zone ?? "shore";
  if (!/^[a-z][a-z0-9-]*$/.test(zone)) return { problem: `--zone takes a name such as shore, "${zone}" came` };
  const spawn = values.spawn ?? "spawns";
  if (spawn !== "spawns" && spawn !== "anywhere") {
    return { problem: `--spawn takes spawns or anywhere, "${spawn}" came` };
  }
  const bind = values.bind ?? "127.0.0.1";
  const host = bind.includes(":") && !bind.startsWith("[") ? `[${bind}]` : bind;
  if (values.features === "") return { problem: '--features takes the path of a file, "" came' };
  const combat = values.combat ?? "on";
  if (combat !== "on" && combat !== "off") return { problem: `--combat takes on or off, "${combat}" came` };
  const metrics = values.metrics === undefined ? undefined : endpoint(values.metrics);
  if (metrics !== undefined && "problem" in metrics) return metrics;
  return {
    listenAddress: `${host}:${port}`,
    zone,
    zonesFolder: values.zones ?? "dist/zones",
    maxPlayers,
    spawn,
    featuresFile: values.features,
    combat: combat === "on",
    metrics,
    logMessages: values["log-messages"],
  };
}

function endpoint(text: string): { host: string; port: number } | { problem: string } {
  const parts = /^(?:(?<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.%]+\]):)?(?<port>\d+)$/.exec(text)?.groups;
  const port = wholeNumber(parts?.port ?? "", 0, 65535);
  if (parts === undefined || port === undefined) {
    return {
      problem: `--metrics takes a port, or an address and a port such as 127.0.0.1:9100 or [::1]:9100, "${text}" came`,
    };
  }
  return { host: (parts.host ?? "127.0.0.1").replace(/^\[|\]$/g, ""), port };
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,6}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
