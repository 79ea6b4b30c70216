/**
 * Files of an editor plugin that does what a test asks for: the test writes a function's name and its argument to `ask` in the project, the plugin calls it
 * once the project's files have been read, and prints `done` with what was asked.
 * @param functions GDScript, each with one String as parameter; `wait(frames)` and `find(node, wanted)` are there for them
 */
export function editorProbe(functions: string): Record<string, string> {
  return {
    "addons/probe/plugin.cfg": '[plugin]\nname="Probe"\ndescription=""\nauthor=""\nversion="1"\nscript="probe.gd"\n',
    "addons/probe/probe.gd": `${BASE}\n${functions}`,
  };
}

export const PROBE_PLUGIN = "res://addons/probe/plugin.cfg";

const BASE = `@tool
extends EditorPlugin

func _process(_delta: float) -> void:
	if EditorInterface.get_resource_filesystem().is_scanning() or not FileAccess.file_exists("res://ask"):
		return
	var asked := FileAccess.get_file_as_string("res://ask").split(" ")
	DirAccess.remove_absolute("res://ask")
	await call(asked[0], asked[1] if asked.size() > 1 else "")
	print("done ", " ".join(asked))

func wait(frames: int) -> void:
	for i in frames:
		await get_tree().process_frame

func find(node: Node, wanted: Callable) -> Node:
	if wanted.call(node):
		return node
	for child in node.get_children(true):
		var found := find(child, wanted)
		if found:
			return found
	return null

func window() -> void:
	get_window().mode = Window.MODE_WINDOWED
	get_window().position = Vector2i.ZERO
	get_window().size = Vector2i(1280, 720)

func quit(_unused: String) -> void:
	get_tree().quit()
`;
