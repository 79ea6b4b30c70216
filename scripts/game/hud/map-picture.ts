import { Image, ImageTexture, type ShaderMaterial, Vector4 } from "godot";
import type { Zone } from "../../simulation/zone-file.ts";
import { borderSides } from "./map-borders.ts";
import { mapGround } from "./map-ground.ts";

/** Points of the picture along a side: one metre each. */
const SIDE = 512;

/** Gives the material of the interface the ground of a zone, for its maps. Once per zone: it takes some milliseconds. */
export function showMapOf(zone: Zone, material: ShaderMaterial): void {
  const bytes = new Uint8Array(mapGround(zone, SIDE).buffer);
  const image = Image.create_from_data(SIDE, SIDE, false, Image.FORMAT_RGBF, bytes);
  if (image === null) throw new Error(`no memory for the map of zone "${zone.name}"`);
  // 16-bit floats can be filtered on every driver of the compatibility renderer, 32-bit ones cannot.
  image.convert(Image.FORMAT_RGBH);
  material.set_shader_parameter("map", ImageTexture.create_from_image(image));
  material.set_shader_parameter("map_meters", zone.sizeMeters);
  material.set_shader_parameter("map_borders", new Vector4(...borderSides(zone)));
}
