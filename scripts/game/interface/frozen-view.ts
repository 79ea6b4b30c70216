import { DisplayServer, ImageTexture, TextureRect } from "godot";

/** The world as it was drawn last, darker, while the connection is lost and nobody knows what goes on in it. */
export default class FrozenView extends TextureRect {
  _ready(): void {
    this.visible = false;
  }

  /** Keeps what the last frame has shown. Before the next one is drawn. */
  freeze(): void {
    if (DisplayServer.get_name() === "headless") return;
    const picture = this.get_viewport()?.get_texture()?.get_image();
    if (picture === null || picture === undefined || picture.is_empty()) return;
    this.texture = ImageTexture.create_from_image(picture);
    this.visible = true;
  }

  thaw(): void {
    this.visible = false;
    this.texture = null;
  }
}
