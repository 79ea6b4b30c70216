import * as godot from "godot";
import { invoke, loose, type MisuseCase } from "./misuse-case.ts";

const vector = new godot.Vector3(1, 2, 3);
const FREED = "ObjectFreedError";

/** Uses of a freed node; each must name the class and what was tried. */
export const freedObjects: readonly MisuseCase[] = [
  ["a getter", ({ freed }) => freed.get_position(), FREED, "Node3D.get_position", "Node3D was freed"],
  ["a setter", ({ freed }) => freed.set_position(vector), FREED, "Node3D.set_position"],
  ["a property", ({ freed }) => freed.position, FREED, "Node3D.get_position"],
  [
    "writing a property",
    ({ freed }) => {
      freed.position = vector;
    },
    FREED,
    "Node3D.set_position",
  ],
  ["an integer method", ({ freed }) => freed.get_child_count(), FREED, "Node.get_child_count"],
  ["a boolean method", ({ freed }) => freed.set_process(true), FREED, "Node.set_process"],
  ["a text method", ({ freed }) => freed.get_name(), FREED, "Node.get_name"],
  ["a vararg method", ({ freed }) => freed.call("get_name"), FREED, "Object.call"],
  ["a vararg method with a vector", ({ freed }) => freed.call("set_position", loose(vector)), FREED, "Object.call"],
  ["emitting", ({ freed }) => freed.emit_signal("renamed"), FREED, "Object.emit_signal"],
  ["connecting", ({ freed }) => freed.connect("renamed", () => 1), FREED, "Object.connect"],
  ["disconnecting", ({ freed }) => freed.disconnect("renamed", () => 1), FREED, "Object.disconnect"],
  ["awaiting no longer", ({ freed }) => invoke(freed, "get", "name"), FREED, "Object.get"],
  ["free again", ({ freed }) => freed.free(), FREED, "free"],
  ["queue_free", ({ freed }) => freed.queue_free(), FREED, "Node.queue_free"],
  ["as an argument", ({ node, freed }) => node.add_child(freed), FREED, "Node3D was freed"],
  ["as a Variant", ({ node, freed }) => node.set_meta("a", loose(freed)), FREED, "Node3D was freed"],
  ["in an array", ({ node, freed }) => node.set_meta("a", loose([1, [freed]])), FREED, "Node3D was freed"],
  ["in a dictionary", ({ node, freed }) => node.set_meta("a", loose({ k: freed })), FREED, "Node3D was freed"],
  ["as a key", ({ node, freed }) => node.set_meta("a", loose(new Map([[freed, 1]]))), FREED, "Node3D was freed"],
  [
    "as an argument of a signal",
    ({ node, freed }) => invoke(node, "emit_signal", "renamed", freed),
    FREED,
    "Node3D was freed",
  ],
  ["in a Callable", ({ freed }) => new godot.Callable(freed, "get_name"), FREED, "Node3D was freed"],
  ["in a Signal", ({ freed }) => new godot.Signal(freed, "renamed"), FREED, "Node3D was freed"],
  [
    "a member of its property, kept",
    ({ node }) => {
      const kept = node.position;
      node.free();
      kept.x = 1;
    },
    FREED,
    "Node3D.get_position",
  ],
  ["to a utility", ({ freed }) => godot.str(loose(freed)), FREED, "Node3D was freed"],
  [
    "its child",
    ({ node }) => {
      const child = new godot.Node();
      node.add_child(child);
      node.free();
      return child.get_name();
    },
    FREED,
    "Node.get_name",
  ],
  [
    "a method kept from before",
    ({ node }) => {
      const { get_position } = node;
      node.free();
      return Reflect.apply(get_position, node, []);
    },
    FREED,
    "Node3D.get_position",
  ],
  ["one of two arguments", ({ node, freed }) => invoke(node, "add_sibling", freed, true), FREED, "Node3D was freed"],
  ["freeing a resource", ({ resource }) => (resource as godot.GodotObject).free(), "Error", "RefCounted"],
  [
    "freed by a getter among the arguments: the receiver",
    ({ node }) =>
      node.set_meta(
        "a",
        loose({
          get a() {
            node.free();
            return 1;
          },
        }),
      ),
    FREED,
    "Object.set_meta",
  ],
  [
    "freed by a vector's getter",
    ({ node }) => {
      const v = new godot.Vector3(1, 2, 3);
      Object.defineProperty(v, "y", {
        get: () => {
          if (godot.is_instance_valid(node)) node.free();
          return 1;
        },
      });
      node.set_position(v);
    },
    FREED,
    "Node3D.set_position",
  ],
  [
    "freed by an element",
    ({ node }) => {
      const points: unknown[] = [vector, vector];
      Object.defineProperty(points, 0, {
        get: () => {
          node.free();
          return vector;
        },
      });
      node.call("set_meta", "a", loose(points));
    },
    FREED,
    "Object.call",
  ],
];
