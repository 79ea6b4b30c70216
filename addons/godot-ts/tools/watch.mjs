// Builds the scripts of the project in the current folder whenever they are saved: node addons/godot-ts/tools/watch.mjs
import { parseArgs } from "node:util";
import { endOfInput } from "./watch/end-of-input.mjs";
import { watchModules } from "./watch/watch-modules.mjs";

const USAGE = `node addons/godot-ts/tools/watch.mjs [PATTERN …] [--out FOLDER] [--external NAME …] [--target TARGET]

  PATTERN     of the scripts that scenes name, default "scripts/**/*.ts"; what they import comes by itself
  --out       where the engine looks for them, default dist
  --external  a package that is not to be bundled
  --target    of esbuild, default node24
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string" },
      external: { type: "string", multiple: true },
      target: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const { out: output, external, target, help } = values;
  if (help) process.stdout.write(USAGE);
  else
    await watchModules({
      patterns: positionals.length > 0 ? positionals : ["scripts/**/*.ts"],
      signal: endOfInput(),
      ...(output !== undefined && { output }),
      ...(external !== undefined && { external }),
      ...(target !== undefined && { target }),
    });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
