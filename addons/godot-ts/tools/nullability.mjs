/**
 * Which object results are never null. The engine marks some as `required`; the rest of what scripts use every day
 * is listed here by what the engine does: these fail with an error instead of returning null, or cannot fail.
 */

/** Methods and properties whose object is there whenever the call is legal, as `Class.member`. */
const NEVER_NULL = new Set([
  "Node.get_node",
  "Node.get_child",
  "Node.get_tree",
  "Node.get_viewport",
  "Node.get_window",
  "Node.get_multiplayer",
  "Node.multiplayer",
  "Node.create_tween",
  "SceneTree.root",
  "SceneTree.get_root",
  "SceneTree.create_timer",
  "SceneTree.create_tween",
  "SceneTree.get_multiplayer",
  "PackedScene.instantiate",
  "PackedScene.get_state",
  "Image.get_region",
  "Viewport.get_texture",
  "Viewport.find_world_2d",
  "Viewport.find_world_3d",
  "Node3D.get_world_3d",
  "CanvasItem.get_world_2d",
  "World2D.direct_space_state",
  "World2D.get_direct_space_state",
  "World3D.direct_space_state",
  "World3D.get_direct_space_state",
  "Engine.get_main_loop",
  "Engine.get_singleton",
  "Window.get_theme_default_font",
  "Control.get_theme_default_font",
  "ThemeDB.fallback_font",
  "ThemeDB.get_fallback_font",
  "EditorInterface.get_editor_settings",
  "AcceptDialog.get_ok_button",
  "AcceptDialog.get_label",
  "OptionButton.get_popup",
  "MenuButton.get_popup",
  "ScrollContainer.get_h_scroll_bar",
  "ScrollContainer.get_v_scroll_bar",
  "Tree.create_item",
  "TreeItem.create_child",
]);

/**
 * Whether an object that a method returns is never null.
 * @param {string} className
 * @param {import("./extension-api.mjs").ApiMethod} method
 */
export function returnsNeverNull(className, method) {
  const type = method.return_value?.type;
  if (method.return_value?.meta === "required" || NEVER_NULL.has(`${className}.${method.name}`)) return true;
  if (type === className && /^(set_|create$|create_(?!temp)|as_|from_)/.test(method.name)) return true;
  return /^(tween_|duplicate$)/.test(method.name);
}

/**
 * Whether an object property is never null.
 * @param {string} className
 * @param {string} property
 */
export function propertyNeverNull(className, property) {
  return NEVER_NULL.has(`${className}.${property}`);
}

/**
 * Whether a method takes null for an object parameter: where null is the default, and in setters, where it clears.
 * @param {string} methodName
 * @param {import("./extension-api.mjs").ApiArgument} argument
 */
export function acceptsNull(methodName, argument) {
  if (argument.meta === "required") return false;
  return argument.default_value === "null" || methodName.startsWith("set_");
}
