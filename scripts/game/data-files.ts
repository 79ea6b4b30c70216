import { DirAccess, FileAccess } from "godot";
import type { DataFile } from "../simulation/combat/data/read-combat-data.ts";

const FOLDERS = ["data", "data/abilities", "data/auras", "data/creatures"] as const;

/** All data files of the project, as designers wrote them. */
export function loadDataFiles(): DataFile[] {
  return FOLDERS.flatMap((folder) =>
    [...DirAccess.get_files_at(`res://${folder}`)]
      .filter((name) => name.endsWith(".json"))
      .map((name) => {
        const path = `${folder}/${name}`;
        return { path, text: FileAccess.get_file_as_string(`res://${path}`) };
      }),
  );
}
