// Never run: the type checker is the test. Every line must compile, except those after @ts-expect-error, which must not.

import type { Exports, RpcConfig, Signals } from "godot";
import {
  type Area3D,
  CharacterBody3D,
  CollisionObject3D,
  Color,
  type Error as GodotError,
  type GodotObject,
  type Object as GodotObjectAlias,
  Input,
  type InputEvent,
  InputEventKey,
  KEY_W,
  Key,
  lerp,
  type MeshInstance3D,
  Node,
  Node3D,
  NodePath,
  ObjectFreedError,
  OK,
  type PackedScene,
  PhysicsRayQueryParameters3D,
  PhysicsServer3D,
  PROPERTY_HINT_RANGE,
  print,
  ResourceLoader,
  RigidBody3D,
  StandardMaterial3D,
  Transform3D,
  TYPE_INT,
  typeof as typeOf,
  type Variant,
  Vector2,
  Vector3,
  Window,
} from "godot";

export class Avatar extends CharacterBody3D {
  static exports = {
    walk_speed: { type: "float", hint: "range", hint_string: "0,20,0.1" },
    hint_by_value: { type: "int", hint: PROPERTY_HINT_RANGE },
  } satisfies Exports;
  static signals = { landed: [{ name: "speed", type: "float" }] } satisfies Signals;
  static rpc_config = { teleport: { rpc_mode: "any_peer", call_local: true } } satisfies RpcConfig;
  static tool = false;

  walk_speed = 6;

  // Virtual methods need no `override`; parameters are checked.
  async _ready() {
    const error: GodotError = this.get_node("Model").connect("visibility_changed", () => {});
    if (error !== OK) print("not connected", error);
    const [landedSpeed] = await this.to_signal("landed");
    const narrowed = typeof landedSpeed === "number" ? landedSpeed.toFixed(1) : "";
    print(narrowed);
    const [child] = await this.to_signal("child_entered_tree");
    print(child.get_path());
  }

  override _physics_process(delta: number) {
    this.velocity = this.velocity.add(new Vector3(0, -9.81, 0).multiply(delta));
    this.position.x = 1;
    this.move_and_slide();
    this.emit_signal("landed", 3.5);
    // @ts-expect-error a signal's arguments are checked
    this.emit_signal("child_entered_tree", 3);
    // @ts-expect-error time_left is not a member of this class
    this.time_left = 3;
  }

  _input(event: InputEvent) {
    if (event instanceof InputEventKey && event.keycode === KEY_W) this.rotate_y(0.1);
  }

  _notification(what: number) {
    if (what === Node.NOTIFICATION_PREDELETE) print("bye");
  }

  _get_property_list() {
    return [{ name: "extra", type: TYPE_INT }];
  }
}

export class FastAvatar extends Avatar {
  override walk_speed = 12;
  override async _ready() {
    await super._ready();
  }
}

export class WrongVirtualParameter extends Node {
  // @ts-expect-error delta is a number
  _process(delta: string) {
    print(delta);
  }
}

export class WrongVirtualResult extends Node {
  // @ts-expect-error a list of texts
  _get_configuration_warnings() {
    return 3;
  }
}

export class MissingOverride extends Avatar {
  // @ts-expect-error this one is the game's own method: the compiler asks for `override`
  _physics_process(_delta: number) {}
}

export class ShadowedProperty extends Node3D {
  // @ts-expect-error a field would hide the engine's property
  override position = new Vector3(1, 2, 3);
}

// @ts-expect-error exported types are a closed set
export const wrongExport = { speed: { type: "double" } } satisfies Exports;

export function signals(area: Area3D, plain: GodotObject): void {
  area.connect("body_entered", (body) => body.get_global_position().length());
  area.connect("tree_exiting", () => {});
  area.connect("a_script_signal", (amount: number) => amount.toFixed());
  // @ts-expect-error the handler takes a body
  area.connect("body_entered", (amount: number) => amount.toFixed());
  // @ts-expect-error the signal has one argument
  area.connect("body_entered", (body, shape) => [body, shape]);
  const handler = (body: Node3D): void => print(body.name);
  area.connect("body_entered", handler, 4);
  area.disconnect("body_entered", handler);
  plain.connect("script_changed", () => {});
}

export function objects(node: Node): void {
  const model = node.get_node<MeshInstance3D>("Model");
  const plain: Node = node.get_node(new NodePath("Model"));
  print(model.mesh, plain.get_tree().root.size.x, node.call("method", 1, "two", [3], { four: 4 }));
  const children: Node[] = node.get_children();
  // @ts-expect-error a parent may be missing
  node.get_parent().queue_free();
  node.get_parent()?.queue_free();
  node.add_child(new Node3D(), true);
  // @ts-expect-error a child is a Node
  node.add_child(new StandardMaterial3D());
  // @ts-expect-error a child is not null
  node.add_child(null);
  // @ts-expect-error an array of engine objects may be shorter
  children[0].queue_free();
  const scene = ResourceLoader.load<PackedScene>("res://scenes/a.tscn");
  const made = scene?.instantiate<RigidBody3D>();
  if (made !== undefined) made.mass = 3;
  const material = new StandardMaterial3D();
  material.albedo_texture = null;
  const copy: StandardMaterial3D = material.duplicate();
  copy.albedo_color = Color.RED;
  // @ts-expect-error the engine cannot make one of these
  new CollisionObject3D();
  const same: GodotObjectAlias = node;
  same.free();
}

export function values(node: Node3D, hit: Variant): number {
  const up = Vector3.UP.add(Vector3.RIGHT).multiply(2).negate();
  const scaled: Vector3 = up.multiply(new Vector3(1, 2, 3));
  const moved: Vector3 = new Transform3D().multiply(scaled);
  // @ts-expect-error not enough numbers
  new Vector3(1, 2);
  // @ts-expect-error a Vector2 is not a Vector3, whatever members it has
  node.position = new Vector2(1, 2);
  // @ts-expect-error nor the other way round
  const flat: Vector2 = new Vector3(1, 2, 3);
  // @ts-expect-error a constant
  Vector3.UP = new Vector3(1, 2, 3);
  const half: number = lerp(0, 1, 0.5);
  const mixed: Vector3 = lerp(up, moved, half);
  if (hit instanceof Vector3) return hit.x;
  return up.equals(mixed) ? typeOf(flat) : 0;
}

export function enumsAndSingletons(window: Window): void {
  window.mode = Window.MODE_FULLSCREEN;
  const mode: Window.Mode = Window.Mode.MODE_WINDOWED;
  window.set_mode(mode);
  // @ts-expect-error another class's enum
  window.mode = RigidBody3D.FREEZE_MODE_KINEMATIC;
  Input.mouse_mode = Input.MOUSE_MODE_CAPTURED;
  const mouse: Input.MouseMode = Input.MouseMode.MOUSE_MODE_VISIBLE;
  const key: Key = Key.KEY_W;
  print(mouse, key, Input.get_vector("left", "right", "up", "down"));
  // @ts-expect-error a singleton is an object, not a class
  new Input();
}

export function packedArraysAndDictionaries(node: Node3D): void {
  const query = PhysicsRayQueryParameters3D.create(Vector3.ZERO, Vector3.UP, 1);
  const hit = node.get_world_3d().direct_space_state.intersect_ray(query);
  const position = hit.position;
  if (position instanceof Vector3) print(position.y);
  PhysicsServer3D.body_set_state(node.get_world_3d().space, PhysicsServer3D.BODY_STATE_SLEEPING, true);
  const buffer: Uint8Array = ResourceLoader.get_dependencies("a").length > 0 ? new Uint8Array(3) : new Uint8Array();
  node.set_meta("bytes", buffer);
  node.set_meta("nested", { list: [1, 2n, "three", new Float32Array(4)], at: Vector3.ZERO });
  node.set_meta("keys", new Map([[new Vector2(1, 2), 3]]));
  // @ts-expect-error a symbol is no Variant
  node.set_meta("symbol", Symbol("no"));
}

export function freed(error: unknown): boolean {
  return error instanceof ObjectFreedError && error.message !== "";
}
