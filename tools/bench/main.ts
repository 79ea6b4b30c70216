import { runEngineBench } from "./engine-bench.ts";
import { runProtocolBench } from "./protocol-bench.ts";

/** Every benchmark by name. Each prints one JSON line on standard output; what people read goes to standard error. */
const BENCHES: Record<string, () => Promise<string>> = {
  binding: () => runEngineBench("res://tests/bench/engine/binding.tscn"),
  protocol: runProtocolBench,
};

const USAGE = `npm run bench -- NAME [NAME …]     without a name: all of them

  binding    calls from TypeScript into the engine, beside GDScript doing the same work in the same process
  protocol   size and speed of snapshots of 200 walking bots, beside MessagePack and JSON
`;

const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in BENCHES));
if (unknown !== undefined) {
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
