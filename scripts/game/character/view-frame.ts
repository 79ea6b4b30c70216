import { Camera3D, type Node, type Viewport } from "godot";
import type { CameraPose } from "./camera-pose.ts";

/** Beside the edges of the view, metres: bodies are drawn from their feet, and have width. */
const MARGIN_METERS = 2.5;
const BESIDE_METERS = 4;
const LEAST_DEPTH_METERS = 0.2;
/** A camera whose angle of view has changed is drawn over rightly after so many frames. */
export const MEASURED_FRAMES = 16;

/** A unit vector. */
type Way = CameraPose["right"];

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
  #tanY = 1;
  #tanX = 1;
  /** Whose measures are known: they change with the size of the viewport, which says so. */
  #camera: Camera3D | undefined;
  /** Until its angle is looked at again. */
  #framesLeft = 0;
  #viewport: Viewport | undefined;

  /** Looks at the camera of a node's viewport; false if there is none. */
  look(node: Node): boolean {
    const viewport = node.get_viewport();
    const camera = viewport?.get_camera_3d();
    this.present = camera instanceof Camera3D;
    if (viewport === null || viewport === undefined || !(camera instanceof Camera3D)) return false;
    // By its method: what the property would return writes back what is changed in it, an object for each number's owner.
    const { basis, origin } = camera.get_global_transform();
    if (camera !== this.#camera) this.#readMeasures(viewport, camera);
    this.#measureNowAndThen(camera);
    this.#stand(origin.x, origin.y, origin.z, basis.x, basis.y, basis.z);
    return true;
  }

  /** Looks as a camera does that was just put there, and shows the picture now: asks the engine nothing, but for its angle now and then. */
  take(camera: Camera3D, pose: CameraPose): void {
    this.present = true;
    if (camera !== this.#camera) {
      const viewport = camera.get_viewport();
      if (viewport !== null) this.#readMeasures(viewport, camera);
    }
    this.#measureNowAndThen(camera);
    this.#stand(pose.x, pose.y, pose.z, pose.right, pose.up, pose.back);
  }

  #stand(x: number, y: number, z: number, right: Way, up: Way, back: Way): void {
    this.eyeX = x;
    this.eyeY = y;
    this.eyeZ = z;
    this.#rx = right.x;
    this.#ry = right.y;
    this.#rz = right.z;
    this.#ux = up.x;
    this.#uy = up.y;
    this.#uz = up.z;
    this.#bx = back.x;
    this.#by = back.y;
    this.#bz = back.z;
  }

  /** Of a camera that is looked through for the first time, and when its viewport has another size. */
  #readMeasures(viewport: Viewport, camera: Camera3D): void {
    this.#camera = camera;
    this.#framesLeft = 0;
    if (viewport !== this.#viewport) {
      this.#viewport = viewport;
      viewport.connect("size_changed", () => {
        this.#camera = undefined;
      });
    }
    const { size } = viewport.get_visible_rect();
    this.width = size.x;
    this.height = size.y;
    this.screenScale = viewport.get_final_transform().x.x;
  }

  /** The camera's angle of view, which says to nobody that it is another one: a call once in so many frames. */
  #measureNowAndThen(camera: Camera3D): void {
    this.#framesLeft -= 1;
    if (this.#framesLeft > 0) return;
    this.#framesLeft = MEASURED_FRAMES;
    this.#tanY = Math.tan((camera.fov * Math.PI) / 360);
    this.#tanX = this.#tanY * (this.width / Math.max(this.height, 1));
    this.pixelsPerMeter = this.height / (2 * this.#tanY);
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
