import { describe, expect, it } from "vitest";
import { asExtensionApi } from "../../../../../addons/godot-ts/tools/extension-api.mjs";
import { renderTypings } from "../../../../../addons/godot-ts/tools/render-typings.mjs";
import { API_FIXTURE } from "./api-fixture.ts";

const text = renderTypings(asExtensionApi(API_FIXTURE, "fixture"));

/** The body of a declaration, from its first line to the line that closes it. */
function declaration(firstLine: string): string {
  const start = text.indexOf(`\n${firstLine}`);
  expect(start, `"${firstLine}" is missing`).toBeGreaterThanOrEqual(0);
  return text.slice(start + 1, text.indexOf("\n}", start) + 2);
}

describe("renderTypings", () => {
  it("says where it comes from and under which licence", () => {
    expect(text.slice(0, 700)).toMatch(/GENERATED[\s\S]*Godot 4\.6\.1[\s\S]*CC BY 3\.0/);
  });

  it("declares classes with inheritance, statics, optional and null parameters, own signatures and varargs", () => {
    const node = declaration("export class Node extends GodotObject {");
    expect(node).toContain("  static readonly NOTIFICATION_READY: 13;\n");
    expect(node).toContain("  static readonly MODE_A: Node.Mode.MODE_A;\n");
    expect(node).toContain("  add_child(node: Node, class_?: boolean): void;\n");
    expect(node).toContain("  reparent(to?: Node | null): void;\n");
    expect(node).toContain("  static make(): Node;\n");
    const object = declaration("declare class GodotObject {");
    expect(object).toContain("connect<M, S extends SignalName<M>>(");
    expect(object).toContain("  call(method: string, ...args: VariantInput[]): Variant;\n");
    expect(object).toContain("  free(): void;\n");
    expect(text).toContain("export { GodotObject as Object, GodotObject };");
  });

  it("gives results null where it can come, and not where it cannot", () => {
    const node = declaration("export class Node extends GodotObject {");
    expect(node).toContain("  get_owner(): Node | null;\n");
    expect(node).toContain("  get_tree(): Node;\n");
  });

  it("types a property by its getter, read-only without a setter, and leaves out what is no member", () => {
    const node = declaration("export class Node extends GodotObject {");
    expect(node).toContain("  get mode(): Node.Mode;\n  set mode(value: Node.Mode);\n");
    expect(node).toContain("  get owner(): Node | null;\n");
    expect(node).not.toContain("set owner");
    expect(node).not.toMatch(/_private|theme/);
  });

  it("declares virtual methods as a pair that needs no override", () => {
    expect(declaration("interface NodeVirtuals {")).toContain(
      "  /** Each frame. */\n  _process?(delta: number): void;\n",
    );
    expect(declaration("declare abstract class NodeVirtualsFree {")).toContain(
      "  abstract _process?(delta: number): void;\n",
    );
    expect(declaration("export class Node extends GodotObject {")).not.toContain("_process");
  });

  it("maps signals to their arguments, along the inheritance", () => {
    expect(declaration("export interface NodeSignals extends ObjectSignals {")).toContain(
      "  child_entered: [node: Node];\n",
    );
    expect(declaration("export abstract class CanvasItem")).not.toContain("[SIGNALS]");
  });

  it("makes what the engine cannot construct abstract, and marks what is deprecated", () => {
    expect(text).toContain("/** @deprecated Use `Node`. */\nexport abstract class CanvasItem extends Node {");
  });

  it("exports a singleton as an object with the constants of its class, and its enums as types", () => {
    expect(declaration("declare class InputSingleton extends GodotObject {")).toContain(
      "  readonly MOUSE_MODE_CAPTURED: InputSingleton.MouseMode.MOUSE_MODE_CAPTURED;\n",
    );
    expect(text).toContain("/** Keys and mouse. */\nexport const Input: InputSingleton;\n");
    expect(declaration("export namespace Input {")).toContain("  type MouseMode = InputSingleton.MouseMode;\n");
  });

  it("declares value types with operators as methods, once per TypeScript signature", () => {
    const vector = declaration("export class Vector2 {");
    expect(vector).toContain("  static readonly UP: Vector2;\n");
    expect(vector).toContain("  constructor();\n  constructor(from: Vector2);\n");
    expect(vector).toContain("  static from_angle(angle: number): Vector2;\n");
    expect(vector).toContain("  with_axis(axis: number): Vector2;\n");
    expect(vector).toContain(
      "  /** Scales. */\n  multiply(right: number): Vector2;\n  multiply(right: Vector2): Vector2;\n",
    );
    expect(vector.match(/ {2}equals\(/g)).toHaveLength(1);
    expect(vector).toContain("  negate(): Vector2;\n");
    expect(text).not.toContain("export class int ");
  });

  it("exports global enums as objects and as constants, and functions, also those with a reserved name", () => {
    expect(declaration("export enum Error {")).toContain("  OK = 0,\n");
    expect(text).toContain("/** Fine. */\nexport const OK: Error.OK;\n");
    expect(text).toContain("export const TYPE_NIL: Variant.Type.TYPE_NIL;\n");
    expect(text).toContain("export function print(...args: VariantInput[]): void;\n");
    expect(text).toContain("export { typeof_ as typeof };\n");
  });

  it("offers the engine's property hints by name", () => {
    expect(text).toContain('export type ExportHint =\n  | "range";\n');
  });

  it("gives the same text for the same API", () => {
    expect(renderTypings(asExtensionApi(structuredClone(API_FIXTURE), "fixture"))).toBe(text);
  });
});

describe("asExtensionApi", () => {
  it.each([
    [null, /expected Godot's extension API with a "header", got null/],
    [{ header: {} }, /expected an array "global_enums", got undefined/],
    [{ ...API_FIXTURE, classes: {} }, /expected an array "classes", got object/],
  ])("refuses %j", (value, message) => {
    expect(() => asExtensionApi(value, "x.json")).toThrow(message);
  });
});
