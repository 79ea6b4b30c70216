import { Control, type Exports, ScrollContainer } from "godot";

/** A list that is as high as what is in it, but not so high that the menu around it does not fit into the window: then it scrolls. */
export default class FittedScroll extends ScrollContainer {
  static exports = {
    spared_pixels: {
      type: "float",
      hint: "range",
      hint_string: "0,600,1,suffix:px",
      description: "Of the window's height, for what else is in the menu and around it",
    },
    most_pixels: {
      type: "float",
      hint: "range",
      hint_string: "0,2000,1,suffix:px",
      description: "No higher, 0: any height",
    },
  } satisfies Exports;

  spared_pixels = 80;
  most_pixels = 0;

  _ready(): void {
    const content = this.get_child(0);
    if (content instanceof Control) content.connect("minimum_size_changed", () => this.fit());
    // What is around it may be scaled anew by then.
    this.get_viewport()?.connect("size_changed", () => this.call_deferred("fit"));
    this.connect("visibility_changed", () => this.fit());
    this.fit();
  }

  /** While it is hidden, what is in it may not be there yet. */
  fit(): void {
    if (!this.is_visible_in_tree()) return;
    const content = this.get_child(0);
    const viewport = this.get_viewport();
    if (!(content instanceof Control) || viewport === null) return;
    const scale = this.get_global_transform().y.y || 1;
    const room = viewport.get_visible_rect().size.y / scale - this.spared_pixels;
    const most = this.most_pixels > 0 ? Math.min(room, this.most_pixels) : room;
    const wanted = content.get_combined_minimum_size().y;
    // The rim of what is chosen lies a little outside: it is cut off only where there is more to be seen.
    this.clip_contents = wanted > most;
    const height = Math.max(Math.min(wanted, most), 0);
    const { custom_minimum_size: least } = this;
    if (least.y === height) return;
    least.y = height;
    this.custom_minimum_size = least;
  }
}
