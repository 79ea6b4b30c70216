/** As much of a MultiMesh as is written to. */
export interface Instances {
  instance_count: number;
  visible_instance_count: number;
  set buffer(floats: Float32Array);
}

/** Instances that there is room for are whole multiples of this. */
const STEP = 16;
/** Room beyond what is needed now: a share of it, and so many at most. */
const SPARE_SHARE = 0.25;
const MOST_SPARE = 32;
/** So many frames long less must have been enough before room is given back, and by so much. */
const PATIENT_FRAMES = 90;
const WORTH_SHARE = 0.75;

/**
 * Hands the instances of a MultiMesh over. The engine copies each of them several times and makes half floats of it, whether it is drawn or not: so there is room
 * for little more than there are, instead of for the most that ever were.
 */
export class ManyBuffer {
  readonly #many: Instances;
  readonly #floatsEach: number;
  #floats: Float32Array = new Float32Array(0);
  /** By steps of the room: the beginning of the floats that is as long. */
  readonly #views: (Float32Array | undefined)[] = [];
  #room = 0;
  #drawn = -1;
  /** The most in a frame since room was given back or looked at last, and in how many frames. */
  #most = 0;
  #frames = 0;

  /** `floatsEach`: of an instance. */
  constructor(many: Instances, floatsEach: number) {
    this.#many = many;
    this.#floatsEach = floatsEach;
  }

  /** One frame: the first `count` instances of an array with a multiple of 16 of them are drawn. One write, and none for nothing. */
  show(floats: Float32Array, count: number): void {
    if (floats !== this.#floats) {
      this.#floats = floats;
      this.#views.length = 0;
    }
    this.#fit(count);
    if (count !== this.#drawn) this.#many.visible_instance_count = count;
    this.#drawn = count;
    if (count > 0) this.#many.buffer = this.#view();
  }

  #fit(count: number): void {
    this.#frames += 1;
    if (count > this.#most) this.#most = count;
    if (count > this.#room) this.#resize(roomFor(count));
    else if (this.#frames >= PATIENT_FRAMES) {
      const enough = roomFor(this.#most);
      if (enough <= this.#room * WORTH_SHARE) this.#resize(enough);
      this.#most = count;
      this.#frames = 0;
    }
  }

  #resize(wanted: number): void {
    this.#room = Math.min(wanted, this.#floats.length / this.#floatsEach);
    this.#many.instance_count = this.#room;
    this.#drawn = -1;
    this.#frames = 0;
  }

  #view(): Float32Array {
    const steps = this.#room / STEP;
    let view = this.#views[steps];
    if (view === undefined) {
      view = this.#floats.subarray(0, this.#room * this.#floatsEach);
      this.#views[steps] = view;
    }
    return view;
  }
}

function roomFor(count: number): number {
  return Math.ceil((count + Math.min(count * SPARE_SHARE, MOST_SPARE)) / STEP) * STEP;
}
