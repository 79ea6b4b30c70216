import { AcceptDialog, EditorInterface, TextServer, Tree, type TreeItem, Vector2, Vector2i } from "godot";
import type { SceneProblem } from "./bake-scene.ts";

const SIZE = new Vector2i(900, 420);
const NODE_COLUMN_PIXELS = 300;

/** A window that lists what is wrong with a zone; a line that is clicked on shows its node. */
export class ProblemList {
  readonly #dialog = new AcceptDialog();
  readonly #tree = new Tree();
  #problems: readonly SceneProblem[] = [];

  constructor() {
    this.#dialog.min_size = SIZE;
    this.#dialog.add_child(this.#tree);
    this.#tree.custom_minimum_size = new Vector2(SIZE.x, SIZE.y);
    this.#tree.columns = 2;
    this.#tree.hide_root = true;
    this.#tree.column_titles_visible = true;
    this.#tree.set_column_title(0, "Node");
    this.#tree.set_column_title(1, "What is wrong, and what to do");
    this.#tree.set_column_expand(0, false);
    this.#tree.set_column_custom_minimum_width(0, NODE_COLUMN_PIXELS);
    this.#tree.connect("item_selected", () => this.#showNode(this.#tree.get_selected()));
    EditorInterface.get_base_control()?.add_child(this.#dialog);
  }

  show(scene: string, problems: readonly SceneProblem[]): void {
    this.#problems = problems;
    const count = problems.length === 1 ? "One thing" : `${problems.length} things`;
    this.#dialog.title = `${scene} cannot be baked: ${count} to mend`;
    this.#tree.clear();
    const root = this.#tree.create_item();
    for (const { nodePath, reason } of problems) {
      const item = this.#tree.create_item(root);
      item?.set_text(0, nodePath);
      item?.set_text(1, reason);
      item?.set_tooltip_text(1, reason);
      item?.set_autowrap_mode(1, TextServer.AUTOWRAP_WORD_SMART);
    }
    this.#dialog.popup_centered();
  }

  free(): void {
    this.#dialog.queue_free();
  }

  #showNode(item: TreeItem | null): void {
    const problem = this.#problems[item?.get_index() ?? -1];
    const root = EditorInterface.get_edited_scene_root();
    if (problem === undefined || root === null) return;
    const path = problem.nodePath.split("/").slice(1).join("/");
    const node = path === "" ? root : root.get_node_or_null(path);
    if (node === null) return;
    const selection = EditorInterface.get_selection();
    selection?.clear();
    selection?.add_node(node);
    EditorInterface.edit_node(node);
  }
}
