// Operators and methods of the value types: what JavaScript's say, against GDScript's own, for all that the engine's tables have.
import * as godot from "godot";
import { type ApiBuiltin, readApi } from "../../../../tools/conformance/api.ts";
import { Tap } from "../tap.ts";
import { checkSums, evaluate, OPERATORS, SAMPLES, type Sum } from "./gdscript-sums.ts";

/** Arguments that their methods need to be so. */
const OWN_ARGUMENTS: Readonly<Record<string, string>> = {
  "Vector2.slerp": "Vector2(3, 1), 0.5",
  "Vector3.slerp": "Vector3(3, 1, 2), 0.5",
  "Vector3.rotated": "Vector3(0, 1, 0), 0.5",
  "Vector3.signed_angle_to": "Vector3(3, 1, 2), Vector3(0, 1, 0)",
  "Vector2.reflect": "Vector2(0, 1)",
  "Vector2.bounce": "Vector2(0, 1)",
  "Vector2.slide": "Vector2(0, 1)",
  "Vector3.reflect": "Vector3(0, 1, 0)",
  "Vector3.bounce": "Vector3(0, 1, 0)",
  "Vector3.slide": "Vector3(0, 1, 0)",
  "Vector3.octahedron_decode": "Vector2(0.5, 0.25)",
  "Basis.rotated": "Vector3(0, 1, 0), 0.5",
  "Transform3D.rotated": "Vector3(0, 1, 0), 0.5",
  "Transform3D.rotated_local": "Vector3(0, 1, 0), 0.5",
  "Basis.looking_at": "Vector3(1, 0, 0)",
  "Transform3D.looking_at": "Vector3(4, 2, 3)",
  "Projection.create_for_hmd": "1, 1.5, 1.0, 0.06, 0.05, 1.0, 0.1, 100.0",
  "Projection.create_frustum": "-1.0, 1.0, -1.0, 1.0, 0.1, 100.0",
  "Projection.create_frustum_aspect": "1.0, 1.5, Vector2(0, 0), 0.1, 100.0",
  "Projection.create_orthogonal": "-1.0, 1.0, -2.0, 2.0, 0.1, 100.0",
  "Projection.create_orthogonal_aspect": "1.0, 1.5, 0.1, 100.0",
  "Projection.create_perspective": "60.0, 1.5, 0.1, 100.0",
  "Projection.create_perspective_hmd": "60.0, 1.5, 0.1, 100.0, false, 1, 0.06, 1.0",
  "Projection.create_fit_aabb": "AABB(Vector3(1, 2, 3), Vector3(4, 5, 6))",
  "Projection.get_projection_plane": "1",
  "Projection.perspective_znear_adjusted": "0.2",
  "Color.get_named_color": "3",
  "Color.hex": "255",
  "Color.hex64": "255",
  "Color.html": '"ff8040"',
  "Color.from_string": '"red", Color(0, 0, 0)',
  "Color.html_is_valid": '"ff8040"',
  "AABB.get_endpoint": "1",
  "AABB.get_support": "Vector3(1, 0, 0)",
  "NodePath.get_name": "0",
  "NodePath.get_subname": "0",
};
/** Methods whose answers differ from call to call or that need objects. */
const LEFT_OUT = new Set(["RID.get_id", "Quaternion.from_euler"]);

export default class OperatorsConformance extends godot.Node {
  override _ready(): void {
    const tap = new Tap();
    const types = readApi(godot.OS.get_executable_path()).builtin_classes.filter(
      ({ name }) => typeof Reflect.get(godot, name) === "function" && name in SAMPLES,
    );
    tap.ok("the value types are there", types.length >= 18, types.map(({ name }) => name).join());
    const samples = evaluate(Object.values(SAMPLES));
    const values = new Map(Object.keys(SAMPLES).map((type, index) => [type, () => samples(index)]));
    const sums = types.flatMap((type) => [
      ...this.#operators(type, values),
      ...this.#methods(type, values),
      ...constants(type),
    ]);
    checkSums(tap, sums);
    tap.finish(this);
  }

  #operators(type: ApiBuiltin, values: ReadonlyMap<string, () => unknown>): Sum[] {
    return type.operators.flatMap(({ name, right_type }) => {
      const method = OPERATORS[name];
      const right = right_type === undefined ? "" : SAMPLES[right_type];
      if (method === undefined || right === undefined || right_type === "Variant") return [];
      const left = SAMPLES[type.name] ?? "";
      const expression = right_type === undefined ? `-(${left})` : `(${left}) ${name} (${right})`;
      const compute = () => {
        const owner = Object(values.get(type.name)?.());
        return Reflect.apply(
          Reflect.get(owner, method),
          owner,
          right_type === undefined ? [] : [values.get(right_type)?.()],
        );
      };
      return [{ name: `${type.name} ${name} ${right_type ?? ""}`, expression, compute }];
    });
  }

  #methods(type: ApiBuiltin, values: ReadonlyMap<string, () => unknown>): Sum[] {
    return (type.methods ?? []).flatMap((method) => {
      const full = `${type.name}.${method.name}`;
      if (method.return_type === undefined || method.is_vararg || LEFT_OUT.has(full)) return [];
      const required = (method.arguments ?? []).filter(({ default_value }) => default_value === undefined);
      const texts = required.map((argument) => SAMPLES[argument.type.replace(/^enum::.*/, "int")]);
      const text = OWN_ARGUMENTS[full] ?? (texts.includes(undefined) ? undefined : texts.join(", "));
      if (text === undefined) return [];
      const expression = `${method.is_static ? type.name : `(${SAMPLES[type.name]})`}.${method.name}(${text})`;
      const compute = () => {
        const owner = Object(method.is_static ? Reflect.get(godot, type.name) : values.get(type.name)?.());
        const args = evaluate([`[${text}]`])(0) as unknown[];
        return Reflect.apply(Reflect.get(owner, method.name), owner, args);
      };
      return [{ name: full, expression, compute }];
    });
  }
}

function constants({ name, constants: all = [] }: ApiBuiltin): Sum[] {
  return all.map((constant) => ({
    name: `${name}.${constant.name}`,
    expression: `${name}.${constant.name}`,
    compute: () => Reflect.get(Object(Reflect.get(godot, name)), constant.name),
  }));
}
