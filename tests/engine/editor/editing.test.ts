import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { SmallProject, sceneText } from "../binding/small-project.ts";
import { ATTACH_FUNCTIONS, attachScript } from "./attach-script.ts";
import { editorProbe, PROBE_PLUGIN } from "./editor-probe.ts";

/** What the test asks the editor for. */
const ASKED = `func open(path: String) -> void:
	window()
	EditorInterface.open_scene_from_path(path)
	await wait(10)
	var node := EditorInterface.get_edited_scene_root()
	EditorInterface.edit_node(node)
	await wait(20)

func properties(_unused: String) -> void:
	var node := EditorInterface.get_edited_scene_root()
	for entry in node.get_property_list():
		if entry.usage & PROPERTY_USAGE_SCRIPT_VARIABLE:
			print("property ", entry.name, " ", type_string(entry.type), " = ", node.get(entry.name))

func save(_unused: String) -> void:
	EditorInterface.get_edited_scene_root().set("speed", 12.5)
	EditorInterface.mark_scene_as_unsaved()
	EditorInterface.save_scene()
	await wait(5)

func hover(property: String) -> void:
	var is_wanted := func(node: Node) -> bool: return node is EditorProperty and node.get_edited_property() == property and node.is_visible_in_tree()
	var shown: Control = find(EditorInterface.get_inspector(), is_wanted)
	if shown == null:
		print("no property ", property)
		return
	var at := shown.get_global_rect().position + Vector2(20, 10)
	for step in 3:
		var motion := InputEventMouseMotion.new()
		motion.position = at + Vector2(step, 0)
		motion.global_position = motion.position
		get_window().push_input(motion)
		await wait(2)
	await get_tree().create_timer(1.5).timeout
	var is_tooltip := func(node: Node) -> bool: return node is RichTextLabel and node.is_visible_in_tree() and node.get_parsed_text().contains("kilometres")
	var tooltip: RichTextLabel = find(get_tree().root, is_tooltip)
	print("tooltip ", tooltip.get_parsed_text() if tooltip else "none")

func script(path: String) -> void:
	EditorInterface.set_main_screen_editor("Script")
	EditorInterface.edit_script(load(path))
	await wait(30)

func colors(_unused: String) -> void:
	var editor: CodeEdit = EditorInterface.get_script_editor().get_current_editor().get_base_editor()
	for line in editor.get_line_count():
		var changes := editor.syntax_highlighter.get_line_syntax_highlighting(line)
		for column: int in changes:
			for kind: String in ["keyword", "string", "doc_comment", "engine_type", "number", "control_flow_keyword"]:
				if changes[column].color == EditorInterface.get_editor_settings().get_setting("text_editor/theme/highlighting/%s_color" % kind):
					print("color ", line + 1, ":", column, " ", kind)

func type(line: String) -> void:
	var editor: CodeEdit = EditorInterface.get_script_editor().get_current_editor().get_base_editor()
	editor.set_line(int(line), "  speed = = 3;")
	await get_tree().create_timer(4).timeout
	for at in editor.get_line_count():
		if editor.get_line_background_color(at).a > 0:
			print("marked ", at + 1)
	var is_message := func(node: Node) -> bool: return node is RichTextLabel and node.is_visible_in_tree() and node.get_parsed_text().contains("Unexpected")
	var label: RichTextLabel = find(EditorInterface.get_script_editor(), is_message)
	print("message ", label.get_parsed_text() if label else "none")

func help(_unused: String) -> void:
	EditorInterface.get_script_editor().goto_help('class_name:"scripts/walker.ts"')
	await wait(30)

${ATTACH_FUNCTIONS}`;

const FILES = {
  ...editorProbe(ASKED),
  "main.tscn": sceneText({ name: "Walker", type: "Node3D", script: "scripts/walker.ts", values: { speed: "7" } }),
  "hero.tscn": sceneText({ name: "World", type: "Node3D" }, { name: "TheHero", type: "CharacterBody3D" }),
  "late.tscn": sceneText({
    name: "Late",
    type: "Node3D",
    script: "scripts/late.ts",
    values: { speed: "7.5", title: '"kept"' },
  }),
  "scripts/walker.ts": `import { Node3D } from "godot";

/**
 * Walks, as its name says.
 *
 * For \`long\` distances [really].
 */
export default class Walker extends Node3D {
  static exports = { speed: { type: "float" }, title: { type: "String", description: "Shown above the head." } };
  static signals = {
    /** Where the road ends. */
    arrived: [],
  };
  static icon = "res://walker.svg";

  /** How fast it walks, in kilometres per hour. */
  speed = 4.5;
  title = "none";

  /** Sets off. */
  start(from: number, to = 5): void {}
}
`,
  "scripts/late.ts": "",
  "dist/scripts/walker.js": `import { Node3D } from "godot";
export default class Walker extends Node3D {
  static exports = { speed: { type: "float" }, title: { type: "String" } };
  static icon = "res://walker.svg";
  speed = 4.5;
  title = "none";
}
`,
  "walker.svg":
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="16" height="16" fill="#f0f"/></svg>',
};

const SETTINGS = `[editor_plugins]
enabled=PackedStringArray("${PROBE_PLUGIN}")
[godot_ts]
watch_command=["node", "-e", "require('fs').writeFileSync('bundler.pid', String(process.pid)); process.stdin.resume()"]
`;

/** Compiles what makes the editor's main thread late; returns the path of the library. */
function lateMainThread(folder: string): string {
  const library = join(folder, "late-main-thread.so");
  execFileSync("g++", ["-x", "c", "-shared", "-fPIC", "-o", library, "tests/engine/editor/late-main-thread.c"]);
  return library;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

let display: VirtualDisplay;
beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

it("the editor shows documentation, marks errors, follows builds, keeps values of scripts that do not compile, and attaches new ones", {
  timeout: 300_000,
}, async () => {
  using project = new SmallProject(FILES, SETTINGS);
  symlinkSync(join(process.cwd(), "node_modules"), join(project.folder, "node_modules"));
  expect(
    (await project.start("editor/editing-import", { engineArgs: ["--import"], timeoutMs: 120_000 }).ended).problems,
  ).toEqual([]);
  // Documentation is read by threads that are over at once: the editor must survive that its main thread is not.
  const env = { LD_PRELOAD: lateMainThread(project.folder) };
  const editor = project.start("editor/editing", { display, engineArgs: ["--editor"], timeoutMs: 160_000, env });
  const ask = async (what: string) => {
    project.write("ask", what);
    await editor.waitForLine(`done ${what}`, 60_000);
  };
  const shot = (name: string) => display.screenshot(`out/engine/editor/${name}.png`);

  await ask("open res://main.tscn");
  await ask("properties 1");
  // An int, as somebody wrote it into the scene by hand.
  expect(editor.lines.find((line) => line.startsWith("property speed"))).toMatch(/ = 7(\.0)?$/u);
  await ask("hover speed");
  shot("documentation");
  expect(editor.lines.find((line) => line.startsWith("tooltip "))).toContain(
    "How fast it walks, in kilometres per hour.",
  );

  project.write(
    "dist/scripts/walker.js",
    FILES["dist/scripts/walker.js"]
      .replace("{ speed:", '{ height: { type: "float" }, speed:')
      .replace("speed = 4.5;", "speed = 4.5; height = 1.75;"),
  );
  await editor.waitForLine("reloaded res://scripts/walker.ts");
  await ask("properties 2");
  expect(editor.lines).toContain("property height float = 1.75");
  expect(editor.lines).toContain("property speed float = 7.0");
  await ask("hover height");
  shot("reloaded");

  await ask("open res://late.tscn");
  await ask("save 1");
  expect(readFileSync(join(project.folder, "late.tscn"), "utf8")).toMatch(/speed = 12\.5\ntitle = "kept"/);
  project.write("dist/scripts/late.js", FILES["dist/scripts/walker.js"].replaceAll("Walker", "Late"));
  await editor.waitForLine("reloaded res://scripts/late.ts");
  await ask("properties 3");
  expect(editor.lines).toContain("property speed float = 12.5");
  expect(editor.lines).toContain("property title String = kept");
  await ask("save 2");
  expect(readFileSync(join(project.folder, "late.tscn"), "utf8")).toMatch(/speed = 12\.5\ntitle = "kept"/);

  await ask("script res://scripts/walker.ts");
  await ask("colors 1");
  const colors = editor.lines.filter((line) => line.startsWith("color ")).map((line) => line.slice("color ".length));
  expect(colors).toEqual(
    expect.arrayContaining([
      "1:0 keyword",
      "1:9 engine_type",
      "1:23 string",
      "3:0 doc_comment",
      "4:0 doc_comment",
      "17:10 number",
    ]),
  );
  expect(colors).not.toContain("16:0 doc_comment");
  await ask("type 15");
  shot("error");
  expect(editor.lines).toContain("marked 16");
  expect(editor.lines.find((line) => line.startsWith("message "))).toBe('message Error at (16, 11): Unexpected "="');
  await ask("help 1");
  shot("help");

  await ask("open res://hero.tscn");
  await attachScript(editor, display, ask, "Movement");
  shot("attached");
  expect(editor.lines).toContain("attached res://the-hero.ts");
  expect(editor.lines).toContain("edited res://the-hero.ts");
  expect(readFileSync(join(project.folder, "the-hero.ts"), "utf8")).toContain(
    "export default class TheHero extends CharacterBody3D {\n  override _physics_process(delta: number): void {\n    const wanted",
  );

  // The bundler that the editor was told to keep running is there for as long as the editor.
  const bundler = Number(readFileSync(join(project.folder, "bundler.pid"), "utf8"));
  expect(isRunning(bundler)).toBe(true);
  project.write("ask", "quit");
  expect((await editor.ended).problems).toEqual([]);
  await vi.waitFor(() => expect(isRunning(bundler)).toBe(false), 5_000);
});

it("a bundler that ends, or that is not there, is told with what to do", { timeout: 120_000 }, async () => {
  const FAILS = `["sh", "-c", "echo 'no rollup.config.mjs here' >&2; exit 3"]`;
  await Promise.all(
    [
      [
        "ended",
        FAILS,
        "to run until the editor ends, but it ended with exit code 3: saved scripts are not built any more",
        /^no rollup\.config\.mjs here$/,
      ],
      ["unknown", '["no-such-bundler", "--watch"]', '"no-such-bundler --watch" cannot be started: ', /ENOENT/],
    ].map(async ([name, command, message, more]) => {
      using project = new SmallProject({}, `[godot_ts]\nwatch_command=${command}\n`);
      const editor = project.start(`editor/bundler-${name}`, { display, engineArgs: ["--editor"], timeoutMs: 100_000 });
      const line = await editor.waitForLine(message as string, 90_000);
      expect(line).toContain("Project > Reload Current Project");
      await editor.waitForLine(more as RegExp);
      editor.kill("SIGKILL");
      await editor.ended;
    }),
  );
});
