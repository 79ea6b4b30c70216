import * as godot from "godot";
import { invoke, loose, type MisuseCase, type Stage } from "./misuse-case.ts";

const throws = (message: string) => () => {
  throw new RangeError(message);
};
const ring = () => {
  const values: unknown[] = [];
  values.push(values);
  return values;
};
const knot = () => {
  const values: Record<string, unknown> = {};
  values.self = values;
  return values;
};
const deep = (levels: number) => {
  let inner: unknown = [];
  for (let level = 0; level < levels; level++) inner = [inner];
  return inner;
};
const detached = () => {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
};
const proxyThat = (handler: ProxyHandler<object>, target: object = {}) => new Proxy(target, handler);
const keep = ({ node }: Stage, value: unknown) => node.set_meta("value", loose(value));

/** Values that cannot go to the engine, each passed as a Variant: as such, in an array, in a dictionary, in a signal. */
const values: readonly (readonly [string, () => unknown, string, string])[] = [
  ["a symbol", () => Symbol("s"), "TypeError", "symbol"],
  ["a bigint of 70 bits", () => 2n ** 70n, "TypeError", "64 bits"],
  ["a bigint below all ints", () => -(2n ** 63n) - 1n, "TypeError", "64 bits"],
  ["circular arrays", ring, "TypeError", "circular"],
  ["circular objects", knot, "TypeError", "circular"],
  ["a hundred levels", () => deep(100), "TypeError", "deeply nested"],
  [
    "a Date",
    () => new Date(0),
    "TypeError",
    "a Date cannot be passed to the engine (objects that can: plain ones, arrays, Maps",
  ],
  ["a RegExp", () => /a/, "TypeError", "RegExp"],
  ["a Set", () => new Set([1]), "TypeError", "Set"],
  ["a WeakMap", () => new WeakMap(), "TypeError", "WeakMap"],
  ["a Promise", () => Promise.resolve(1), "TypeError", "Promise"],
  ["an Error", () => new Error("e"), "TypeError", "Error"],
  ["a DataView", () => new DataView(new ArrayBuffer(8)), "TypeError", "DataView"],
  ["an Int16Array", () => new Int16Array(2), "TypeError", "Int16Array"],
  [
    "a BigUint64Array",
    () => new BigUint64Array(2),
    "TypeError",
    "BigUint64Array cannot be passed to the engine (typed arrays that can",
  ],
  ["an instance of a class", () => new (class Mine {})(), "TypeError", "Mine"],
  ["a boxed number", () => new Number(1), "TypeError", "Number"],
  [
    "a throwing getter",
    () => ({
      get x() {
        return throws("mine")();
      },
    }),
    "RangeError",
    "mine",
  ],
  ["a throwing element", () => Object.defineProperty([1], 0, { get: throws("mine") }), "RangeError", "mine"],
  ["a proxy that throws on keys", () => proxyThat({ ownKeys: throws("mine") }), "RangeError", "mine"],
  [
    "a proxy that throws on reading",
    () =>
      proxyThat({
        get: throws("mine"),
        ownKeys: () => ["a"],
        getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
      }),
    "RangeError",
    "mine",
  ],
  [
    "a revoked proxy",
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
    "TypeError",
    "",
  ],
  ["an array longer than memory", () => new Array(2 ** 32 - 1), "TypeError", "too long"],
  ["an object without an engine object", () => Object.create(godot.Node.prototype), "TypeError", "Node"],
];

const places: readonly (readonly [string, (stage: Stage, value: unknown) => unknown])[] = [
  ["as a Variant", keep],
  ["in an array", (stage, value) => keep(stage, [1, value])],
  ["in a dictionary", (stage, value) => keep(stage, { key: value })],
  ["as an argument of call", ({ node }, value) => node.call("set_meta", "value", loose(value))],
];

const everywhere: MisuseCase[] = values.flatMap(([name, make, error, part]) =>
  places.map(([place, put]): MisuseCase => [`${name} ${place}`, (stage) => put(stage, make()), error, part]),
);

const recursion = (): number => 1 + recursion();

const special: MisuseCase[] = [
  [
    "a throwing valueOf in a vector",
    ({ node }) => {
      const v = new godot.Vector3(1, 2, 3);
      v.x = loose({ valueOf: throws("mine") });
      node.set_position(v);
    },
    "TypeError",
    "Vector3.x",
  ],
  [
    "a throwing getter of a vector",
    ({ node }) => {
      const v = new godot.Vector3(1, 2, 3);
      Object.defineProperty(v, "x", { get: throws("mine") });
      node.set_position(v);
    },
    "RangeError",
    "mine",
  ],
  [
    "a throwing toString is not asked",
    ({ node }) => node.set_name(loose({ toString: throws("mine") })),
    "TypeError",
    "Node.set_name",
  ],
  [
    "a throwing constructor name",
    ({ node }) =>
      node.set_name(
        loose({
          get constructor() {
            return throws("mine")();
          },
        }),
      ),
    "TypeError",
    "Node.set_name",
  ],
  ["a throwing key of a map", (stage) => keep(stage, new Map([[Symbol("k"), 1]])), "TypeError", "symbol"],
  [
    "an array that grows while it is read",
    () => {
      const list: unknown[] = [1, "b"];
      Object.defineProperty(list, 0, {
        get: () => {
          for (let i = 0; i < 1e5; i++) list.push("c");
          return "a";
        },
      });
      invoke(godot.OS, "execute", "true", list);
      throw new Error("was read");
    },
    "Error",
    "was read",
  ],
  [
    "an array that shrinks while it is read",
    (stage) => {
      const list: unknown[] = [1, 2, 3];
      Object.defineProperty(list, 0, {
        get: () => {
          list.length = 1;
          return 1;
        },
      });
      keep(stage, list);
      throw new Error("was read");
    },
    "Error",
    "was read",
  ],
  [
    "vectors that grow while they are read",
    () => {
      const list: unknown[] = [1];
      Object.defineProperty(list, 0, {
        get: () => {
          for (let i = 0; i < 1e5; i++) list.push(new godot.Vector3(0, 0, 0));
          return new godot.Vector3(0, 0, 0);
        },
      });
      new godot.ConvexPolygonShape3D().points = loose(list);
      throw new Error("was read");
    },
    "Error",
    "was read",
  ],
  [
    "a detached buffer is empty",
    (stage) => {
      keep(stage, detached());
      throw new Error(String(stage.node.get_meta("value")));
    },
    "Error",
    "",
  ],
  ["endless recursion", recursion, "RangeError", "Maximum call stack"],
  [
    "endless recursion through the engine",
    ({ node }) => {
      const again = (): unknown => {
        node.emit_signal("renamed");
        return node.get_position();
      };
      const dig = (): unknown => [again(), dig()];
      return dig();
    },
    "RangeError",
    "Maximum call stack",
  ],
  ["a string longer than any", ({ node }) => node.set_name("x".repeat(2 ** 30)), "RangeError", "string length"],
  ["an unknown method", ({ node }) => node.call("no_such_method"), "TypeError", "no_such_method"],
  ["an unknown method of a class", ({ node }) => invoke(node, "no_such_method"), "TypeError", ""],
  [
    "a wrong argument through call",
    ({ node }) => node.call("set_position", "here"),
    "TypeError",
    "argument 1",
    "Vector3",
  ],
  ["too many through call", ({ node }) => node.call("get_name", 1), "TypeError", "too many"],
  ["too few through call", ({ node }) => node.call("set_name"), "TypeError", "too few"],
  [
    "an unknown signal to wait for is refused later",
    ({ node }) => invoke(node, "to_signal", 5),
    "TypeError",
    "to_signal",
    "a string",
  ],
  ["an id that is none", () => godot.instance_from_id(loose("a")), "TypeError", "instance_id"],
  ["an id of a fraction", () => godot.instance_from_id(1.5), "TypeError", "instance_id"],
];

export const strangeData: readonly MisuseCase[] = [...everywhere, ...special];
