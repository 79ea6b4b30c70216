import { parseArgs } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readCommandLine } from "../../../../tools/command-line/read-command-line.ts";

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: { seed: { type: "string" } }, allowPositionals: true }).values.seed;

/** What a command that takes --seed reads, says and ends with. */
function run(...args: string[]) {
  process.argv = [...process.argv.slice(0, 2), ...args];
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      said[stream] += text.toString();
      return true;
    });
  }
  const seed = readCommandLine("usage\n", parse);
  vi.restoreAllMocks();
  return { seed, ...said, exitCode: process.exitCode ?? 0 };
}

describe("the command line of a tool", () => {
  const before = { argv: process.argv, exitCode: process.exitCode };
  beforeEach(() => {
    process.exitCode = 0;
  });
  afterEach(() => {
    process.argv = before.argv;
    process.exitCode = before.exitCode;
  });

  it("is read", () => expect(run("--seed", "3")).toEqual({ seed: "3", stdout: "", stderr: "", exitCode: 0 }));

  it.each(["--help", "-h"])("%s prints the usage, and runs nothing", (help) => {
    expect(run("--seed", "3", help)).toEqual({ seed: undefined, stdout: "usage\n", stderr: "", exitCode: 0 });
  });

  it("that is not understood is answered by what is wrong and the usage, without the parser's hint", () => {
    const stderr = "Unknown option '--sede'\n\nusage\n";
    expect(run("--sede", "3")).toEqual({ seed: undefined, stdout: "", stderr, exitCode: 2 });
  });
});
