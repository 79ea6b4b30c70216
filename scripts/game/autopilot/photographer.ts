import { join } from "node:path";
import { DisplayServer, type Image, type Node, OK, RenderingServer } from "godot";
import { makeFolders } from "../../client/make-folder.ts";

const SAMPLES_PER_SIDE = 24;
const LEAST_COLOURS = 12;

/** Takes pictures of the window. There is none to take without a display. */
export class Photographer {
  readonly taken: string[] = [];
  readonly #folder: string | undefined;
  #busy = false;

  constructor(folder: string | undefined) {
    this.#folder = DisplayServer.get_name() === "headless" ? undefined : folder;
  }

  /** Saves the next frame as `NN-name.png`. Resolves when it is on disk; rejects with a reason. */
  async take(anyNode: Node, name: string): Promise<void> {
    if (this.#folder === undefined || this.#busy) return;
    this.#busy = true;
    try {
      await RenderingServer.to_signal("frame_post_draw");
      const image = anyNode.get_viewport()?.get_texture()?.get_image();
      if (!image) throw new Error(`no picture of the window for "${name}"`);
      if (isBlank(image)) throw new Error(`the picture "${name}" is blank`);
      makeFolders(this.#folder);
      const path = join(this.#folder, `${String(this.taken.length + 1).padStart(2, "0")}-${name}.png`);
      const error = image.save_png(path);
      if (error !== OK) throw new Error(`${path} cannot be written (engine error ${error})`);
      this.taken.push(path);
    } finally {
      this.#busy = false;
    }
  }
}

function isBlank(image: Image): boolean {
  const colours = new Set<number>();
  const [width, height] = [image.get_width(), image.get_height()];
  for (let row = 0; row < SAMPLES_PER_SIDE; row++) {
    for (let column = 0; column < SAMPLES_PER_SIDE; column++) {
      const x = Math.floor(((column + 0.5) / SAMPLES_PER_SIDE) * width);
      const y = Math.floor(((row + 0.5) / SAMPLES_PER_SIDE) * height);
      colours.add(Number(image.get_pixel(x, y).to_rgba32()));
    }
  }
  return colours.size < LEAST_COLOURS;
}
