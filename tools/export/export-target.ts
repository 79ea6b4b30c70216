/** What is exported for one kind of machine. */
export interface ExportTarget {
  /** Its name in export_presets.cfg. */
  readonly preset: string;
  readonly program: string;
  /** The engine's name for the processor, as in the folder of its libraries. */
  readonly engineArchitecture: string;
}

const TARGETS: Readonly<Record<string, ExportTarget>> = {
  x64: { preset: "Linux", program: "darkages.x86_64", engineArchitecture: "x86_64" },
  arm64: { preset: "Linux arm64", program: "darkages.arm64", engineArchitecture: "arm64" },
};

/** The target for the processor that this runs on: the libraries of ours are built for no other. Throws an error for people where there is none. */
export function exportTarget(architecture: string): ExportTarget {
  const target = TARGETS[architecture];
  if (target === undefined)
    throw new Error(`the game is exported on ${Object.keys(TARGETS).join(" and ")}, this machine is ${architecture}`);
  return target;
}
