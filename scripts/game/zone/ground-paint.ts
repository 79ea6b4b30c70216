import { type ArrayMesh, GeometryInstance3D, MeshInstance3D, StandardMaterial3D } from "godot";

/** A child for a node of the editor that shows bands on the ground in their own colours. It is not saved with the scene. */
export function groundPaint(name: string): MeshInstance3D {
  const paint = new MeshInstance3D();
  const material = new StandardMaterial3D();
  material.shading_mode = StandardMaterial3D.SHADING_MODE_UNSHADED;
  material.vertex_color_use_as_albedo = true;
  paint.name = name;
  paint.material_override = material;
  paint.cast_shadow = GeometryInstance3D.SHADOW_CASTING_SETTING_OFF;
  return paint;
}

export function paintedMesh(paint: MeshInstance3D | undefined): ArrayMesh | null {
  return (paint?.mesh as ArrayMesh | null | undefined) ?? null;
}
