import { runZoneCommand } from "./zone/zone-command.ts";

const USAGE = `npm run server -- COMMAND [options]

  zone    serve one zone; "zone --help" lists its options
`;

const [command, ...args] = process.argv.slice(2);
if (command === "zone") {
  await runZoneCommand(args);
} else if (command === "--help") {
  process.stdout.write(USAGE);
} else {
  process.stderr.write(command === undefined ? USAGE : `no command "${command}"\n\n${USAGE}`);
  process.exitCode = 2;
}
