// The engine's value types (Vector3, Transform3D, Color...) as plain JavaScript classes. Their numbers cross to the engine
// through one shared Float64Array: `pack` writes an instance there in the engine's memory order, `unpack` reads one.

const scratch = native.scratch;
const typeSymbol = native.typeSymbol;
const inspectSymbol = Symbol.for("nodejs.util.inspect.custom");

/** Members in constructor order; `leaves` in the engine's memory order where that differs (Basis is stored by rows). */
const specs = {
  Vector2: { type: 5, members: ["x", "y"] },
  Vector2i: { type: 6, members: ["x", "y"], integer: true },
  Vector3: { type: 9, members: ["x", "y", "z"] },
  Vector3i: { type: 10, members: ["x", "y", "z"], integer: true },
  Vector4: { type: 12, members: ["x", "y", "z", "w"] },
  Vector4i: { type: 13, members: ["x", "y", "z", "w"], integer: true },
  Rect2: { type: 7, members: ["position", "size"], of: "Vector2" },
  Rect2i: { type: 8, members: ["position", "size"], of: "Vector2i" },
  Transform2D: { type: 11, members: ["x", "y", "origin"], of: "Vector2", identity: [1, 0, 0, 1, 0, 0] },
  Plane: { type: 14, members: ["x", "y", "z", "d"] },
  Quaternion: { type: 15, members: ["x", "y", "z", "w"], identity: [0, 0, 0, 1] },
  AABB: { type: 16, members: ["position", "size"], of: "Vector3" },
  Basis: {
    type: 17,
    members: ["x", "y", "z"],
    of: "Vector3",
    identity: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    leaves: ["x.x", "y.x", "z.x", "x.y", "y.y", "z.y", "x.z", "y.z", "z.z"],
  },
  Transform3D: { type: 18, members: ["basis", "origin"], of: ["Basis", "Vector3"] },
  Projection: {
    type: 19,
    members: ["x", "y", "z", "w"],
    of: "Vector4",
    identity: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  },
  Color: { type: 20, members: ["r", "g", "b", "a"], identity: [0, 0, 0, 1] },
};

const classes = {};

function memberType(spec, index) {
  return Array.isArray(spec.of) ? spec.of[index] : spec.of;
}

/** Paths of all numbers of a type in the engine's memory order: Rect2 has position.x, position.y, size.x, size.y. */
function leavesOf(name) {
  const spec = specs[name];
  if (spec.leaves) return spec.leaves;
  return spec.members.flatMap((member, index) => {
    const inner = memberType(spec, index);
    return inner ? leavesOf(inner).map((leaf) => `${member}.${leaf}`) : [member];
  });
}

/** Code of an expression that builds a value from `number(leaf)` expressions. */
function construction(name, number, path = "") {
  const spec = specs[name];
  const parts = spec.members.map((member, index) => {
    const inner = memberType(spec, index);
    const full = path ? `${path}.${member}` : member;
    return inner ? construction(inner, number, full) : number(full);
  });
  return `new ${name}(${parts.join(", ")})`;
}

/** Code that writes the value in variable `name` to the scratch from `offset` on, a number or the name of a variable. */
function packCode(type, variable, offset) {
  const place = (index) => (typeof offset === "number" ? offset + index : `${offset} + ${index}`);
  return leavesOf(type)
    .map((leaf, index) => `S[${place(index)}] = ${variable}.${leaf};`)
    .join(" ");
}

/** Whether the engine keeps a type's numbers as integers of 32 bits. It drops fractions, and has nothing for larger numbers and NaN. */
const isInteger = (type) => (specs[type].integer ?? specs[specs[type].of]?.integer) === true;
const fitsInteger = (number) => number > -2147483649 && number < 2147483648;

/** An expression that is true if a member of the value in `variable` is no such number: fields can be set to anything. */
const unsoundCode = (type, variable) =>
  leavesOf(type)
    .map((leaf) => `${variable}.${leaf}`)
    .map((member) =>
      isInteger(type)
        ? `!(typeof ${member} === "number" && ${member} > -2147483649 && ${member} < 2147483648)`
        : `typeof ${member} !== "number"`,
    )
    .join(" || ");

/** Says which member is no such number. */
function unsound(type, value) {
  const read = (leaf) => leaf.split(".").reduce((inner, part) => inner?.[part], value);
  const isSound = (member) => typeof member === "number" && (!isInteger(type) || fitsInteger(member));
  const leaf = leavesOf(type).find((name) => !isSound(read(name)));
  const expected = isInteger(type) ? "a number of 32 bits" : "a number";
  return `${type}.${leaf} must be ${expected}, got ${native.describe(read(leaf))}`;
}

function unpackCode(type, offset = 0) {
  const leaves = leavesOf(type);
  return construction(type, (leaf) => `S[${offset + leaves.indexOf(leaf)}]`);
}

/** Expressions for the members of a value whose numbers are in the scratch. */
function memberCodes(type) {
  const leaves = leavesOf(type);
  const number = (leaf) => `S[${leaves.indexOf(leaf)}]`;
  return specs[type].members.map((member, index) => {
    const inner = memberType(specs[type], index);
    return inner ? construction(inner, number, member) : number(member);
  });
}

const leafCount = (type) => leavesOf(type).length;

function slowConstruct(self, spec, args) {
  const name = nameOfType(spec.type);
  for (const argument of isInteger(name) ? args : [])
    if (typeof argument === "number" && !fitsInteger(argument))
      wrongMember(`new ${name}: an argument`, "a number of 32 bits", argument);
  const value = args.length === 0 ? undefined : native.constructValue(spec.type, ...args);
  for (const [index, member] of spec.members.entries()) {
    if (value !== undefined) self[member] = value[member];
    else if (!memberType(spec, index)) self[member] = spec.identity ? spec.identity[index] : 0;
    else self[member] = defaultMember(spec, index);
  }
}

function defaultMember(spec, index) {
  const inner = memberType(spec, index);
  if (!spec.identity) return new classes[inner]();
  const size = leafCount(inner);
  return new classes[inner](...spec.identity.slice(index * size, index * size + size));
}

/** A type and the types that it is made of. */
function innerTypes(name, into = new Set()) {
  into.add(name);
  for (const index of specs[name].members.keys()) {
    const inner = memberType(specs[name], index);
    if (inner) innerTypes(inner, into);
  }
  return into;
}

/** The class itself: fields in one order, so that all its instances share one hidden class. */
function makeClass(name) {
  const spec = specs[name];
  const members = spec.members;
  const isNumber = (member) =>
    `typeof ${member} === "number"${spec.integer ? ` && (${member} | 0) === ${member}` : ""}`;
  const checks = members.map((member, index) => {
    const inner = memberType(spec, index);
    return inner ? `${member} instanceof classes.${inner}` : isNumber(member);
  });
  const assigns = members.map((member) => `this.${member} = ${member};`).join(" ");
  // Color's alpha may be left out.
  const parameters = members.map((member) => (name === "Color" && member === "a" ? "a = 1" : member)).join(", ");
  const copies = members.map((member, index) =>
    memberType(spec, index) ? `this.${member}.clone()` : `this.${member}`,
  );
  const source = `return class ${name} {
    constructor(${parameters}) {
      if (${checks.join(" && ")}) { ${assigns} } else slow(this, spec, arguments);
    }
    clone() { return new ${name}(${copies.join(", ")}); }
    toJSON() { return { ${members.map((member) => `${member}: this.${member}`).join(", ")} }; }
  }`;
  const made = new Function("classes", "slow", "spec", source)(classes, slowConstruct, spec);
  classes[name] = made;
  const hidden = (value) => ({ value, writable: true, configurable: true });
  Object.defineProperties(made.prototype, {
    [typeSymbol]: hidden(spec.type),
    toString: hidden(function () {
      return str(this);
    }),
    [inspectSymbol]: hidden(function () {
      return `${name}${str(this)}`;
    }),
  });
  const header = `const { ${[...innerTypes(name)].join(", ")} } = classes;`;
  const pack = new Function(
    "S",
    "unsound",
    `return (v) => { if (${unsoundCode(name, "v")}) return unsound("${name}", v); ${packCode(name, "v", 0)} };`,
  )(scratch, unsound);
  const unpack = new Function("S", "classes", `${header} return () => ${unpackCode(name)};`)(scratch, classes);
  native.setValueClass(spec.type, made, pack, unpack);
  return made;
}

function str(value) {
  return `(${specs[value[typeSymbol] === undefined ? "" : nameOfType(value[typeSymbol])].members.map((member) => String(value[member])).join(", ")})`;
}

const typeNames = new Map(Object.entries(specs).map(([name, spec]) => [spec.type, name]));
const nameOfType = (type) => typeNames.get(type);

/**
 * What `node.position` returns: the value at that moment, and writing a member of it writes the property. A subclass by
 * prototype only, with accessors where the class has fields, so that plain values stay plain.
 */
function makeBound(name) {
  const spec = specs[name];
  const base = classes[name];
  const members = spec.members;
  const fields = members.map((member) => `this._${member} = ${member};`).join(" ");
  const accessors = members.map((member, index) => {
    const inner = memberType(spec, index);
    const get = inner ? `return from${inner}(this._${member}, this, links.${member});` : `return this._${member};`;
    const keep = inner ? `this._${member} = v.clone();` : `this._${member} = v;`;
    return `${member}: { configurable: true, get() { ${get} }, set(v) {
      ${inner ? `if (!(v instanceof classes.${inner})) wrong("${name}.${member}", "a ${inner}", v);` : `if (typeof v !== "number") wrong("${name}.${member}", "a number", v);`}
      const whole = this._link.get(this._owner); whole.${member} = v; this._link.set(this._owner, whole); ${keep} } }`;
  });
  const inners = [...new Set(members.map((_, index) => memberType(spec, index)).filter(Boolean))];
  const source = `const { ${inners.map((inner) => `${inner}From: from${inner}`).join(", ")} } = bound;
    function Bound${name}(${members.join(", ")}, owner, link) { ${fields} this._owner = owner; this._link = link; }
    Bound${name}.prototype = Object.create(classes.${name}.prototype, { ${accessors.join(", ")} });
    return Bound${name};`;
  const links = {};
  for (const [index, member] of members.entries()) {
    if (!memberType(spec, index)) continue;
    links[member] = {
      get: (owner) => owner[`_${member}`].clone(),
      set: (owner, value) => {
        owner[member] = value;
      },
    };
  }
  const made = new Function("classes", "bound", "links", "wrong", source)(classes, bound, links, wrongMember);
  Object.defineProperty(made.prototype, "constructor", { value: base, configurable: true, writable: true });
  const from = new Function(
    "Bound",
    `return (value, owner, link) => new Bound(${members.map((member) => `value.${member}`).join(", ")}, owner, link);`,
  )(made);
  Object.defineProperties(bound, { [name]: { value: made }, [`${name}From`]: { value: from } });
}

/** The bound classes and, as `Vector3From`, how to make one of a plain value; each made at first use. */
const bound = {};
for (const name of Object.keys(specs)) {
  for (const member of [name, `${name}From`]) {
    Object.defineProperty(bound, member, {
      configurable: true,
      get() {
        makeBound(name);
        return bound[member];
      },
    });
  }
}

function wrongMember(what, expected, given) {
  throw new TypeError(`${what} must be ${expected}, got ${native.describe(given)}`);
}

// ---- Types that the engine keeps in one piece -------------------------------------------------------------------------

class RID {
  constructor(from) {
    this._low = from?._low ?? 0;
    this._high = from?._high ?? 0;
  }
  get [typeSymbol]() {
    return 23;
  }
  toString() {
    return `RID(${(BigInt(this._high) << 32n) | BigInt(this._low)})`;
  }
  [inspectSymbol]() {
    return this.toString();
  }
}
function makeRid() {
  const read = () => {
    const rid = new RID();
    rid._low = scratch[0];
    rid._high = scratch[1];
    return rid;
  };
  const write = (rid) => {
    scratch[0] = rid._low;
    scratch[1] = rid._high;
  };
  native.setValueClass(23, RID, write, read);
  return RID;
}

function makeBoxed(name, type) {
  const made = {
    [name]: class extends native.NativeBox {
      constructor(...args) {
        super(type, ...args);
      }
      toString() {
        return modules.utility("str")(this);
      }
      [inspectSymbol]() {
        return `${name}(${this})`;
      }
    },
  }[name];
  native.setValueClass(type, made);
  if (name === "NodePath") {
    Object.defineProperty(made.prototype, "toJSON", {
      configurable: true,
      writable: true,
      value() {
        return this.toString();
      },
    });
  }
  return made;
}

// ---- Methods, operators and constants, from the engine's tables --------------------------------------------------------

const operatorNumbers = {
  equals: 0,
  not_equals: 1,
  less_than: 2,
  less_than_or_equals: 3,
  greater_than: 4,
  greater_than_or_equals: 5,
  add: 6,
  subtract: 7,
  multiply: 8,
  divide: 9,
  negate: 10,
  modulo: 12,
  power: 13,
  shift_left: 14,
  shift_right: 15,
  bit_and: 16,
  bit_or: 17,
  bit_xor: 18,
  bit_not: 19,
};

/** Defines a property that is made at its first use and then stays. */
function lazy(target, name, make, enumerable = false) {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable,
    get() {
      const value = make();
      Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable });
      return value;
    },
    set(value) {
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
    },
  });
}

const kindBuiltin = 1;

function addTableMembers(name, made) {
  const table = JSON.parse(native.apiRecord(`type:${name}`));
  for (const method in table.m) {
    const target = table.m[method][1] & 1 ? made : made.prototype;
    if (Object.hasOwn(target, method)) continue;
    lazy(target, method, () => native.makeMethod(kindBuiltin, name, method, table.m[method], false, table.t));
  }
  for (const operator in operatorNumbers) {
    if (Object.hasOwn(made.prototype, operator)) continue;
    const number = operatorNumbers[operator];
    Object.defineProperty(made.prototype, operator, {
      configurable: true,
      writable: true,
      value: {
        [operator]: function (right) {
          return native.evaluate(number, this, right);
        },
      }[operator],
    });
  }
  for (const constant of table.k) {
    Object.defineProperty(made, constant, {
      configurable: true,
      enumerable: true,
      get() {
        const value = native.typeConstant(table.t, constant);
        // A fresh copy each time: a caller may change it.
        const fresh = value?.clone ? () => value.clone() : () => value;
        Object.defineProperty(made, constant, { configurable: true, enumerable: true, get: fresh });
        return fresh();
      },
    });
  }
  for (const group in table.e) {
    Object.defineProperty(made, group, { value: Object.freeze(table.e[group]), configurable: true });
    for (const value in table.e[group]) {
      if (!Object.hasOwn(made, value))
        Object.defineProperty(made, value, { value: table.e[group][value], configurable: true, enumerable: true });
    }
  }
}

const epsilon = 0.00001; // CMP_EPSILON of the engine

/** The operations that games call thousands of times a frame stay in JavaScript, where they are inlined. */
function addVectorMath(name, made) {
  const { members, integer } = specs[name];
  const each = (expression, separator) => members.map((member) => expression(member)).join(separator);
  const build = (expression) => `new ${name}(${each(expression, ", ")})`;
  const vector = `if (!(b instanceof ${name})) return slow(number, this, b);`;
  const truncated = (expression) => (integer ? `Math.trunc(${expression})` : expression);
  const wrap = (expression) => (integer ? `(${expression}) | 0` : expression);
  const methods = {
    add: ["b", 6, `${vector} return ${build((m) => wrap(`this.${m} + b.${m}`))};`],
    subtract: ["b", 7, `${vector} return ${build((m) => wrap(`this.${m} - b.${m}`))};`],
    negate: ["", 10, `return ${build((m) => wrap(`-this.${m}`))};`],
    equals: ["b", 0, `return b instanceof ${name} && ${each((m) => `this.${m} === b.${m}`, " && ")};`],
    not_equals: ["b", 1, `return !(b instanceof ${name} && ${each((m) => `this.${m} === b.${m}`, " && ")});`],
    length_squared: ["", 0, `return ${each((m) => `this.${m} * this.${m}`, " + ")};`],
    length: ["", 0, `return Math.sqrt(${each((m) => `this.${m} * this.${m}`, " + ")});`],
  };
  if (!integer) {
    methods.multiply = [
      "b",
      8,
      `if (typeof b === "number") return ${build((m) => `this.${m} * b`)}; ${vector} return ${build((m) => `this.${m} * b.${m}`)};`,
    ];
    methods.divide = [
      "b",
      9,
      `if (typeof b === "number") return ${build((m) => truncated(`this.${m} / b`))}; ${vector} return ${build((m) => truncated(`this.${m} / b.${m}`))};`,
    ];
    const need = (method, parameter) =>
      `if (!(b instanceof ${name})) wrong("${name}.${method}: parameter '${parameter}'", "a ${name}", b);`;
    methods.dot = ["b", 0, `${need("dot", "with")} return ${each((m) => `this.${m} * b.${m}`, " + ")};`];
    methods.distance_squared_to = [
      "b",
      0,
      `${need("distance_squared_to", "to")} return ${each((m) => `(this.${m} - b.${m}) * (this.${m} - b.${m})`, " + ")};`,
    ];
    methods.distance_to = ["b", 0, `${need("distance_to", "to")} return Math.sqrt(this.distance_squared_to(b));`];
    methods.normalized = [
      "",
      0,
      `const l = this.length(); return l === 0 ? new ${name}(${each(() => "0", ", ")}) : ${build((m) => `this.${m} / l`)};`,
    ];
    methods.lerp = [
      "b, weight",
      0,
      `${need("lerp", "to")} if (typeof weight !== "number") wrong("${name}.lerp: parameter 'weight'", "a number", weight); return ${build((m) => `this.${m} + (b.${m} - this.${m}) * weight`)};`,
    ];
    methods.is_zero_approx = ["", 0, `return ${each((m) => `Math.abs(this.${m}) < epsilon`, " && ")};`];
  }
  if (name === "Vector3") {
    methods.cross = [
      "b",
      0,
      `if (!(b instanceof Vector3)) wrong("Vector3.cross: parameter 'with'", "a Vector3", b);
       return new Vector3(this.y * b.z - this.z * b.y, this.z * b.x - this.x * b.z, this.x * b.y - this.y * b.x);`,
    ];
  }
  const source = Object.entries(methods)
    .map(
      ([method, [parameters, number, body]]) =>
        `${method}: function ${method}(${parameters}) { const number = ${number}; ${body} }`,
    )
    .join(",\n");
  const functions = new Function(name, "slow", "wrong", "epsilon", `return { ${source} };`)(
    made,
    native.evaluate,
    wrongMember,
    epsilon,
  );
  for (const method in functions)
    Object.defineProperty(made.prototype, method, { value: functions[method], writable: true, configurable: true });
}

/** A member that the engine computes from the others. */
function computed(made, member, get, set) {
  Object.defineProperty(made.prototype, member, { configurable: true, get, set });
}

/** A value for a computed member that cannot be what it is for. */
function check(made, member, fits, expected, value) {
  if (!fits) wrongMember(`${made.name}.${member}`, expected, value);
}

function addEnd(made, vector) {
  computed(
    made,
    "end",
    function () {
      return this.position.add(this.size);
    },
    function (value) {
      check(made, "end", value instanceof classes[vector], `a ${vector}`, value);
      this.size = value.subtract(this.position);
    },
  );
}

function addNormal(made) {
  computed(
    made,
    "normal",
    function () {
      return new classes.Vector3(this.x, this.y, this.z);
    },
    function (value) {
      check(made, "normal", value instanceof classes.Vector3, "a Vector3", value);
      this.x = value.x;
      this.y = value.y;
      this.z = value.z;
    },
  );
}

/** Hue, saturation and value of a colour, each 0 to 1. */
function toHsv({ r, g, b }) {
  const value = Math.max(r, g, b);
  const chroma = value - Math.min(r, g, b);
  if (chroma === 0) return { h: 0, s: 0, v: value };
  const sector = value === r ? (g - b) / chroma : value === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return { h: (((sector / 6) % 1) + 1) % 1, s: chroma / value, v: value };
}

function addColorParts(made) {
  for (const channel of ["r", "g", "b", "a"]) {
    computed(
      made,
      `${channel}8`,
      function () {
        return Math.round(Math.min(Math.max(this[channel], 0), 1) * 255);
      },
      function (value) {
        check(made, `${channel}8`, typeof value === "number", "a number", value);
        this[channel] = value / 255;
      },
    );
  }
  for (const part of ["h", "s", "v"]) {
    computed(
      made,
      part,
      function () {
        return toHsv(this)[part];
      },
      function (value) {
        check(made, part, typeof value === "number", "a number", value);
        const hsv = { ...toHsv(this), [part]: value };
        const color = made.from_hsv(hsv.h, hsv.s, hsv.v, this.a);
        this.r = color.r;
        this.g = color.g;
        this.b = color.b;
      },
    );
  }
}

// ---- Each type is made when a script first names it, or the engine first sends one: the start does not pay for it. ----

const boxedTypes = { NodePath: 22, Callable: 25, Signal: 26 };

function makeType(name) {
  if (name === "RID") return makeRid();
  if (name in boxedTypes) return makeBoxed(name, boxedTypes[name]);
  const made = makeClass(name);
  if (name.startsWith("Vector")) addVectorMath(name, made);
  if (name === "Rect2" || name === "Rect2i" || name === "AABB") addEnd(made, specs[name].of);
  if (name === "Plane") addNormal(made);
  if (name === "Color") addColorParts(made);
  return made;
}

const allNames = [...Object.keys(specs), "RID", ...Object.keys(boxedTypes)];
for (const name of allNames) {
  lazy(classes, name, () => {
    const made = makeType(name);
    addTableMembers(name, made);
    return made;
  });
}

const nameByType = new Map([
  ...Object.entries(specs).map(([name, { type }]) => [type, name]),
  [23, "RID"],
  ...Object.entries(boxedTypes).map(([name, type]) => [type, name]),
]);
native.setValueClassHook((type) => classes[nameByType.get(type)]);

modules.values = {
  classes,
  bound,
  specs,
  leafCount,
  packCode,
  unpackCode,
  memberCodes,
  unsoundCode,
  nameOfType,
  operatorNumbers,
  lazy,
};
