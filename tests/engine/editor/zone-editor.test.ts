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

func said(part: String) -> void:
	var told: Control = null
	while told == null:
		told = find(EditorInterface.get_editor_toaster(), func(node: Node) -> bool: return (node is Label or node is RichTextLabel) and node.text.contains(part))
		await wait(1)
	print("said ", told.text)
	for dialog: AcceptDialog in get_tree().root.find_children("*", "AcceptDialog", true, false):
		dialog.hide()

func resave(path: String) -> void:
	var before := FileAccess.get_file_as_bytes(path)
	EditorInterface.open_scene_from_path(path)
	while EditorInterface.get_edited_scene_root() == null or EditorInterface.get_edited_scene_root().scene_file_path != path:
		await wait(1)
	EditorInterface.save_scene_as(path, false)
	print("resaved ", path, " ", "unchanged" if FileAccess.get_file_as_bytes(path) == before else "changed")

func push(node: String) -> void:
	EditorInterface.get_edited_scene_root().get_node(node).position.x += 1
	EditorInterface.save_scene_as(EditorInterface.get_edited_scene_root().scene_file_path, false)

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

const SHORE = "scenes/zones/shore.tscn";
const ROCK = "Rocks/Boulder1";

/** Lines of a project's file that are not the same in an editor's copy of the project. */
function changedLines(folder: string, path: string): string[] {
  const before = new Set(readFileSync(path, "utf8").split("\n"));
  return readFileSync(join(folder, path), "utf8")
    .split("\n")
    .filter((line) => !before.has(line));
}

/** What the editor may write stays out of the project. */
const OWN = new Set(["dist", "out", "scenes", "assets", "project.godot", "addons", "tests", ".godot", ".git"]);
let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

/** A copy of the project with a plugin that does what it is asked for. */
function copyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "zone-editor-"));
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
  return folder;
}

/** An editor with a copy of its own, which both end with the test, however that ends: none answers what another one is asked. */
function startEditor(name: string, shownOn?: VirtualDisplay) {
  const folder = copyProject();
  const engineArgs = ["--path", folder, "--editor"];
  const expectedTrouble = ["Cannot save file 'res://scenes/zones/shore.tscn'"];
  const editor = new GodotProcess({ name, display: shownOn, engineArgs, expectedTrouble, timeoutMs: 500_000 });
  const ask = async (what: string) => {
    writeFileSync(join(folder, "ask.new"), what);
    // Nobody sees half of it.
    renameSync(join(folder, "ask.new"), join(folder, "ask"));
    await editor.waitForLine(`done ${what}`, 200_000);
  };
  const quit = () => {
    writeFileSync(join(folder, "ask"), "quit 1");
    return editor.ended;
  };
  return {
    ...{ editor, folder, ask, quit },
    async [Symbol.asyncDispose]() {
      editor.kill("SIGKILL");
      await editor.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

it("a scene that is opened and saved keeps every byte, and one whose rock was moved differs in one line", {
  timeout: 600_000,
}, async () => {
  await using session = startEditor("editor/saved-scenes");
  const { editor, folder, ask, quit } = session;
  const scenes = [...globSync("scenes/**/*.tscn").filter((path) => path !== SHORE), SHORE];
  for (const scene of scenes) await ask(`resave res://${scene}`);
  expect(editor.lines.filter((line) => line.endsWith(" changed"))).toEqual([]);
  expect(editor.lines.filter((line) => line.endsWith(" unchanged"))).toHaveLength(scenes.length);
  // A save also writes the resources that the editor takes for changed.
  expect(globSync("assets/**/*.tres").filter((path) => changedLines(folder, path).length > 0)).toEqual([]);

  await ask(`push ${ROCK}`);
  expect(changedLines(folder, SHORE)).toHaveLength(1);
  expect((await quit()).problems).toEqual([]);
});

it("the editor opens the scenes without an error line, bakes the zone that is open, lists what is wrong with one, leads to the node, and shows how far borders and camps go", {
  timeout: 600_000,
}, async () => {
  await using session = startEditor("editor/zone-editor", display);
  const { editor, folder, ask, quit } = session;
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

  // A folder that cannot be written, also for root.
  renameSync(join(folder, "scenes/zones"), join(folder, "away"));
  await ask("press away");
  await ask("said could");
  display.screenshot("out/engine/editor/not-saved.png");
  renameSync(join(folder, "away"), join(folder, "scenes/zones"));
  await editor.waitForLine(/^said res:.*shore\.tscn could not be saved, so nothing was baked/u);

  await ask("open res://scenes/zones/broken.tscn");
  await ask("press 2");
  await ask("problems Broken/Tilted/Shape");
  display.screenshot("out/engine/editor/problems.png");
  await editor.waitForLine(/^window res:.*broken\.tscn cannot be baked: \d+ things/u);
  await editor.waitForLine(/^problem Broken\/Round\/Shape \| expected a BoxShape3D/u);
  await editor.waitForLine("selected Tilted/Shape");
  expect((await quit()).problems).toEqual([]);
});
