import { parseArgs } from "node:util";

export const EXPORT_USAGE = `npm run export -- [--out FOLDER] [--pack]

Writes the game as a folder that players start without this project: the program, what it plays, the libraries of ours beside it.
What is exported is said in export_presets.cfg and under [godot_ts] in project.godot.

  --out FOLDER   an empty or new folder, or one of an earlier export, which is replaced (out/export)
  --pack         without the engine, for a Godot that is installed where it is played: needs no export template
`;

export interface ExportOptions {
  readonly folder: string;
  /** Only what is played, for an engine that the player has. */
  readonly packOnly: boolean;
}

/** Reads the command line. Throws an error for people on what it does not understand. */
export function parseExportOptions(args: readonly string[]): ExportOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: "string", default: "out/export" }, pack: { type: "boolean", default: false } },
  });
  if (values.out === "") throw new Error("--out: expected a folder, got nothing");
  return { folder: values.out, packOnly: values.pack };
}
