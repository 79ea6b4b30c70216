import { FileAccess } from "godot";

const ZONE_NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** Bytes of a zone's baked collision world. What it throws tells the player what is missing. */
export function loadZoneFile(zone: string): Uint8Array {
  if (!ZONE_NAME.test(zone)) throw new Error(`"${zone.slice(0, 40)}" is no name of a zone`);
  const path = `res://dist/zones/${zone}.zone`;
  const bytes = FileAccess.get_file_as_bytes(path);
  if (bytes.length === 0) {
    throw new Error(`this game has no zone "${zone}": ${path} is missing, it is made by "npm run bake"`);
  }
  return bytes;
}
