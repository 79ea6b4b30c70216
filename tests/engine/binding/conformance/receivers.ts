import * as godot from "godot";
import type { SweepOrder } from "./sweep-order.ts";

type EngineClass = new () => godot.GodotObject;
const engine: Readonly<Record<string, unknown>> = godot as never;

/** Objects to call methods on and to pass: made for one job, freed after it. */
export class Receivers {
  /** Parent of the nodes, apart from the driver: some switch the processing of theirs off. */
  readonly owner = new godot.Node();
  readonly #order: SweepOrder;
  #made: godot.GodotObject[] = [];

  constructor(order: SweepOrder, driver: godot.Node) {
    this.#order = order;
    driver.add_child(this.owner);
  }

  /** The JavaScript class of an engine class, also where a singleton has its name. */
  classOf(name: string): EngineClass | undefined {
    const found = name === "Object" ? godot.GodotObject : engine[name];
    if (typeof found === "function") return found as EngineClass;
    return typeof found === "object" && found !== null ? (found.constructor as EngineClass) : undefined;
  }

  /** `constructed`, `refused REASON`, or what is wrong. */
  construct(name: string): string {
    const made = this.classOf(name);
    if (made === undefined) return "refused: this engine has no object of it";
    let object: godot.GodotObject;
    try {
      object = new made();
    } catch (error) {
      const refused = error instanceof TypeError && error.message.startsWith(`${name} cannot be constructed`);
      return refused ? `refused: ${error.message}` : `wrong: threw ${String(error)}`;
    }
    this.#made.push(object);
    if (!(object instanceof made)) return `wrong: not an instance of ${name}`;
    // The engine may make one of a descendant: Light2D is a PointLight2D.
    return object.is_class(name) ? "constructed" : `wrong: an object of ${object.get_class()}`;
  }

  /** An object that has the methods of a class; undefined where there is none in this engine. */
  receiver(name: string, method: string): godot.GodotObject | undefined {
    const recipe = RECIPES[`${name}.${method}`] ?? RECIPES[name];
    if (recipe !== undefined) return recipe(this) ?? undefined;
    if (this.#order.singletons.includes(name)) {
      const found = engine[name];
      return found instanceof godot.GodotObject ? found : undefined;
    }
    return this.make(name);
  }

  /** A new object of a class, or of the first descendant that can be constructed. */
  make(name: string): godot.GodotObject | undefined {
    const recipe = RECIPES[name];
    if (recipe !== undefined) return recipe(this) ?? undefined;
    for (const candidate of [name, ...(this.#order.concrete[name] ?? [])]) {
      const object = this.#tryNew(candidate);
      if (object !== undefined) return object;
    }
    return undefined;
  }

  /** Makes an object of a class of that exact name; freed with the others. */
  create<T extends godot.GodotObject>(made: new () => T): T {
    const object = new made();
    this.#made.push(object);
    if (object instanceof godot.Node && !(object instanceof godot.Window)) this.owner.add_child(object);
    return object;
  }

  cleanUp(): void {
    const made = this.#made;
    this.#made = [];
    for (const object of made.reverse()) {
      if (godot.is_instance_valid(object) && !(object instanceof godot.RefCounted)) object.free();
    }
  }

  #tryNew(name: string): godot.GodotObject | undefined {
    const made = this.classOf(name);
    try {
      return made === undefined ? undefined : this.create(made);
    } catch {
      return undefined;
    }
  }
}

/** Classes whose objects others make. */
const RECIPES: Readonly<Record<string, (receivers: Receivers) => godot.GodotObject | null>> = {
  FileAccess: () => godot.FileAccess.open("user://conformance.bin", godot.FileAccess.WRITE_READ),
  DirAccess: () => godot.DirAccess.open("user://"),
  "Semaphore.wait": () => {
    const semaphore = new godot.Semaphore();
    semaphore.post();
    return semaphore;
  },
  "GDScript.new": () => {
    const script = new godot.GDScript();
    script.source_code = "extends RefCounted";
    script.reload();
    return script;
  },
  SceneTree: (receivers) => receivers.create(godot.SceneTree),
  SceneTreeTimer: (receivers) => receivers.owner.get_tree()?.create_timer(0.01) ?? null,
  TreeItem: (receivers) => receivers.create(godot.Tree).create_item(),
  Tween: (receivers) => receivers.owner.create_tween(),
  Tweener: (receivers) => receivers.owner.create_tween().tween_interval(0.01),
  SceneState: () => new godot.PackedScene().get_state(),
  AudioEffectSpectrumAnalyzerInstance: () => {
    godot.AudioServer.add_bus_effect(0, new godot.AudioEffectSpectrumAnalyzer(), 0);
    return godot.AudioServer.get_bus_effect_instance(0, 0);
  },
  AudioStreamGeneratorPlayback: () => new godot.AudioStreamGenerator().instantiate_playback(),
  AudioStreamPlaybackInteractive: () => new godot.AudioStreamInteractive().instantiate_playback(),
  AudioStreamPlaybackPolyphonic: () => new godot.AudioStreamPolyphonic().instantiate_playback(),
  ENetPacketPeer: () => {
    const host = new godot.ENetConnection();
    host.create_host();
    return host.connect_to_host("127.0.0.1", 9);
  },
  EditorFileSystem: () => godot.EditorInterface.get_resource_filesystem(),
  EditorFileSystemDirectory: () => godot.EditorInterface.get_resource_filesystem()?.get_filesystem() ?? null,
  EditorSettings: () => godot.EditorInterface.get_editor_settings(),
  EditorSelection: () => godot.EditorInterface.get_selection(),
  EditorResourcePreview: () => godot.EditorInterface.get_resource_previewer(),
  EditorUndoRedoManager: () => godot.EditorInterface.get_editor_undo_redo(),
  EditorToaster: () => godot.EditorInterface.get_editor_toaster(),
  EditorInspector: () => godot.EditorInterface.get_inspector(),
  EditorExportPreset: (receivers) =>
    (receivers.make("EditorExportPlatformLinuxBSD") as godot.EditorExportPlatform | undefined)?.create_preset() ?? null,
  FileSystemDock: () => godot.EditorInterface.get_file_system_dock(),
  ScriptEditor: () => godot.EditorInterface.get_script_editor(),
  ScriptEditorBase: () => godot.EditorInterface.get_script_editor()?.get_current_editor() ?? null,
  SkinReference: (receivers) => receivers.create(godot.Skeleton3D).register_skin(new godot.Skin()),
  TLSOptions: () => godot.TLSOptions.client(),
  TextServer: () => godot.TextServerManager.get_primary_interface(),
  PhysicsDirectSpaceState2D: (receivers) => receivers.owner.get_viewport()?.find_world_2d()?.direct_space_state ?? null,
  PhysicsDirectSpaceState3D: (receivers) => receivers.owner.get_viewport()?.find_world_3d()?.direct_space_state ?? null,
};
