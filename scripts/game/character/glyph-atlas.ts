import {
  type Dictionary,
  type Font,
  FontFile,
  FontVariation,
  Image,
  ImageTexture,
  Rect2i,
  type RID,
  TextServer,
  TextServerManager,
  Vector2i,
} from "godot";
import { type AtlasText, FLOATS_PER_GLYPH } from "./atlas-text.ts";

/** Edge of the atlas; positions in it are whole numbers that half floats hold. */
export const ATLAS_PIXELS = 1024;
/** Size of glyphs in the atlas, and how far their distance fields reach, both sides together. */
const GLYPH_PIXELS = 40;
export const RANGE_PIXELS = 14;
/** Outlines take from the gaps between words: so much is added, of the size in the atlas. */
const WORD_GAP_PIXELS = 2.5;
const MOST_TEXTS = 4096;
/** Letters that nearly every name and word is made of: in the atlas from the start, because a new one has all of it handed over anew, four megabytes. */
const USUAL_LETTERS = `${String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 33 + index))}ÄÖÜäöüßàáâçèéêëíîïñóôùúûåæø–…·×’`;
/** Texts that may be put together from parts: in other scripts a part may look different beside another one, or stand elsewhere. */
const PLAIN = /^[\x20-\x7e]*$/;
const SPACE = 0x20;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const NO_GLYPHS = new Float32Array(0);

/** What the engine says of a glyph of a shaped text, as far as it is of interest here. */
interface ShapedGlyph {
  font_rid: RID;
  index: number;
  offset: { x: number; y: number };
  advance: number;
  flags: number;
}

/**
 * All letters of names in one texture, as distance fields: sharp at any size, with any outline, and thousands of them in one draw call. Letters
 * come into it when a text first has them.
 */
export class GlyphAtlas {
  /** By their fonts, while those are in use. */
  static readonly #made = new WeakMap<Font, GlyphAtlas>();

  readonly texture: ImageTexture;
  readonly #image: Image;
  readonly #fonts: FontFile[];
  /** What the font asks of them, such as figures as high as capitals and all of one width. */
  readonly #features: Readonly<Dictionary> | undefined;
  /** As they were asked for. They may be forgotten: what they are made of is kept. */
  readonly #texts = new Map<string, AtlasText>();
  /** What the engine has laid out: words, digits and spaces of plain texts, other texts whole. */
  readonly #pieces = new Map<string, AtlasText>();
  /** Of the text that is being put together. */
  readonly #parts: AtlasText[] = [];
  readonly #glyphs = new Map<string, Float32Array>();
  /** Pages of a font that were read while laying out a text. */
  readonly #pages = new Map<string, Image>();
  #x = 0;
  #y = 0;
  #rowHeight = 0;
  #dirty = false;

  /** Letters of a font file, or of a variation of one and its fallbacks: all who write with it share them, and what was laid out once. */
  static of(font: Font): GlyphAtlas {
    let atlas = GlyphAtlas.#made.get(font);
    if (atlas === undefined) {
      atlas = new GlyphAtlas(font);
      GlyphAtlas.#made.set(font, atlas);
    }
    return atlas;
  }

  private constructor(font: Font) {
    this.#fonts = fontFiles(font).map(distanceFieldFont);
    this.#features = font instanceof FontVariation ? font.opentype_features : undefined;
    const image = Image.create_empty(ATLAS_PIXELS, ATLAS_PIXELS, false, Image.FORMAT_RGBA8);
    if (image === null) throw new Error("no memory for the atlas of letters");
    this.#image = image;
    const texture = ImageTexture.create_from_image(image);
    if (texture === null) throw new Error("no texture for the atlas of letters");
    this.texture = texture;
    this.#layOut(USUAL_LETTERS);
  }

  /** A text as it lies in the atlas. Allocates when it is new. */
  text(text: string): AtlasText {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    const laidOut = PLAIN.test(text) ? this.#compose(text) : this.#piece(text);
    this.#texts.set(text, laidOut);
    return laidOut;
  }

  /**
   * Numbers change all the time, names stand alone and in lines, and the engine takes a third of a millisecond to lay out a text: words, digits and spaces
   * are laid out once each. What letters would move for their neighbours is less than a pixel.
   */
  #compose(text: string): AtlasText {
    const parts = this.#parts;
    let count = 0;
    let glyphs = 0;
    for (let at = 0; at < text.length; ) {
      const end = pieceEnd(text, at);
      const part = this.#piece(text.slice(at, end));
      parts[count] = part;
      count += 1;
      glyphs += part.glyphs;
      at = end;
    }
    const [only] = parts;
    if (count === 1 && only !== undefined) return only;
    const floats = glyphs === 0 ? NO_GLYPHS : new Float32Array(glyphs * FLOATS_PER_GLYPH);
    let at = 0;
    let width = 0;
    for (let i = 0; i < count; i += 1) {
      const part = parts[i];
      if (part === undefined) continue;
      floats.set(part.floats, at);
      for (let left = at; left < at + part.floats.length; left += FLOATS_PER_GLYPH)
        floats[left] = (floats[left] ?? 0) + width;
      at += part.floats.length;
      width += part.width;
    }
    return { width, glyphs, floats };
  }

  #piece(piece: string): AtlasText {
    let laidOut = this.#pieces.get(piece);
    if (laidOut === undefined) {
      if (this.#pieces.size >= MOST_TEXTS) this.#pieces.clear();
      laidOut = this.#layOut(piece);
      this.#pieces.set(piece, laidOut);
    }
    return laidOut;
  }

  #layOut(text: string): AtlasText {
    const server = TextServerManager.get_primary_interface();
    if (server === null) throw new Error("no text server");
    const shaped = server.create_shaped_text();
    const rids = this.#fonts.flatMap((font) => font.get_rids());
    server.shaped_text_add_string(shaped, text, rids, GLYPH_PIXELS, this.#features);
    const floats: number[] = [];
    let pen = 0;
    for (const glyph of server.shaped_text_get_glyphs(shaped)) {
      const { font_rid, offset, index, advance, flags } = glyph as unknown as ShapedGlyph;
      const cell = font_rid.is_valid() ? this.#glyph(font_rid, index) : undefined;
      if (cell !== undefined && (cell[6] ?? 0) > 0) {
        const [left = 0, top = 0, width = 0, height = 0, ...place] = cell;
        floats.push(
          (pen + offset.x + left) / GLYPH_PIXELS,
          (offset.y + top) / GLYPH_PIXELS,
          width / GLYPH_PIXELS,
          height / GLYPH_PIXELS,
          ...place,
        );
      }
      pen += advance;
      if ((flags & TextServer.GRAPHEME_IS_SPACE) !== 0) pen += WORD_GAP_PIXELS;
    }
    server.free_rid(shaped);
    this.#pages.clear();
    if (this.#dirty) this.texture.update(this.#image);
    this.#dirty = false;
    return {
      width: pen / GLYPH_PIXELS,
      glyphs: floats.length / FLOATS_PER_GLYPH,
      floats: Float32Array.from(floats),
    };
  }

  /** Left, top, width and height of a glyph of the atlas's size, and its place; made room for when it is new. */
  #glyph(font: RID, index: number): Float32Array {
    const key = `${font.get_id()}:${index}`;
    let cell = this.#glyphs.get(key);
    if (cell === undefined) {
      cell = this.#copyGlyph(font, index);
      this.#glyphs.set(key, cell);
    }
    return cell;
  }

  #copyGlyph(font: RID, index: number): Float32Array {
    const cell = new Float32Array(FLOATS_PER_GLYPH);
    const server = TextServerManager.get_primary_interface();
    const size = new Vector2i(GLYPH_PIXELS, 0);
    if (server === null) return cell;
    server.font_render_glyph(font, size, index);
    const page = server.font_get_glyph_texture_idx(font, size, index);
    const { position, size: extent } = server.font_get_glyph_uv_rect(font, size, index);
    if (page < 0 || extent.x < 1 || extent.y < 1) return cell;
    const [width, height] = [Math.ceil(extent.x), Math.ceil(extent.y)];
    if (!this.#makeRoom(width, height)) return cell;
    const image = this.#page(font, size, page);
    if (image === undefined) return cell;
    const from = new Rect2i(Math.round(position.x), Math.round(position.y), width, height);
    this.#image.blit_rect(image, from, new Vector2i(this.#x, this.#y));
    this.#dirty = true;
    const offset = server.font_get_glyph_offset(font, size, index);
    const drawn = server.font_get_glyph_size(font, size, index);
    cell.set([offset.x, offset.y, drawn.x, drawn.y, this.#x, this.#y, width, height]);
    this.#x += width + 1;
    return cell;
  }

  #page(font: RID, size: Vector2i, index: number): Image | undefined {
    const key = `${font.get_id()}:${index}`;
    let page = this.#pages.get(key);
    if (page === undefined) {
      page = TextServerManager.get_primary_interface()?.font_get_texture_image(font, size, index) ?? undefined;
      if (page === undefined) return undefined;
      if (page.get_format() !== Image.FORMAT_RGBA8) page.convert(Image.FORMAT_RGBA8);
      this.#pages.set(key, page);
    }
    return page;
  }

  /** Row by row. False when the atlas is full: what comes then is left out of texts. */
  #makeRoom(width: number, height: number): boolean {
    if (this.#x + width > ATLAS_PIXELS) {
      this.#x = 0;
      this.#y += this.#rowHeight + 1;
      this.#rowHeight = 0;
    }
    this.#rowHeight = Math.max(this.#rowHeight, height);
    return this.#y + this.#rowHeight <= ATLAS_PIXELS;
  }
}

/** Where what begins there ends: a digit, spaces, or a word. */
function pieceEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  let end = at + 1;
  if (isDigit(first)) return end;
  for (; end < text.length; end += 1) {
    const next = text.charCodeAt(end);
    if (isDigit(next) || (next === SPACE) !== (first === SPACE)) break;
  }
  return end;
}

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

function fontFiles(font: Font | null): FontFile[] {
  if (font instanceof FontFile) return [font, ...font.fallbacks.flatMap((fallback) => fontFiles(fallback))];
  if (!(font instanceof FontVariation)) return [];
  return [...fontFiles(font.base_font), ...font.fallbacks.flatMap((fallback) => fontFiles(fallback))];
}

/** The same letters as distance fields, which the interface's own fonts are not: at its sizes hinted letters are sharper. */
function distanceFieldFont(file: FontFile): FontFile {
  const font = new FontFile();
  font.data = file.data;
  font.multichannel_signed_distance_field = true;
  font.msdf_size = GLYPH_PIXELS;
  font.msdf_pixel_range = RANGE_PIXELS;
  font.allow_system_fallback = false;
  return font;
}
