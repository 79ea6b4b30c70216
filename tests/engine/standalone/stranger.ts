import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unexpectedTrouble } from "../runner/engine-log.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import type { PageStep } from "./page-steps.ts";

/** Files of a working copy that a stranger does not get. */
const NOT_GIVEN = /\/(build|src|dist|\.godot|node_modules|examples\/[^/]+\/addons)$/;
const COMMAND_TIMEOUT_MS = 180_000;

/**
 * `npm install` without a network, and `npm run` without npm, which the toolchain does not have: the packages are those of
 * this project, at its versions.
 */
const NPM = `#!/usr/bin/env node
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { spawnSync } from "node:child_process";
const [command, ...rest] = process.argv.slice(2);
const ours = PACKAGES;
if (command === "run") process.exit(spawnSync(process.execPath, ["--run", ...rest], { stdio: "inherit" }).status ?? 1);
if (command !== "install") throw new Error("this npm knows run and install, got " + command);
const named = rest.filter((word) => !word.startsWith("-"));
const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const asked = [...named, ...Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => name + "@" + version)];
for (const text of asked) {
  const [, name, version] = /^(@?[^@]+)(?:@(.+))?$/.exec(text);
  const there = JSON.parse(readFileSync(ours + "/" + name + "/package.json", "utf8")).version;
  if (version !== undefined && there !== version && there.split(".")[0] !== version)
    throw new Error(name + " is to be " + version + ", this project has " + there);
}
if (!existsSync("node_modules")) symlinkSync(ours, "node_modules");
`;

/** The engine, without a window and with an end. */
const GODOT = `#!/bin/sh
case " $* " in *" --import "*) exec env PATH="OUTER" godot --headless "$@" ;; esac
exec env PATH="OUTER" godot --headless --quit-after 60 "$@"
`;

/** Somebody who has the addon, Godot, Node and npm, and nothing else of this project. */
export class Stranger implements Disposable {
  readonly folder: string;
  /** What the commands printed. */
  readonly lines: string[] = [];
  readonly #env: NodeJS.ProcessEnv;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "stranger-"));
    cpSync("addons/godot-ts", join(this.folder, "godot-ts"), {
      recursive: true,
      filter: (path) => !NOT_GIVEN.test(path),
    });
    const outer = process.env.PATH ?? "";
    const packages = JSON.stringify(join(process.cwd(), "node_modules"));
    this.write("bin/npm.mjs", NPM.replace("PACKAGES", packages));
    this.write("bin/npm", `#!/bin/sh\nexec node "$(dirname "$0")/npm.mjs" "$@"\n`, 0o755);
    this.write("bin/godot", GODOT.replaceAll("OUTER", outer), 0o755);
    this.#env = {
      ...process.env,
      PATH: `${join(this.folder, "bin")}:${outer}`,
      XDG_DATA_HOME: join(this.folder, "data"),
    };
  }

  write(path: string, text: string, mode = 0o644): void {
    const target = join(this.folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { mode });
  }

  /**
   * Does what a page says.
   * @param place folder to begin in, within the stranger's; `cd` leads on from there
   * @returns the folder that it ends in
   * @throws when a command fails or an engine prints an error line
   */
  follow(steps: readonly PageStep[], place: string): string {
    let at = place;
    for (const step of steps) {
      if (step.kind === "write") this.write(join(at, step.path), step.text);
      else for (const command of step.commands) at = this.#run(command, at);
    }
    return at;
  }

  /** Starts the engine on a project of the stranger's. */
  start(
    name: string,
    project: string,
    options: Partial<ConstructorParameters<typeof GodotProcess>[0]> = {},
  ): GodotProcess {
    const engineArgs = ["--path", join(this.folder, project), ...(options.engineArgs ?? [])];
    return new GodotProcess({ ...options, name, engineArgs });
  }

  #run(command: string, at: string): string {
    const change = /^cd (\S+)$/.exec(command)?.[1];
    if (change !== undefined) return join(at, change);
    const cwd = join(this.folder, at);
    const result = spawnSync("sh", ["-c", command], {
      cwd,
      env: this.#env,
      encoding: "utf8",
      timeout: COMMAND_TIMEOUT_MS,
    });
    const lines = `${result.stdout}\n${result.stderr}`.split("\n");
    this.lines.push(...lines);
    const trouble = unexpectedTrouble(lines);
    if (result.status !== 0) trouble.unshift(`exit code ${result.status}`);
    if (trouble.length > 0)
      throw new Error(`\`${command}\` in ${at}: ${trouble.join("\n")}\n${lines.slice(-20).join("\n")}`);
    return at;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
