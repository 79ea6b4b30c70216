import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decodeZone } from "../../../scripts/simulation/zone-file.ts";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { editorProbe, PROBE_PLUGIN } from "./editor-probe.ts";

/** What the test asks the editor for. */
const ASKED = `func open(path: String) -> void:
	window()
	EditorInterface.open_scene_from_path(path)
	EditorInterface.set_main_screen_editor("3D")
	while EditorInterface.get_edited_scene_root() == null or EditorInterface.get_edited_scene_root().scene_file_path != path:
		await wait(1)
	await wait(10)
	print("button ", "shown" if button().visible else "hidden")

func button() -> Button:
	return find(get_tree().root, func(node: Node) -> bool: return node is Button and node.text in ["Bake Zone", "Baking…"])

func press(_unused: String) -> void:
	var at := button().get_global_rect().get_center()
	for pressed: bool in [true, false]:
		var click := InputEventMouseButton.new()
		click.button_index = MOUSE_BUTTON_LEFT
		click.pressed = pressed
		click.position = at
		click.global_position = at
		get_window().push_input(click)
		await wait(2)
	while button().disabled:
		await wait(1)
	await wait(5)

func problems(path: String) -> void:
	var tree: Tree = find(get_tree().root, func(node: Node) -> bool: return node is Tree and node.is_visible_in_tree() and node.get_window().title.contains("cannot be baked"))
	print("window ", tree.get_window().title)
	for item in tree.get_root().get_children():
		print("problem ", item.get_text(0), " | ", item.get_text(1))
		if item.get_text(0) == path:
			item.select(0)
	await wait(5)
	for node in EditorInterface.get_selection().get_selected_nodes():
		print("selected ", EditorInterface.get_edited_scene_root().get_path_to(node))

func aura(meters: String) -> void:
	var border: Node3D = EditorInterface.get_edited_scene_root().get_node("ForestBorder")
	border.set("aura_width_meters", float(meters))
	await wait(3)
	print("aura ", border.aura().get_aabb().get_center().x + border.position.x)

func radius(meters: String) -> void:
	var camp: Node3D = find(EditorInterface.get_edited_scene_root(), func(node: Node) -> bool: return node.has_method("rings"))
	camp.set("leash_meters", float(meters))
	await wait(3)
	print("reach ", camp.rings().get_aabb().size.x / 2 - camp.radius_meters)
`;

/** What the editor may write stays out of the project. */
const OWN = new Set(["dist", "out", "scenes", "assets", "project.godot", "addons", "tests", ".godot", ".git"]);
let display: VirtualDisplay;
let folder = "";

beforeAll(async () => {
  display = await startVirtualDisplay();
  folder = mkdtempSync(join(tmpdir(), "zone-editor-"));
  const link = (path: string) => symlinkSync(join(process.cwd(), path), join(folder, path));
  for (const entry of readdirSync(".")) if (!OWN.has(entry)) link(entry);
  for (const path of ["addons/probe", "dist", "tests"]) mkdirSync(join(folder, path), { recursive: true });
  for (const entry of readdirSync("addons")) link(`addons/${entry}`);
  for (const entry of readdirSync("dist")) if (entry !== "zones") link(`dist/${entry}`);
  for (const path of ["scenes", "assets", ".godot"]) cpSync(path, join(folder, path), { recursive: true });
  rmSync(join(folder, ".godot/editor"), { recursive: true, force: true });
  writeFileSync(join(folder, "scenes/zones/broken.tscn"), readFileSync("tests/engine/bake/broken.tscn"));
  for (const [path, text] of Object.entries(editorProbe(ASKED))) writeFileSync(join(folder, path), text);
  const settings = readFileSync("project.godot", "utf8")
    .replace("enabled=PackedStringArray(", `enabled=PackedStringArray("${PROBE_PLUGIN}", `)
    .replace(/^watch_command=.*$/mu, "");
  writeFileSync(join(folder, "project.godot"), settings);
});
afterAll(async () => {
  await display.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("the editor opens the scenes without an error line, bakes the zone that is open, lists what is wrong with one, leads to the node, and shows how far borders and camps go", {
  timeout: 300_000,
}, async () => {
  const editor = new GodotProcess({
    name: "editor/zone-editor",
    display,
    engineArgs: ["--path", folder, "--editor"],
    timeoutMs: 240_000,
  });
  const ask = async (what: string) => {
    writeFileSync(join(folder, "ask.new"), what);
    // Nobody sees half of it.
    renameSync(join(folder, "ask.new"), join(folder, "ask"));
    await editor.waitForLine(`done ${what}`, 90_000);
  };
  for (const zone of globSync("scenes/zones/*.tscn")) await ask(`open res://${zone}`);
  await ask("open res://scenes/main.tscn");
  await editor.waitForLine("button hidden");
  await ask("open res://scenes/zones/shore.tscn");
  await editor.waitForLine("button shown");
  await ask("aura 100");
  await editor.waitForLine("aura 412.0");
  await ask("radius 25");
  await editor.waitForLine(/^reach 25\.\d/u);
  display.screenshot("out/engine/editor/aura.png");
  await ask("press 1");
  display.screenshot("out/engine/editor/baked.png");
  const baked = decodeZone(readFileSync(join(folder, "dist/zones/shore.zone")));
  if (!baked.ok) throw new Error(baked.reason);
  // What was changed in the editor was saved first.
  expect(baked.zone.borders).toEqual([{ side: "east", neighbour: "forest", auraMeters: 100 }]);

  await ask("open res://scenes/zones/broken.tscn");
  await ask("press 2");
  await ask("problems Broken/Tilted/Shape");
  display.screenshot("out/engine/editor/problems.png");
  await editor.waitForLine(/^window res:.*broken\.tscn cannot be baked: \d+ things/u);
  await editor.waitForLine(/^problem Broken\/Round\/Shape \| expected a BoxShape3D/u);
  await editor.waitForLine("selected Tilted/Shape");
  writeFileSync(join(folder, "ask"), "quit 1");
  expect((await editor.ended).problems).toEqual([]);
});
