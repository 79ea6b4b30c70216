import { execFileSync } from "node:child_process";
import type { VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import type { GodotProcess } from "../runner/godot-process.ts";

/** Functions of the editor's probe for {@link attachScript}: they press nothing, they say what is where on the screen. */
export const ATTACH_FUNCTIONS = `func tree(_unused: String) -> void:
	var editor := find(EditorInterface.get_base_control(), func(node: Node) -> bool: return node.is_class("SceneTreeEditor") and node.is_visible_in_tree())
	var shown: Tree = find(editor, func(node: Node) -> bool: return node is Tree)
	var at := shown.get_screen_position() + shown.get_item_area_rect(shown.get_root().get_first_child()).get_center()
	print("at tree ", at.x, " ", at.y)

func attach(_unused: String) -> void:
	while EditorInterface.get_selection().get_selected_nodes().is_empty():
		await wait(1)
	await wait(5)
	tell("attach", find(get_tree().root, func(node: Node) -> bool: return node is Button and node.is_visible_in_tree() and node.tooltip_text.begins_with("Attach a new or existing script")))

func choice(offered: String) -> void:
	while dialog() == null:
		await wait(1)
	await wait(10)
	tell(offered, list_with(offered))

func opened(offered: String) -> void:
	while not list_with(offered).get_popup().visible:
		await wait(1)
	await wait(5)

func row(asked: String) -> void:
	var list := list_with(asked.get_slice("#", 0)).get_popup()
	print("row ", asked.get_slice("#", 1), " ", list.get_item_text(list.get_focused_item()) if list.get_focused_item() >= 0 else "none")

func chosen(offered: String) -> void:
	while not list_with(offered).text.contains(offered):
		await wait(1)
	await wait(10)

func create(_unused: String) -> void:
	for field: LineEdit in dialog().find_children("*", "LineEdit", true, false):
		print("path ", field.text)
	tell("create", dialog().get_ok_button())

func created(_unused: String) -> void:
	while dialog() != null:
		await wait(1)
	await wait(20)
	print("attached ", EditorInterface.get_edited_scene_root().get_child(0).get_script().resource_path)
	print("edited ", EditorInterface.get_script_editor().get_current_script().resource_path)

func dialog() -> ScriptCreateDialog:
	return find(get_tree().root, func(node: Node) -> bool: return node is ScriptCreateDialog and node.visible)

func list_with(offered: String) -> OptionButton:
	return find(dialog(), func(node: Node) -> bool: return node is OptionButton and range(node.item_count).any(func(at: int) -> bool: return node.get_item_text(at).contains(offered)))

func tell(name: String, control: Control) -> void:
	var at := control.get_screen_position() + control.size / 2
	print("at ", name, " ", at.x, " ", at.y)
`;

const MOST_ROWS = 20;

/**
 * Attaches a new TypeScript with a template to the first child of the root of the scene that is open, as a user does: with mouse and keyboard.
 * @param ask the probe's function and its argument; resolves when it has been done
 * @param template a part of its name in the dialog's list
 */
export async function attachScript(
  editor: GodotProcess,
  display: VirtualDisplay,
  ask: (what: string) => Promise<void>,
  template: string,
): Promise<void> {
  const xdotool = (...args: string[]) => execFileSync("xdotool", args, { env: display.env });
  const click = async (name: string) => {
    const [, x = "", y = ""] = /([\d.]+) ([\d.]+)$/u.exec(await editor.waitForLine(`at ${name} `)) ?? [];
    xdotool("mousemove", x, y);
    xdotool("mousemove_relative", "1", "1", "click", "1");
  };
  const choose = async (entry: string) => {
    await ask(`choice ${entry}`);
    await click(entry);
    await ask(`opened ${entry}`);
    for (let row = 0; ; row++) {
      await ask(`row ${entry}#${entry}${row}`);
      if ((await editor.waitForLine(`row ${entry}${row} `)).includes(entry, `row ${entry}${row} `.length)) break;
      if (row === MOST_ROWS) throw new Error(`${entry} cannot be reached by the arrow keys`);
      xdotool("key", "Down");
    }
    xdotool("key", "Return");
    await ask(`chosen ${entry}`);
  };

  await ask("tree 1");
  await click("tree");
  await ask("attach 1");
  await click("attach");
  await choose("TypeScript");
  await choose(template);
  display.screenshot("out/engine/editor/attach.png");
  await ask("create 1");
  await click("create");
  await ask("created 1");
}
