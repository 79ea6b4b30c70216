import { Node, PropertyHint, PropertyUsageFlags, type Script } from "godot";
import ExportedKinds from "./exported-kinds.script.ts";
import { Tap } from "./tap.ts";

const FLOAT = 3;

export default class ExportKindsFixture extends Node {
  override _ready(): void {
    const tap = new Tap();
    const plain = this.get_node<ExportedKinds>("Plain");
    const set = this.get_node<ExportedKinds>("Set");
    this.#described(tap, plain);
    this.#fromScene(tap, set);
    this.#reverts(tap, plain, set);
    this.#mistakes(tap);
    tap.finish(this);
  }

  #described(tap: Tap, node: Node): void {
    const listed = new Map(node.get_property_list().map((entry) => [String(entry.name), entry]));
    const hint = (name: string) => [listed.get(name)?.type, listed.get(name)?.hint, listed.get(name)?.hint_string];
    const { PROPERTY_HINT_ENUM, PROPERTY_HINT_FLAGS, PROPERTY_HINT_RANGE, PROPERTY_HINT_TYPE_STRING } = PropertyHint;
    tap.equal("an enum", hint("mood"), [2, PROPERTY_HINT_ENUM, "Calm:0,Wild And Free:5,Sad:-1"]);
    tap.equal("flags", hint("elements"), [2, PROPERTY_HINT_FLAGS, "Fire:1,Water:2,Both:3"]);
    tap.equal("an enum of strings", hint("side"), [4, PROPERTY_HINT_ENUM, "left,right"]);
    tap.equal("a range with a unit", hint("reach"), [FLOAT, PROPERTY_HINT_RANGE, "0,50,0.5,or_greater,suffix:m"]);
    tap.equal("an array of numbers", hint("numbers"), [28, PROPERTY_HINT_TYPE_STRING, "2:"]);
    tap.equal("with a hint for them", hint("weights"), [28, PROPERTY_HINT_TYPE_STRING, "3/1:0,1,0.1"]);
    tap.equal("an array of vectors", hint("points"), [28, PROPERTY_HINT_TYPE_STRING, "5:"]);
    tap.equal("an array of resources", hint("things"), [28, PROPERTY_HINT_TYPE_STRING, "24/17:Resource"]);
    tap.equal("an array of nodes", hint("friends"), [28, PROPERTY_HINT_TYPE_STRING, "24/34:Node3D"]);
    tap.equal("a typed dictionary", hint("prices"), [27, PROPERTY_HINT_TYPE_STRING, "4:;2:"]);
    tap.equal("a node", hint("guide"), [24, PropertyHint.PROPERTY_HINT_NODE_TYPE, "Node3D"]);
    tap.equal("a resource", hint("thing"), [24, PropertyHint.PROPERTY_HINT_RESOURCE_TYPE, "Resource"]);
    const headings = [...listed.values()].filter(
      ({ usage }) =>
        Number(usage) &
        (PropertyUsageFlags.PROPERTY_USAGE_GROUP |
          PropertyUsageFlags.PROPERTY_USAGE_SUBGROUP |
          PropertyUsageFlags.PROPERTY_USAGE_CATEGORY),
    );
    for (const name of ["Feelings", "Deep ones", "Body"])
      tap.ok(
        `heading ${name}`,
        headings.some((entry) => entry.name === name),
      );
  }

  #fromScene(tap: Tap, node: ExportedKinds): void {
    tap.equal("enum and flags of a scene", [node.mood, node.elements, node.side], [5, 3, "right"]);
    tap.equal("numbers", [node.numbers, node.weights, node.prices], [[4, 5], [0.5], { salt: 3 }]);
    tap.equal("points", node.points.map(String), ["(3, 4)"]);
    tap.ok(
      "nodes",
      node.friends.length === 2 && node.friends[1] === this.get_node("B") && node.guide === this.get_node("A"),
    );
    tap.equal(
      "resources",
      [node.things.map((thing) => thing.get_class()), node.thing?.get_class()],
      [["BoxMesh"], "BoxMesh"],
    );
    tap.ok("the same resource", node.things[0] === node.thing);
    tap.equal("bytes", node.bytes, new Uint8Array([7, 8]));
    tap.equal("a Variant", node.anything, { a: 1 });
  }

  #reverts(tap: Tap, plain: Node, set: Node): void {
    const script = set.get_script() as Script;
    tap.equal(
      "defaults",
      ["mood", "numbers", "prices"].map((name) => script.get_property_default_value(name)),
      [0, [1, 2], { bread: 2 }],
    );
    const saved = (node: Node) => {
      const script = node.get_script() as Script;
      const names = script.get_script_property_list().map((entry) => String(entry.name));
      return names.filter(
        (name) => JSON.stringify(node.get(name)) !== JSON.stringify(script.get_property_default_value(name)),
      );
    };
    tap.equal("nothing to revert", saved(plain), []);
    tap.ok("a default is a copy", this.#defaultIsCopy());
  }

  #defaultIsCopy(): boolean {
    const [first, second] = [new ExportedKinds(), new ExportedKinds()];
    first.numbers.push(9);
    const fine = second.numbers.length === 2;
    first.free();
    second.free();
    return fine;
  }

  #mistakes(tap: Tap): void {
    const make = (info: object) => {
      class Wrong extends Node {
        static exports = { it: info };
      }
      return () => new Wrong();
    };
    tap.throws("an unknown class", make({ type: "Noode" }), "TypeError", 'Wrong.exports.it: unknown type "Noode"');
    tap.throws("of what an array is", make({ type: "Array[Noode]" }), "TypeError", 'unknown type "Noode"');
    tap.throws("an array of two", make({ type: "Array[int, int]" }), "TypeError", "unknown type");
    tap.throws("flags of texts", make({ flags: { A: "a" } }), "TypeError", "Wrong.exports.it", "enum of integers");
    tap.throws("an unknown hint", make({ type: "int", hint: "rnge" }), "TypeError", 'unknown hint "rnge"');
  }
}
