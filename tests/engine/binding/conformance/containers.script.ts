// What the engine can do with strings, arrays and dictionaries: the functions in JavaScript against GDScript's methods and operators.
import * as godot from "godot";
import { type ApiBuiltin, type ApiBuiltinMethod, readApi } from "../../../../tools/conformance/api.ts";
import { Tap } from "../tap.ts";
import { containersByHand } from "./containers-by-hand.ts";
import { checkSums, evaluate, OPERATORS, SAMPLES, type Sum } from "./gdscript-sums.ts";

const NAMES: Readonly<Record<string, string>> = {
  String: "GodotString",
  Array: "GodotArray",
  Dictionary: "GodotDictionary",
};
const EXAMPLES: Readonly<Record<string, string>> = {
  ...SAMPLES,
  int: "1",
  // An encoded number, and as many bytes as whole vectors and colours take.
  PackedByteArray: `PackedByteArray([2, 0, 0, 0, 3, 0, 0, 0, ${Array.from({ length: 40 }, (_, index) => index + 65)}])`,
};
const OWN_ARGUMENTS: Readonly<Record<string, string>> = {
  "String.format": '["x"]',
  "Dictionary.set": '"b", 3',
  "Dictionary.get_or_add": '"b", 2',
  "PackedByteArray.encode_var": "0, null",
};
/** JavaScript's typed arrays keep their length, and its arrays are never read-only: these have no function. */
const WITHOUT =
  /^Packed(Byte|Int32|Int64|Float32|Float64)Array\.(append|append_array|clear|erase|insert|push_back|remove_at|resize)$|\.make_read_only$/;
/**
 * Answers that differ from call to call; what GDScript's constants are and JavaScript's arrays never; and those that
 * containers-by-hand.ts tries.
 */
const LEFT_OUT =
  /\.(shuffle|pick_random|is_read_only|decompress|decompress_dynamic|decode_var|get_string_from_(utf16|utf32|wchar))$/;

export default class ContainersConformance extends godot.Node {
  override _ready(): void {
    const tap = new Tap();
    const types = readApi(godot.OS.get_executable_path()).builtin_classes.filter(
      ({ name }) => name in NAMES || name.startsWith("Packed"),
    );
    tap.equal("all of them are there", types.length, 13);
    const sums: Sum[] = [];
    for (const type of types) {
      const functions = Reflect.get(godot, NAMES[type.name] ?? type.name) as Record<string, unknown>;
      for (const method of type.methods ?? []) {
        const full = `${type.name}.${method.name}`;
        const there = typeof functions[method.name] === "function";
        if (there === WITHOUT.test(full)) tap.ok(`${full} is ${there ? "not " : ""}there`, false);
        if (there && !LEFT_OUT.test(full)) sums.push(...methodSums(type.name, method, functions[method.name]));
      }
      sums.push(...operatorSums(type, functions));
    }
    tap.ok("most of them are compared", sums.length > 450, String(sums.length));
    checkSums(tap, sums);
    containersByHand(tap);
    tap.finish(this);
  }
}

function methodSums(type: string, method: ApiBuiltinMethod, called: unknown): Sum[] {
  const full = `${type}.${method.name}`;
  const required = (method.arguments ?? []).filter(({ default_value }) => default_value === undefined);
  // Functions are tried by hand.
  if (required.some((argument) => argument.type === "Callable")) return [];
  const text = OWN_ARGUMENTS[full] ?? required.map((argument) => EXAMPLES[argument.type] ?? "null").join(", ");
  const value = EXAMPLES[type] ?? "";
  const arrayOf = (expression: string) => evaluate([`[${expression}]`])(0) as unknown[];
  if (method.is_static) {
    const compute = () => Reflect.apply(Object(called), undefined, arrayOf(text));
    return [{ name: full, expression: `${full}(${text})`, compute }];
  }
  const call = () => {
    const subject = evaluate([value])(0);
    return { subject, result: Reflect.apply(Object(called), undefined, [subject, ...arrayOf(text)]) };
  };
  const sums: Sum[] = [];
  const before = `\tvar v = ${value}\n`;
  if (method.return_type !== undefined)
    sums.push({ name: full, before, expression: `v.${method.name}(${text})`, compute: () => call().result });
  const changing = `${before}\tv.${method.name}(${text})\n`;
  if (!method.is_const)
    sums.push({ name: `${full} changes it`, before: changing, expression: "v", compute: () => call().subject });
  return sums;
}

function operatorSums({ name: type, operators }: ApiBuiltin, functions: Record<string, unknown>): Sum[] {
  return operators.flatMap(({ name, right_type }) => {
    const method = OPERATORS[name];
    const right = right_type === undefined ? undefined : EXAMPLES[right_type];
    // Formatting is tried by hand; arrays of other types than the left one's have none in JavaScript.
    if (method === undefined || right === undefined || right_type === "Variant" || name === "%") return [];
    const expression = `(${EXAMPLES[type]}) ${name} (${right})`;
    const compute = () => {
      const [a, b] = evaluate([`[${EXAMPLES[type]}, ${right}]`])(0) as unknown[];
      return Reflect.apply(Object(functions[method]), undefined, [a, b]);
    };
    return [{ name: `${type} ${name} ${right_type}`, expression, compute }];
  });
}
