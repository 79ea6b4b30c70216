import { RenderingServer, type Viewport } from "godot";

/** The most draw calls that a frame had: in all, and of those the shadows' and the canvas'. */
export class DrawCalls {
  all = 0;
  shadow = 0;
  canvas = 0;

  /** Of the last frame of a viewport. */
  count(viewport: Viewport): void {
    const rid = viewport.get_viewport_rid();
    const calls = RenderingServer.VIEWPORT_RENDER_INFO_DRAW_CALLS_IN_FRAME;
    const of = (pass: number) => RenderingServer.viewport_get_render_info(rid, pass, calls);
    const seen = of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_VISIBLE);
    const shadow = of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_SHADOW);
    const canvas = of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_CANVAS);
    this.shadow = Math.max(this.shadow, shadow);
    this.canvas = Math.max(this.canvas, canvas);
    this.all = Math.max(this.all, seen + shadow + canvas);
  }
}
