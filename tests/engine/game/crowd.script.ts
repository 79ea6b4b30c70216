import { type Camera3D, Node, type Node3D, Performance, RenderingServer, Vector2i, Vector3 } from "godot";
import { RemoteInterpolation } from "../../../scripts/client/remote-interpolation.ts";
import { FLOATS_PER_GLYPH } from "../../../scripts/game/character/atlas-text.ts";
import { GlyphAtlas } from "../../../scripts/game/character/glyph-atlas.ts";
import { Level } from "../../../scripts/game/character/level-of-detail.ts";
import type Nameplates from "../../../scripts/game/character/nameplates.ts";
import type RemotePlayers from "../../../scripts/game/character/remote-players.ts";
import { MEASURED_FRAMES, ViewFrame } from "../../../scripts/game/character/view-frame.ts";
import { applyQuality } from "../../../scripts/game/settings/apply-settings.ts";
import type { Snapshot } from "../../../scripts/protocol/messages.ts";
import { Tap } from "../binding/tap.ts";

/** Of the whole game at most 60: what is left is for the own body and the interface. */
const MOST_DRAW_CALLS = 52;
const CHARACTERS = 100;
const CENTER = { x: 226, y: 4, z: 272 };
const STEPS = 1024;
const TICKS_PER_FRAME = 3;
const VIEWS = 8;
const FRAMES_PER_VIEW = 3;
const CHURN_FRAMES = 40;

/** A hundred characters in the village, through the client's own interpolation: what they cost, and what is left when they are gone. */
export default class CrowdFixture extends Node {
  readonly #tap = new Tap();
  readonly #remotes = new RemoteInterpolation();
  readonly #ids: number[] = [];
  readonly #view = new ViewFrame();
  #nextId = 1;
  #tick = 0;
  #frame = 0;
  #calls = 0;
  #canvasCalls = 0;
  #radius = 30;
  #nodes = 0;
  #mostPlates = 0;

  override _ready(): void {
    const window = this.get_window();
    if (window !== null) window.size = new Vector2i(480, 270);
    for (let i = 0; i < CHARACTERS; i += 1) this.#ids.push(this.#nextId++);
    // As the game does where the processor draws.
    applyQuality(this, "low");
    this.get_node<Camera3D>("Camera").make_current();
  }

  override _process(): void {
    this.#frame += 1;
    const turn = VIEWS * FRAMES_PER_VIEW;
    if (this.#frame <= turn) this.#lookAround();
    else if (this.#frame === turn + 1) this.#judgeCalls();
    else if (this.#frame <= turn + CHURN_FRAMES) this.#churn();
    else if (this.#frame === turn + CHURN_FRAMES + 1) this.#judgeNodes();
    else if (this.#frame < turn + CHURN_FRAMES + 14) this.#radius = 3;
    else if (this.#frame === turn + CHURN_FRAMES + 14) this.#judgeNear();
    else if (this.#frame < turn + CHURN_FRAMES + 28) this.#radius = 95;
    else {
      this.#judgeFar();
      return;
    }
    this.#drawFrame();
  }

  /** In rings from the camera's feet to the radius, all walking. */
  #drawFrame(): void {
    this.#tick += TICKS_PER_FRAME;
    const count = this.#ids.length;
    const snapshot = {
      ...{ serverTick: this.#tick, entityCount: count, entityId: Uint32Array.from(this.#ids) },
      ...{ x: new Int32Array(count), y: new Int32Array(count), z: new Int32Array(count) },
      ...{ yaw: new Uint16Array(count), animation: new Uint8Array(count).fill(1) },
    };
    this.#ids.forEach((id, i) => {
      const angle = id * 2.4;
      const meters = this.#radius * (this.#radius > 90 || this.#radius < 5 ? 1 : Math.sqrt((i + 1) / count));
      snapshot.x[i] = (CENTER.x + Math.sin(angle) * meters + Math.sin(this.#tick / 60)) * STEPS;
      snapshot.y[i] = CENTER.y * STEPS;
      snapshot.z[i] = (CENTER.z + Math.cos(angle) * meters) * STEPS;
    });
    this.#remotes.beginFrame();
    this.#remotes.addPresence({
      joined: this.#ids.map((entityId) => ({ entityId, name: `Name ${entityId}` })),
      left: [],
    });
    this.#remotes.addSnapshot(snapshot as unknown as Snapshot, 0);
    this.#remotes.draw(this.#tick - TICKS_PER_FRAME);
    this.#view.look(this);
    this.#crowd.draw(this.#remotes, this.#view, 1 / 20);
    this.#plates.show_names(this.#remotes, this.#view, 1 / 20);
    this.#mostPlates = Math.max(this.#mostPlates, this.#plates.shown);
  }

  #lookAround(): void {
    const camera = this.get_node<Camera3D>("Camera");
    camera.position = new Vector3(CENTER.x, CENTER.y + 3, CENTER.z);
    camera.rotation = new Vector3(-0.12, (Math.floor(this.#frame / FRAMES_PER_VIEW) / VIEWS) * Math.PI * 2, 0);
    const root = this.get_tree()?.root.get_viewport_rid();
    if (root === undefined) return;
    const calls = RenderingServer.VIEWPORT_RENDER_INFO_DRAW_CALLS_IN_FRAME;
    const of = (pass: number) => RenderingServer.viewport_get_render_info(root, pass, calls);
    const canvas = of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_CANVAS);
    const world =
      of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_VISIBLE) + of(RenderingServer.VIEWPORT_RENDER_INFO_TYPE_SHADOW);
    this.#calls = Math.max(this.#calls, world + canvas);
    this.#canvasCalls = Math.max(this.#canvasCalls, canvas);
  }

  #judgeCalls(): void {
    const { full, simple, dot } = this.#levels();
    console.log(
      `# draw calls ${this.#calls}, of the canvas ${this.#canvasCalls}; bodies ${full}, ${simple}, ${dot}; plates ${this.#mostPlates}`,
    );
    this.#tap.ok(
      "something is drawn",
      this.#calls > 5 && full > 0,
      `${this.#calls} draw calls, ${full} bodies in full`,
    );
    this.#tap.ok("few draw calls, wherever one looks", this.#calls <= MOST_DRAW_CALLS, `got ${this.#calls}`);
    this.#tap.equal("all names in one draw call", this.#canvasCalls, 1);
    this.#tap.ok("names are shown", this.#mostPlates > 5, `got ${this.#mostPlates}`);
    this.#comparePoints();
    this.#compareFigures();
    this.#compareNumbers();
    // What comes now is about bodies alone.
    this.get_node<Node3D>("Zone").visible = false;
    this.#nodes = Performance.get_monitor(Performance.OBJECT_NODE_COUNT);
  }

  /** Where the script says that points are on the screen, and where the engine does. */
  #comparePoints(): void {
    const camera = this.get_node<Camera3D>("Camera");
    const view = new ViewFrame();
    this.#tap.ok("there is a view", view.look(this));
    this.#compareView(camera, view, "as it was first");
    const { fov } = camera;
    camera.fov = fov / 2;
    for (let frame = 0; frame < MEASURED_FRAMES; frame += 1) view.look(this);
    this.#compareView(camera, view, "at another angle of view");
    camera.fov = fov;
  }

  #compareView(camera: Camera3D, view: ViewFrame, how: string): void {
    let apart = 0;
    let seen = 0;
    for (let i = 0; i < 200; i += 1) {
      const point = new Vector3(
        CENTER.x + 40 * Math.sin(i * 2.4),
        CENTER.y + (i % 9),
        CENTER.z + 40 * Math.cos(i * 1.7),
      );
      Object.assign(view, { x: point.x, y: point.y, z: point.z });
      view.measure();
      if (!view.project() || camera.is_position_behind(point)) continue;
      const { x, y } = camera.unproject_position(point);
      // Far beside the view, where nothing is drawn, the engine's own numbers are coarse.
      if (Math.abs(x - view.width / 2) > view.width || Math.abs(y - view.height / 2) > view.height) continue;
      apart = Math.max(apart, Math.abs(x - view.screenX), Math.abs(y - view.screenY));
      const inside = x > 0 && y > 0 && x < view.width && y < view.height;
      if (inside) seen += 1;
      if (inside && !view.inView) apart = Number.POSITIVE_INFINITY;
    }
    this.#tap.ok(
      `points are where the engine's camera has them, ${how}`,
      apart < 0.5 && seen > 5,
      `${apart} pixels apart, ${seen} seen`,
    );
  }

  /** Figures are as high as capitals, and each as wide as the others: numbers that change do not tremble. */
  #compareFigures(): void {
    const { atlas } = this.#plates;
    const tops = (text: string) => {
      const { glyphs = 0, floats = new Float32Array(0) } = atlas?.text(text) ?? {};
      return Array.from({ length: glyphs }, (_, glyph) => floats[glyph * FLOATS_PER_GLYPH + 1] ?? 0);
    };
    const [capital = 0] = tops("H");
    const figures = tops("0123456789");
    const lowest = Math.max(...figures);
    this.#tap.ok("figures are as high as capitals", lowest < capital * 0.9, `tops at ${figures}, of H at ${capital}`);
    const widths = new Set(Array.from("0123456789", (figure) => atlas?.text(figure).width));
    this.#tap.equal("all figures have one width", widths.size, 1);
    const { font } = this.#plates;
    this.#tap.ok("who writes with the same font has the same letters", font !== null && GlyphAtlas.of(font) === atlas);
  }

  /** Lines are put together from words, digits and spaces: as the engine lays them out as a whole, to less than a pixel at the size of names. */
  #compareNumbers(): void {
    const { atlas } = this.#plates;
    const widthOf = (text: string) => atlas?.text(text).width ?? 0;
    for (const text of [
      "1174 / 2000",
      "Tavi 71",
      "17  Reef Crawler 4",
      "11.4 m",
      "Storm Tether",
      "Not in front of you",
    ]) {
      const { width, glyphs, floats } = atlas?.text(text) ?? { width: 0, glyphs: 0, floats: new Float32Array(0) };
      // With a letter that is not plain, all of it is laid out by the engine.
      const engine = widthOf(`${text} é`) - widthOf(" é");
      this.#tap.ok(
        `"${text}" is as wide as the engine has it`,
        Math.abs(width - engine) < 1 / 20,
        `${width}, ${engine}`,
      );
      this.#tap.equal(`"${text}" has all its letters`, glyphs, text.replaceAll(" ", "").length);
      let last = -1;
      for (let glyph = 0; glyph < glyphs; glyph += 1) {
        const left = floats[glyph * FLOATS_PER_GLYPH] ?? 0;
        if (left <= last) this.#tap.ok(`"${text}": letters stand one after another`, false, `${left} after ${last}`);
        last = left;
      }
    }
  }

  #churn(): void {
    for (let i = 0; i < 10; i += 1) {
      this.#ids.splice((this.#frame * 7 + i * 3) % this.#ids.length, 1);
      this.#ids.push(this.#nextId++);
    }
  }

  #judgeNodes(): void {
    const nodes = Performance.get_monitor(Performance.OBJECT_NODE_COUNT);
    this.#tap.equal("as many nodes after 400 came and went", nodes, this.#nodes);
  }

  #judgeNear(): void {
    const { full, simple, dot } = this.#levels();
    this.#tap.ok(
      "near ones are drawn in full, not more than are allowed",
      full > 20 && full <= 100,
      `${full}, ${simple}, ${dot}`,
    );
  }

  #judgeFar(): void {
    const { full, simple, dot } = this.#levels();
    this.#tap.ok("far ones are dots", full === 0 && simple === 0 && dot > 5, `${full}, ${simple}, ${dot}`);
    this.#plates.show_names(undefined, this.#view, 0.05);
    this.#tap.equal("no names without anybody", this.#plates.shown, 0);
    this.set_process(false);
    this.#tap.finish(this);
  }

  #levels() {
    const at = (level: number) => this.#crowd.drawn_at(level);
    return { full: at(Level.full), simple: at(Level.simple), dot: at(Level.dot) };
  }

  get #crowd(): RemotePlayers {
    return this.get_node<RemotePlayers>("Crowd");
  }

  get #plates(): Nameplates {
    return this.get_node<Nameplates>("Nameplates");
  }
}
