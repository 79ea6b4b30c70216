// Wrong uses, one line each in the tables: every one a clear error, and after each the engine still works.
import { Node, Node3D, Resource, Vector3 } from "godot";
import { Tap } from "../tap.ts";
import { freedObjects } from "./freed-objects.ts";
import type { MisuseCase, Stage } from "./misuse-case.ts";
import { scriptMistakes } from "./script-mistakes.ts";
import { strangeData } from "./strange-data.ts";
import { strangeObjects } from "./strange-objects.ts";
import { wrongArguments } from "./wrong-arguments.ts";
import { wrongParts } from "./wrong-parts.ts";

const CASES: readonly MisuseCase[] = [
  ...wrongArguments,
  ...wrongParts,
  ...freedObjects,
  ...strangeData,
  ...strangeObjects,
  ...scriptMistakes,
];

export default class MisuseFixture extends Node {
  override _ready(): void {
    const tap = new Tap();
    for (const [name, wrong, error, ...parts] of CASES) {
      const stage = this.#stage();
      tap.throws(name, () => wrong(stage), error, ...parts);
      this.#lives(tap, name, stage);
    }
    tap.finish(this);
  }

  #stage(): Stage {
    const node = new Node3D();
    this.add_child(node);
    const freed = new Node3D();
    freed.free();
    return { node, resource: new Resource(), freed };
  }

  #lives(tap: Tap, name: string, { node }: Stage): void {
    for (const child of this.get_children()) child.free();
    const other = new Node3D();
    other.position = new Vector3(1, 2, 3);
    other.position.x += 1;
    if (!other.get_position().equals(new Vector3(2, 2, 3))) tap.ok(`after ${name} the engine works`, false);
    other.free();
    void node;
  }
}
