import { Camera3D, type Node, type Viewport } from "godot";

/** Beside the edges of the view, metres: bodies are drawn from their feet, and have width. */
const MARGIN_METERS = 2.5;
const BESIDE_METERS = 4;
const LEAST_DEPTH_METERS = 0.2;

/**
 * Where the camera is in this frame, and where points are on the screen: what the engine's camera would answer, for thousands of points without
 * a call or an object for each. One for all who draw in a frame: asking the engine makes a dozen objects.
 */
export class ViewFrame {
  /** Whether there was a camera at the last look. */
  present = false;
  /** Of the interface, pixels. */
  width = 0;
  height = 0;
  /**
   * The point that is asked about, metres: here, because numbers that are handed over would be put on the heap. Fractions from the start: a field
   * that began as a whole number makes a new number for each fraction.
   */
  x = 0.5;
  y = 0.5;
  z = 0.5;
  meters = 0.5;
  inView = false;
  /** Where the last projected point is, pixels of the interface, and how far before the camera, metres. */
  screenX = 0.5;
  screenY = 0.5;
  depth = 0.5;
  eyeX = 0;
  eyeY = 0;
  eyeZ = 0;
  /** Pixels of the interface that a metre at a distance of one metre has, and pixels of the screen that one of the interface has. */
  pixelsPerMeter = 1;
  screenScale = 1;
  #rx = 1;
  #ry = 0;
  #rz = 0;
  #ux = 0;
  #uy = 1;
  #uz = 0;
  #bx = 0;
  #by = 0;
  #bz = 1;
  #tanX = 1;
  #tanY = 1;
  #fov = 75;
  /** Whose measures are known, and which of them is asked for again next. */
  #camera: Camera3D | undefined;
  #measure = 0;

  /** Looks at the camera of a node's viewport; false if there is none. */
  look(node: Node): boolean {
    const viewport = node.get_viewport();
    const camera = viewport?.get_camera_3d();
    this.present = camera instanceof Camera3D;
    if (viewport === null || viewport === undefined || !(camera instanceof Camera3D)) return false;
    // By its method: what the property would return writes back what is changed in it, an object for each number's owner.
    const { basis, origin } = camera.get_global_transform();
    this.#readMeasures(viewport, camera);
    this.eyeX = origin.x;
    this.eyeY = origin.y;
    this.eyeZ = origin.z;
    const { x: right, y: up, z: back } = basis;
    this.#rx = right.x;
    this.#ry = right.y;
    this.#rz = right.z;
    this.#ux = up.x;
    this.#uy = up.y;
    this.#uz = up.z;
    this.#bx = back.x;
    this.#by = back.y;
    this.#bz = back.z;
    this.#tanY = Math.tan((this.#fov * Math.PI) / 360);
    this.#tanX = this.#tanY * (this.width / Math.max(this.height, 1));
    this.pixelsPerMeter = this.height / (2 * this.#tanY);
    return true;
  }

  /** What hardly ever changes: all of it of a new camera, else one in a frame, since each is a call. */
  #readMeasures(viewport: Viewport, camera: Camera3D): void {
    const all = camera !== this.#camera;
    this.#camera = camera;
    this.#measure = (this.#measure + 1) % 3;
    if (all || this.#measure === 0) {
      const { size } = viewport.get_visible_rect();
      this.width = size.x;
      this.height = size.y;
    }
    if (all || this.#measure === 1) this.#fov = camera.fov;
    if (all || this.#measure === 2) this.screenScale = viewport.get_final_transform().x.x;
  }

  /** Looks at the point (x, y, z): fills `meters` and `inView`, whether a body there could be seen as far as the edges of the view say. */
  measure(): void {
    const dx = this.x - this.eyeX;
    const dy = this.y - this.eyeY;
    const dz = this.z - this.eyeZ;
    this.meters = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const depth = -(dx * this.#bx + dy * this.#by + dz * this.#bz);
    const across = dx * this.#rx + dy * this.#ry + dz * this.#rz;
    const above = dx * this.#ux + dy * this.#uy + dz * this.#uz;
    const inWidth = Math.abs(across) <= depth * this.#tanX + BESIDE_METERS;
    const inHeight = Math.abs(above) <= depth * this.#tanY + BESIDE_METERS;
    this.inView = depth >= -MARGIN_METERS && inWidth && inHeight;
  }

  /** Where the point (x, y, z) is on the screen: fills `screenX`, `screenY` and `depth`. False if that is behind, or at the camera. */
  project(): boolean {
    const dx = this.x - this.eyeX;
    const dy = this.y - this.eyeY;
    const dz = this.z - this.eyeZ;
    this.depth = -(dx * this.#bx + dy * this.#by + dz * this.#bz);
    if (this.depth < LEAST_DEPTH_METERS) return false;
    const scale = this.pixelsPerMeter / this.depth;
    this.screenX = this.width / 2 + (dx * this.#rx + dy * this.#ry + dz * this.#rz) * scale;
    this.screenY = this.height / 2 - (dx * this.#ux + dy * this.#uy + dz * this.#uz) * scale;
    return true;
  }
}
