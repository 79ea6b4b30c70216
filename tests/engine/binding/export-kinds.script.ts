import { GDScript, Node, Node3D, PropertyHint, PropertyUsageFlags, Resource, type Script, Vector2 } from "godot";
import ExportedKinds from "./exported-kinds.script.ts";
import { expectError, Tap } from "./tap.ts";

const FLOAT = 3;

export default class ExportKindsFixture extends Node {
  override _ready(): void {
    const tap = new Tap();
    const plain = this.get_node<ExportedKinds>("Plain");
    const set = this.get_node<ExportedKinds>("Set");
    this.#described(tap, plain);
    this.#fromScene(tap, set);
    this.#reverts(tap, plain, set);
    this.#typed(tap);
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

  /** Typed code in GDScript takes only arrays and dictionaries that have these types themselves. */
  #typed(tap: Tap): void {
    const reader = new GDScript();
    reader.source_code = [
      "extends RefCounted",
      "func read(it):",
      "\tvar numbers: Array[int] = it.numbers",
      "\tvar weights: Array[float] = it.weights",
      "\tvar points: Array[Vector2] = it.points",
      "\tvar things: Array[Resource] = it.things",
      "\tvar friends: Array[Node3D] = it.friends",
      "\tvar prices: Dictionary[String, int] = it.prices",
      "\tnumbers.append(9)",
      "\tit.numbers = numbers",
      "\treturn [numbers, weights, points, things.size(), friends.size(), prices]",
    ].join("\n");
    reader.reload();
    const kinds = new ExportedKinds();
    const friend = new Node3D();
    kinds.things = [new Resource(), null as never];
    kinds.friends = [friend];
    kinds.weights = [1, 0.5];
    const read = (reader.call("new") as never as { call(name: string, it: unknown): unknown }).call("read", kinds);
    tap.equal("GDScript reads them typed", read, [[1, 2, 9], [1, 0.5], [new Vector2(1, 2)], 2, 1, { bread: 2 }]);
    tap.equal("and writes them", kinds.numbers, [1, 2, 9]);
    expectError("ExportedKinds.numbers must be an array of integers, got an array whose element 1 is a string");
    kinds.numbers = [1, "two" as never];
    tap.equal("another element is said, and not lost", kinds.get("numbers"), [1, "two"]);
    expectError("ExportedKinds.friends must be an array of Node3D, got an array whose element 0 is an ExportedKinds");
    kinds.friends = [kinds as never];
    tap.ok("nor is another class", (kinds.get("friends") as never as unknown[])[0] === kinds);
    expectError("ExportedKinds.prices must be a plain object or Map of strings to integers, got one whose .bread is");
    kinds.prices = { bread: "free" as never };
    tap.equal("nor a value", kinds.get("prices"), { bread: "free" });
    expectError("of strings to integers, got one whose key [5] is the number 5");
    kinds.prices = new Map([[5, 5]]) as never;
    tap.ok("nor a key", (kinds.get("prices") as never as Map<number, number>).get(5) === 5);
    kinds.free();
    friend.free();
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
