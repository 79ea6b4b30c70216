/** What the bake is asked for: everything after `--`. */
export interface BakeOptions {
  /** Folder that the zone files are written to. */
  outFolder: string;
  /** Scenes to bake, as res:// paths; all of scenes/zones when empty. */
  scenes: string[];
}

export const BAKE_USAGE = "options of the bake, after --: --out FOLDER [--scene res://scenes/zones/NAME.tscn]...";

/** Reads the arguments, or says what is wrong with them. */
export function readBakeOptions(args: readonly string[]): BakeOptions | { problem: string } {
  const options: BakeOptions = { outFolder: "dist/zones", scenes: [] };
  for (let i = 0; i < args.length; i += 2) {
    const [option = "", value] = [args[i], args[i + 1]];
    if (option !== "--out" && option !== "--scene") return { problem: `unknown option "${option}"; ${BAKE_USAGE}` };
    if (value === undefined) return { problem: `${option} needs a value; ${BAKE_USAGE}` };
    if (option === "--out") options.outFolder = value;
    else options.scenes.push(value);
  }
  return options;
}
