import { type Exports, Node, type Node3D, type Resource, Vector2 } from "godot";

export enum Mood {
  CALM,
  WILD_AND_FREE = 5,
  SAD = -1,
}
export enum Element {
  FIRE = 1,
  WATER = 2,
  BOTH = FIRE | WATER,
}
enum Side {
  Left = "left",
  Right = "right",
}

/** One exported property of each kind. */
export default class ExportedKinds extends Node {
  static exports = {
    mood: { enum: Mood, group: "Feelings" },
    elements: { flags: Element, subgroup: "Deep ones" },
    side: { enum: Side },
    reach: { type: "float", hint: "range", hint_string: "0,50,0.5,or_greater,suffix:m", category: "Body" },
    numbers: { type: "Array[int]" },
    weights: { type: "Array[float]", hint: "range", hint_string: "0,1,0.1" },
    points: { type: "Array[Vector2]" },
    things: { type: "Array[Resource]" },
    friends: { type: "Array[Node3D]" },
    prices: { type: "Dictionary[String, int]" },
    guide: { type: "Node3D" },
    thing: { type: "Resource" },
    bytes: { type: "PackedByteArray" },
    anything: { type: "Variant" },
  } satisfies Exports;

  mood = Mood.CALM;
  elements = Element.FIRE;
  side = Side.Left;
  reach = 2.5;
  numbers: number[] = [1, 2];
  weights: number[] = [];
  points: Vector2[] = [new Vector2(1, 2)];
  things: Resource[] = [];
  friends: Node3D[] = [];
  prices: { [name: string]: number } = { bread: 2 };
  guide: Node3D | null = null;
  thing: Resource | null = null;
  bytes = new Uint8Array([1, 2]);
  anything: unknown = null;
}
