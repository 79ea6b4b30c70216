import { describe, expect, it } from "vitest";
import { OPERATOR_METHODS, operatorMethodName } from "../../../../../addons/godot-ts/src/operators.mjs";

describe("operator names", () => {
  it("tells the unary minus from the binary one", () => {
    expect(operatorMethodName("-")).toBe("subtract");
    expect(operatorMethodName("unary-")).toBe("negate");
  });

  it("has no method for what JavaScript says by itself", () => {
    for (const operator of ["not", "and", "or", "xor", "in", "unary+"]) expect(operatorMethodName(operator)).toBeNull();
  });

  it("gives every operator a name of its own", () => {
    const names = Object.values(OPERATOR_METHODS).filter((name) => name !== null);
    expect(new Set(names).size).toBe(names.length);
  });

  it("refuses an operator it does not know, by name, even one that objects inherit", () => {
    expect(() => operatorMethodName("<=>")).toThrow(/"<=>".*operators\.mjs/);
    expect(() => operatorMethodName("constructor")).toThrow(/"constructor"/);
  });
});
