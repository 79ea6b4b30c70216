import { Color, type Exports, type Node3D, NodePath, Vector3 } from "godot";
import { ExportedBase } from "./exported-base.ts";

export default class ExportedChild extends ExportedBase {
  static override exports = {
    walk_speed: { type: "float", hint: "range", hint_string: "0,20,0.1" },
    lives: { type: "int" },
    title: { type: "String" },
    tint: { type: "Color" },
    home: {},
    tags: { type: "Array" },
    path: { type: "NodePath" },
    friend: { type: "Object", class_name: "Node3D" },
    mode: { type: "int", hint: "enum", hint_string: "Walk,Run" },
  } satisfies Exports;

  walk_speed = 6;
  lives = 3;
  title = "none";
  tint = new Color(1, 0, 0);
  home = new Vector3(0, 1, 0);
  tags: string[] = [];
  path = new NodePath("");
  friend: Node3D | null = null;
  mode = 1;
  seenInReady = 0;

  override _ready(): void {
    this.seenInReady = this.walk_speed;
  }

  override greet(): string {
    return `${super.greet()} ${this.title}`;
  }
}
