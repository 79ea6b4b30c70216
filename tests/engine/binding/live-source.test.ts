// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test are source code
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface LiveSource {
  rewrite(source: string, replaces: boolean): string;
  isMade(name: string): boolean;
}

/** The library's own file, as it runs it: a function of what its files share. */
function loadLiveSource(): LiveSource {
  const text = ["tokens", "live-source"]
    .map((name) => `{${readFileSync(`addons/godot-ts/src/js/${name}.js`, "utf8")}}`)
    .join("\n");
  const modules: { liveSource?: LiveSource } = {};
  new Function("native", "require", "modules", text)({}, undefined, modules);
  if (modules.liveSource === undefined) throw new Error("live-source.js gave nothing");
  return modules.liveSource;
}
const { rewrite, isMade } = loadLiveSource();

const inClass = (body: string, name = "A") => `class ${name} extends Node {\n${body}\n}\n`;

describe("text of a module while hot reload is on", () => {
  it.for([
    ["#x = 1;\n m() { return this.#x + this?.#x; }", "A$x = 1;\n m() { return this.A$x + this?.A$x; }"],
    ["#m() {}\n get #g() { return 1; }\n static #s = 2;", "A$m() {}\n get A$g() { return 1; }\n static A$s = 2;"],
    ["#x;\n has(o) { return #x in o; }", 'A$x;\n has(o) { return "A$x" in o; }'],
    ["m() { return this.#later; }\n #later = 1;", "m() { return this.A$later; }\n A$later = 1;"],
    ["#x = 1; s = \"a.#x '\" + '#x' + `#x ${this.#x} #x`;", "A$x = 1; s = \"a.#x '\" + '#x' + `#x ${this.A$x} #x`;"],
    [
      "#x = /[/#x\"]'/.test(1) / 2; // '#x\n y = 1 / this.#x / 2;",
      "A$x = /[/#x\"]'/.test(1) / 2; // '#x\n y = 1 / this.A$x / 2;",
    ],
    [
      "#f = () => { return class B { #x = 1; m() { return this.#x; } }; };",
      "A$f = () => { return class B { #x = 1; m() { return this.#x; } }; };",
    ],
    ["static { this.#s = `}`; }\n static #s;", "static { this.A$s = `}`; }\n static A$s;"],
    ["async *#g() { yield* this.#g(); }", "async *A$g() { yield* this.A$g(); }"],
  ] as const)("private names become public ones: %s", ([body, expected]) => {
    expect(rewrite(inClass(body), false)).toBe(inClass(expected));
  });

  const kept = (key: string) => `godotTsReload.keeps(this, "${key}") ? this["${key}"] :`;
  it.for([
    ["x = 1;", `x = ${kept("x")} 1;`],
    ["x;", `x = ${kept("x")} undefined;`],
    ["#x = [1, { a: 2 }];", `A$x = ${kept("A$x")} [1, { a: 2 }];`],
    ["f = async (a = {}) => { b(); };\n y = 2;", `f = ${kept("f")} async (a = {}) => { b(); };\n y = ${kept("y")} 2;`],
    ["static x = 1;\n static async = 2;\n get = 3;", `static x = 1;\n static async = 2;\n get = ${kept("get")} 3;`],
    [
      "m() { let x = 1; this.x = 2; x; }\n get g() { return 1; }",
      "m() { let x = 1; this.x = 2; x; }\n get g() { return 1; }",
    ],
    ["[name] = 1;\n y = 2;", `[name] = 1;\n y = ${kept("y")} 2;`],
    [
      "constructor(a = {}) { super(); this.b(); }",
      "constructor(a = {}) { if (godotTsReload.runs(new.target)) { super(); return; } super(); this.b(); }",
    ],
  ] as const)("a version that replaces another keeps fields: %s", ([body, expected]) => {
    expect(rewrite(inClass(body), true)).toBe(inClass(expected));
  });

  it("classes that extend nothing stay as they are, also around and inside of others", () => {
    const source = `class P { #a = 1; constructor() { this.#a; } m() { return class extends P { #b = 1; c() { return this.#b; } }; } }\n`;
    expect(rewrite(source, false)).toBe(source.replaceAll("#b", "class1$b"));
  });

  it("lines keep their numbers", () => {
    const source = inClass("#a = 1;\n\n /* #a\n */\n b = `\n${this.#a}\n`;");
    expect(rewrite(source, true).split("\n")).toHaveLength(source.split("\n").length);
  });

  it.for([
    "class A extends B { m() { return this.#nowhere; } }",
    "class A extends B { #a = 1;",
    "class A extends B { #a = `${1; }",
  ])("a text that is not understood stays as it is: %s", (source) => expect(rewrite(source, true)).toBe(source));

  it("methods that were private are none for the engine", () => {
    rewrite(inClass("#hidden() {}\n shown() {}"), false);
    expect([isMade("A$hidden"), isMade("shown")]).toEqual([true, false]);
  });
});
