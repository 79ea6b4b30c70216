import { runBindingBench } from "./binding/binding-bench.ts";
import { runClientBench } from "./client/client-bench.ts";
import { CROWDED_ZONE, runCrowdedZone } from "./client/crowded-zone.ts";
import { runCombatBench } from "./combat/combat-bench.ts";
import { runEngineBench } from "./engine-bench.ts";
import { runReplayBench } from "./netcode/replay-bench.ts";
import { loadZone } from "./protocol/load-zone.ts";
import { runProtocolBench } from "./protocol-bench.ts";
import { runReloadBench } from "./reload/reload-bench.ts";
import { parseReloadOptions } from "./reload/reload-options.ts";
import { runZoneBench } from "./zone-bench.ts";

/** Whether what is no matter of the engine is measured in Node itself instead of in the engine's JavaScript. */
const inNode = process.argv.includes("--node");

/** Every benchmark by name. Each prints one JSON line on standard output; what people read goes to standard error. */
const BENCHES: Record<string, () => Promise<string>> = {
  client: () => runClientBench(optionsOf("client")),
  binding: runBindingBench,
  combat: runCombatBench,
  overlay: () => runEngineBench("res://tests/bench/engine/overlay.tscn"),
  protocol: runProtocolBench,
  reload: () => runReloadBench(parseReloadOptions(optionsOf("reload"))),
  replay: async () =>
    inNode ? runReplayBench(loadZone("shore"), "node") : runEngineBench("res://tests/bench/engine/replay.tscn"),
  zone: async () => runZoneBench(loadZone("shore")),
};

const USAGE = `npm run bench -- NAME [NAME …] [--node]     without a name: all of them

  binding    calls from TypeScript into the engine, beside GDScript doing the same work in the same process, and the engine's start
  combat     the rules of fighting, 200 fighters a tick, and 1,000 who only stand
  client     the whole game in a window on a virtual display among bots of a real server, alone or first, with
             [--entities 100] [--fight] [--seconds 20] [--drawn-seconds 10] [--size 1280x720] [--pictures FOLDER] [--profile FOLDER]
  overlay    time of scripts per frame with the network overlay open and closed, beside the client's own
  protocol   size and speed of snapshots of 200 walking bots, beside MessagePack and JSON
  reload     from saving a script to the running game, alone or first, with [--saves 10] [--watch "COMMAND"]
  replay     two seconds of commands replayed with collision, and 1000 entities interpolated, in Godot's V8; with --node in Node
  zone       processor time of a server's tick with 1000 players all over the zone, without a real network
`;

/** Those that have options of their own. */
const WITH_OPTIONS = ["client", "reload"];
const args = process.argv.slice(2);
const [first = ""] = args;
const names = WITH_OPTIONS.includes(first) ? [first] : args.filter((name) => name !== "--node");
/** What comes after the name of a benchmark that was asked for first. */
const optionsOf = (name: string) => (first === name ? args.slice(1) : []);
const unknown = names.find((name) => !(name in BENCHES));
if (args[0] === CROWDED_ZONE) {
  await runCrowdedZone(args.slice(1));
} else if (args.includes("--help")) {
  process.stdout.write(USAGE);
} else if (unknown !== undefined) {
  process.stderr.write(`no benchmark "${unknown}"\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    process.stderr.write(`running ${name}…\n`);
    try {
      process.stdout.write(`${await BENCHES[name]?.()}\n`);
    } catch (error) {
      process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
