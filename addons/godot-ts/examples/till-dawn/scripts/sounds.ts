import { AudioStreamPlayer, AudioStreamWAV, Node } from "godot";

const RATE_HZ = 22050;

/** Notes, hertz, one after the other, each `each` seconds long. */
const TUNES = {
  start: { notes: [392, 494, 587], each: 0.09 },
  out: { notes: [330, 262, 196], each: 0.14 },
  dawn: { notes: [392, 494, 587, 784, 988], each: 0.16 },
  tick: { notes: [880], each: 0.05 },
};

export type Tune = keyof typeof TUNES;

/** An autoload that plays short tunes. They are computed at the start: there are no sound files. */
export default class Sounds extends Node {
  readonly #streams = new Map<Tune, AudioStreamWAV>();
  readonly #player = new AudioStreamPlayer();

  override _ready(): void {
    for (const [name, { notes, each }] of Object.entries(TUNES)) this.#streams.set(name as Tune, streamOf(notes, each));
    this.#player.volume_db = -8;
    this.add_child(this.#player);
  }

  play(tune: Tune): void {
    this.#player.stream = this.#streams.get(tune) ?? null;
    this.#player.play();
  }
}

/** Plucked notes as 16-bit samples: a typed array of JavaScript is a packed array of the engine. */
function streamOf(notes: readonly number[], each: number): AudioStreamWAV {
  const perNote = Math.round(each * RATE_HZ);
  const samples = new Int16Array(perNote * notes.length);
  for (const [index, hertz] of notes.entries()) {
    for (let i = 0; i < perNote; i++) {
      const time = i / RATE_HZ;
      const tone = Math.sin(2 * Math.PI * hertz * time) + 0.3 * Math.sin(4 * Math.PI * hertz * time);
      const envelope = Math.min(1, time * 300) * Math.exp(-time * 9) * (1 - i / perNote);
      samples[index * perNote + i] = tone * envelope * 22000;
    }
  }
  const stream = new AudioStreamWAV();
  stream.format = AudioStreamWAV.FORMAT_16_BITS;
  stream.mix_rate = RATE_HZ;
  stream.data = new Uint8Array(samples.buffer);
  return stream;
}
