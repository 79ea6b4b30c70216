// Writes the game as a folder for players. See docs/contributors.md.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readCommandLine } from "../command-line/read-command-line.ts";
import { clearExportFolder, copyInto, listExport, PACK } from "./export-folder.ts";
import { EXPORT_USAGE, type ExportOptions, parseExportOptions } from "./export-options.ts";
import { exportTarget } from "./export-target.ts";
import { releaseTemplate } from "./release-template.ts";
import { runExport } from "./run-export.ts";

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** Starts a pack with an installed engine, from the pack's folder: that is where the engine looks for the libraries. */
const STARTER = `#!/bin/sh
cd "$(dirname "$0")" && exec "\${GODOT:-godot}" --main-pack ${PACK} "$@"
`;

function requireTemplate(preset: string): void {
  const template = releaseTemplate(readFileSync("export_presets.cfg", "utf8"), preset);
  if (template === "" || existsSync(template)) return;
  throw new Error(
    `the export template ${template} is missing: install it (Debian's package godot-template-release, which \`npm run toolchain\` ` +
      `brings), name another in export_presets.cfg (custom_template/release), or use --pack, which needs none`,
  );
}

async function exportGame({ folder, packOnly }: ExportOptions): Promise<void> {
  const { preset, program, engineArchitecture } = exportTarget(process.arch);
  if (!packOnly) requireTemplate(preset);
  clearExportFolder(folder);
  const errors = await runExport(preset, resolve(folder, packOnly ? PACK : program), packOnly);
  if (errors.length > 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`not exported:\n${errors.map((error) => `  ${error}`).join("\n")}`);
  }
  if (packOnly) {
    // The engine puts libraries beside a program only.
    copyInto(folder, [
      `addons/godot-ts/bin/linux-${engineArchitecture}/libgodot-ts.so`,
      `addons/gns/bin/linux-${process.arch}/gns.node`,
    ]);
    writeFileSync(join(folder, "darkages"), STARTER, { mode: 0o755 });
  }
  const files = listExport(folder);
  tell(`${join(folder, packOnly ? "darkages" : program)} starts it; what its machine must have is in docs/players.md`);
  process.stdout.write(
    `${JSON.stringify({ folder, preset, bytes: files.reduce((sum, file) => sum + file.bytes, 0), files })}\n`,
  );
}

const options = readCommandLine(EXPORT_USAGE, parseExportOptions);
if (options !== undefined) {
  try {
    await exportGame(options);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
