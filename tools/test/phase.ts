/** One kind of test. A check passes or fails as a whole; a suite leaves its cases in a JUnit file. */
export interface Phase {
  readonly name: string;
  readonly kind: "check" | "suite";
  /** Run one after the other; the first that fails ends the phase. */
  readonly commands: readonly (readonly string[])[];
  /** What to do when it fails. */
  readonly hint: string;
}

const NODE = process.execPath;
const LAYERED_FOLDERS = ["scripts", "server", "tools", "tests"];
/** Where the engine's description of its API is dumped for the freshness check. */
const API_FOLDER = "out/api";

/**
 * All phases, cheapest first.
 * @param filters handed to the suites: parts of file names
 */
export function phases(filters: readonly string[]): Phase[] {
  return [
    {
      name: "format",
      kind: "check",
      commands: [[NODE, "node_modules/@biomejs/biome/bin/biome", "check", "--colors=off", "--error-on-warnings"]],
      hint: "npm run format corrects most of it",
    },
    {
      name: "types",
      kind: "check",
      commands: [[NODE, "node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false", "-p", "."]],
      hint: "correct the types; TypeScript is strict here",
    },
    {
      name: "layering",
      kind: "check",
      commands: [
        [
          NODE,
          "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
          "--config",
          ".dependency-cruiser.json",
          ...LAYERED_FOLDERS,
        ],
      ],
      hint: "lower rooms never import upper ones, and only scripts/game imports the engine",
    },
    {
      name: "schemas",
      kind: "check",
      commands: [[NODE, "tools/schemas/generate.mjs", "--check"]],
      hint: "npm run schemas writes scripts/protocol/generated anew",
    },
    {
      name: "typings",
      kind: "check",
      commands: [
        ["sh", "-c", `mkdir -p ${API_FOLDER} && cd ${API_FOLDER} && godot --headless --dump-extension-api-with-docs`],
        [NODE, "addons/godot-ts/tools/generate-types.mjs", "--api", `${API_FOLDER}/extension_api.json`, "--check"],
      ],
      hint: "npm run types writes godot.d.ts anew from the engine that is installed",
    },
    suite("unit", filters),
    suite("scenario", filters),
    suite("engine", filters),
  ];
}

/** Where a phase leaves its JUnit file. */
export function junitPath(phaseName: string): string {
  return `out/junit/${phaseName}.xml`;
}

/** Where a suite leaves how many cases passed and failed: JUnit counts those that a crash kept from running as passed. */
export function countsPath(phaseName: string): string {
  return `out/logs/test-${phaseName}.json`;
}

function suite(name: string, filters: readonly string[]): Phase {
  const vitest = [NODE, "node_modules/vitest/vitest.mjs", "run", "--project", name, "--passWithNoTests"];
  const reporters = ["--reporter=default", "--reporter=junit", `--outputFile.junit=${junitPath(name)}`];
  reporters.push("--reporter=json", `--outputFile.json=${countsPath(name)}`);
  return {
    name,
    kind: "suite",
    commands: [[...vitest, ...reporters, ...filters]],
    hint: `npm test -- ${name} NAME runs only the files with NAME in their path`,
  };
}
