import { Image, ImageTexture, Rect2i, ResourceLoader, Texture2D, Vector2i } from "godot";

const CELL_PIXELS = 192;
export const ICONS_PER_ROW = 6;
const MOST_ICONS = ICONS_PER_ROW * ICONS_PER_ROW;
const FOLDER = "res://assets/icons";

/** All icons of abilities and auras in one texture: `assets/icons/NAME.svg`, where the data files say `"icon": NAME`. */
export class IconAtlas {
  readonly texture: ImageTexture;
  readonly #image: Image;
  readonly #cells = new Map<string, number>();
  #used = 0;

  constructor() {
    const edge = CELL_PIXELS * ICONS_PER_ROW;
    const image = Image.create_empty(edge, edge, true, Image.FORMAT_RGBA8);
    const texture = image === null ? null : ImageTexture.create_from_image(image);
    if (image === null || texture === null) throw new Error("no memory for the atlas of icons");
    this.#image = image;
    this.texture = texture;
  }

  /** The number of an icon, loaded when it is first asked for; -1 for one that there is no picture of. */
  cell(name: string): number {
    const known = this.#cells.get(name);
    if (known !== undefined) return known;
    const cell = this.#load(name);
    this.#cells.set(name, cell);
    return cell;
  }

  #load(name: string): number {
    const path = `${FOLDER}/${name}.svg`;
    if (name === "" || !ResourceLoader.exists(path)) return -1;
    const texture = ResourceLoader.load(path);
    const image = texture instanceof Texture2D ? texture.get_image() : null;
    if (image === null) return -1;
    if (this.#used >= MOST_ICONS) {
      console.warn(`${path} is not shown: there is room for ${MOST_ICONS} icons`);
      return -1;
    }
    if (image.is_compressed()) image.decompress();
    image.clear_mipmaps();
    image.convert(Image.FORMAT_RGBA8);
    if (image.get_width() !== CELL_PIXELS || image.get_height() !== CELL_PIXELS) image.resize(CELL_PIXELS, CELL_PIXELS);
    const cell = this.#used;
    this.#used += 1;
    const corner = new Vector2i((cell % ICONS_PER_ROW) * CELL_PIXELS, Math.floor(cell / ICONS_PER_ROW) * CELL_PIXELS);
    this.#image.clear_mipmaps();
    this.#image.blit_rect(image, new Rect2i(0, 0, CELL_PIXELS, CELL_PIXELS), corner);
    this.#image.generate_mipmaps();
    this.texture.update(this.#image);
    return cell;
  }
}
