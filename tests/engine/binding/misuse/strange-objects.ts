import * as godot from "godot";
import { construct, invoke, loose, type MisuseCase } from "./misuse-case.ts";

const { Node, Node3D, Resource, Vector3 } = godot;

/** Proxies, foreign prototypes, constructors that are called in other ways than by `new`. */
export const strangeObjects: readonly MisuseCase[] = [
  [
    "a proxy of a node as an argument",
    ({ node }) => node.add_child(new Proxy(node, {})),
    "TypeError",
    "Node.add_child: parameter 'node' must be a Node or null, got a Proxy of a Node3D",
  ],
  ["a proxy of a node in data", ({ node }) => node.set_meta("a", loose([new Proxy(node, {})])), "TypeError", "at [0]"],
  [
    "a proxy of a Map",
    ({ node }) => node.set_meta("a", loose(new Proxy(new Map([[1, 2]]), {}))),
    "TypeError",
    "a Proxy of a Map cannot be passed to the engine",
  ],
  [
    "a proxy of an array that throws",
    ({ node }) =>
      node.set_meta(
        "a",
        loose(
          new Proxy([1], {
            get: () => {
              throw new RangeError("mine");
            },
          }),
        ),
      ),
    "RangeError",
    "mine",
  ],
  [
    "a proxy of an array of others",
    () => invoke(godot.OS, "execute", "true", new Proxy(["a", 5], {})),
    "TypeError",
    "got an array whose element 1 is the number 5",
  ],
  [
    "a proxy as the receiver of a call by name",
    ({ node }) => new Proxy(node, {}).call("get_name"),
    "TypeError",
    "Object.call: must be called on an engine object, got a Proxy of a Node3D",
  ],
  [
    "a proxy as the receiver of a property",
    ({ node }) => Reflect.set(new Proxy(node, {}), "position", new Vector3()),
    "TypeError",
    "Node3D.set_position",
  ],
  [
    "another receiver for a property",
    ({ node }) => Reflect.get(node, "position", {}),
    "TypeError",
    "Node3D.get_position",
  ],
  [
    "another prototype",
    () => {
      const node = new Node();
      Object.setPrototypeOf(node, Resource.prototype);
      try {
        invoke(node, "get_path");
      } finally {
        Reflect.apply(Node.prototype.free, node, []);
      }
    },
    "TypeError",
    "Resource.get_path: must be called on a Resource, got a Node",
  ],
  [
    "an engine's constructor for a vector",
    () => Reflect.construct(Node, [], Vector3),
    "TypeError",
    "no engine class to construct: new.target is a function",
  ],
  [
    "a proxy of a class",
    () => construct(new Proxy(class Mine extends Node {}, {})),
    "TypeError",
    "no engine class to construct: new.target is a function",
  ],
  ["a generator", ({ node }) => node.set_meta("a", loose(numbers())), "TypeError", "a generator cannot be passed"],
  ["an iterator", ({ node }) => node.set_meta("a", loose([1].values())), "TypeError", "an Iterator cannot be passed"],
  [
    "shared memory",
    ({ node }) => node.set_meta("a", loose(new SharedArrayBuffer(8))),
    "TypeError",
    "a SharedArrayBuffer cannot be passed",
  ],
  [
    "shared memory to write to",
    () => invoke(godot.PackedByteArray, "encode_u32", new SharedArrayBuffer(8), 0, 5),
    "TypeError",
    "PackedByteArray.encode_u32: parameter 'bytes' must be a Uint8Array, got a SharedArrayBuffer",
  ],
  [
    "a path for a script",
    ({ node }) => invoke(node, "set_script", "res://main.ts"),
    "TypeError",
    "Object.set_script: parameter 'script' must be a Script or null, got a string",
  ],
  [
    "a class for a script",
    ({ node }) => invoke(node, "set_script", class Mine extends Node3D {}),
    "TypeError",
    "must be a Script or null, got a function",
  ],
];

function* numbers(): Generator<number> {
  yield 1;
}
