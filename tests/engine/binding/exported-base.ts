import { type ExportInfo, Node3D } from "godot";

/** A script class that others extend: its exports are theirs. */
export class ExportedBase extends Node3D {
  static exports: { readonly [name: string]: ExportInfo } = { inherited: { type: "int" } };
  static signals = { moved: [{ name: "by", type: "Vector3" }] } as const;
  inherited = 2;

  greet(): string {
    return `base ${this.inherited}`;
  }
}
