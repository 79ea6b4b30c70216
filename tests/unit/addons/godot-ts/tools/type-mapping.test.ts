import { describe, expect, it } from "vitest";
import { isObjectType, mapType, parameterName } from "../../../../../addons/godot-ts/tools/type-mapping.mjs";

describe("mapType", () => {
  it.each([
    ["int", "number", "number | bigint"],
    ["float", "number", "number"],
    ["StringName", "string", "string"],
    ["NodePath", "NodePath", "NodePath | string"],
    ["Callable", "Callable", "CallableInput"],
    ["Vector3", "Vector3", "Vector3"],
    ["Node", "Node", "Node"],
    ["Object", "GodotObject", "GodotObject"],
    ["PackedByteArray", "Uint8Array<ArrayBuffer>", "Uint8Array"],
    ["PackedInt64Array", "BigInt64Array<ArrayBuffer>", "BigInt64Array"],
    ["PackedVector3Array", "Vector3[]", "readonly Vector3[]"],
    ["enum::Window.Mode", "Window.Mode", "Window.Mode"],
    ["bitfield::Mesh.ArrayFormat", "Mesh.ArrayFormat", "Mesh.ArrayFormat | number"],
    ["typedarray::Node", "Node[]", "readonly Node[]"],
    ["typedarray::int", "number[]", "readonly (number | bigint)[]"],
    ["typedarray::24/17:Font", "Font[]", "readonly Font[]"],
    ["typedarray::27/0:", "Dictionary[]", "readonly DictionaryInput[]"],
    ["typeddictionary::int;String", "Dictionary", "DictionaryInput"],
    ["CanvasItemMaterial,ShaderMaterial", "CanvasItemMaterial | ShaderMaterial", "CanvasItemMaterial | ShaderMaterial"],
    ["Mesh,-PlaneMesh,-PointMesh", "Mesh", "Mesh"],
    ["const uint8_t*", "NativePointer", "NativePointer"],
  ])("%s", (type, out, input) => {
    expect(mapType(type, "out")).toBe(out);
    expect(mapType(type, "in")).toBe(input);
  });

  it("does not take a name that objects inherit for a builtin", () => {
    expect(mapType("constructor", "out")).toBe("constructor");
  });
});

describe("isObjectType", () => {
  const names = { isClass: (name: string) => name === "Node" };

  it("is for objects only, which can be null", () => {
    expect(["Node", "Object", "MeshA,MeshB"].filter((type) => isObjectType(type, names))).toHaveLength(3);
    expect(["int", "Vector3", "enum::Node.Mode", "typedarray::Node"].some((type) => isObjectType(type, names))).toBe(
      false,
    );
  });
});

describe("parameterName", () => {
  it.each([
    ["class", "class_"],
    ["with", "with_"],
    ["default", "default_"],
    ["new_name", "new_name"],
  ])("%s", (name, identifier) => {
    expect(parameterName(name)).toBe(identifier);
  });
});
