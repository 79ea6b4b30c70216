import { Node } from "godot";

const failOnPurpose = (): never => {
  throw new Error("half built on purpose");
};

/** Cannot be made: a field needs what is not there. */
export default class HalfBuilt extends Node {
  static exports = { level: { type: "int" } } as const;
  level = 1;
  readonly missing = failOnPurpose();

  override _ready(): void {
    console.log("a half-built node is ready");
  }
}
