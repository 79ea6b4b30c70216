import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A script of a node in the running game that no module imports. */
export const LEAF = "scripts/game/soundscape.ts";
/** A module that nearly all others build on. */
export const SHARED = "scripts/simulation/constants.ts";

/** What is saved or written to, and so is a copy; everything else is the project's own. */
const COPIED = ["scripts", ".godot"];
const LEFT_OUT = ["dist", "out", ".git"];

/** The project in the current folder once more, for saving in it. */
export class ReloadProject implements Disposable {
  readonly folder: string;
  readonly #leaf: string;
  readonly #shared: string;
  #leafVersion = 0;
  #sharedVersion = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "reload-bench-"));
    for (const name of readdirSync(".")) {
      if (LEFT_OUT.includes(name)) continue;
      if (COPIED.includes(name)) cpSync(name, join(this.folder, name), { recursive: true });
      else symlinkSync(resolve(name), join(this.folder, name));
    }
    mkdirSync(join(this.folder, "dist"));
    symlinkSync(resolve("dist/zones"), join(this.folder, "dist/zones"));
    this.#leaf = readFileSync(LEAF, "utf8");
    this.#shared = readFileSync(SHARED, "utf8");
    this.saveShared();
    this.saveLeaf();
  }

  /** Saves the leaf with something new in it; returns what the game says when it has that, up to the number of its reloads. */
  saveLeaf(): string {
    this.#leafVersion += 1;
    this.#write(LEAF, this.#leafText());
    return this.#told();
  }

  /** The same of the shared module: it is the leaf that tells. */
  saveShared(): string {
    this.#sharedVersion += 1;
    this.#write(SHARED, `${this.#shared}\nexport const benchVersion: number = ${this.#sharedVersion};\n`);
    return this.#told();
  }

  /** Saves a leaf that is no TypeScript; returns the place that the game names. */
  saveBroken(): string {
    const text = this.#leafText();
    this.#write(LEAF, `${text}oh no;\n`);
    return `res://${LEAF}:${text.split("\n").length}`;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #told(): string {
    return `leaf ${this.#leafVersion} shared ${this.#sharedVersion} reloads `;
  }

  /** The leaf counts its reloads in a field: a node that lost its state would begin anew. */
  #leafText(): string {
    const member = `
  #benchReloads = 0;
  _hot_reload(): void {
    this.#benchReloads += 1;
    console.log(\`leaf ${this.#leafVersion} shared \${benchVersion} reloads \${this.#benchReloads}\`);
  }
`;
    const header = /export default class \w+ extends \w+ \{/.exec(this.#leaf)?.[0] ?? "";
    return `import { benchVersion } from "../simulation/constants.ts";\n${this.#leaf.replace(header, header + member)}`;
  }

  #write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }
}
