import { readFileSync } from "node:fs";
import { decodeZone, type Zone } from "../../../scripts/simulation/zone-file.ts";

/** Loads a baked zone by its name. Throws when it is not there. */
export function loadZone(name: string): Zone {
  const path = `dist/zones/${name}.zone`;
  const decoded = decodeZone(readFileSync(path));
  if (!decoded.ok) throw new Error(`${path} is not a baked zone: ${decoded.reason}. Run "npm run bake".`);
  return decoded.zone;
}
