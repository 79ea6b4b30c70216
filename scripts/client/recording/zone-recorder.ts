import { deflateRawSync } from "node:zlib";
import { hashBytes } from "../../simulation/zone-hash.ts";
import type { RecordedZone } from "./recorded-event.ts";
import { EventKind, MAX_TEXT_BYTES, MAX_ZONE_BYTES, MAX_ZONES, ZONE_PART_BYTES } from "./recording-format.ts";
import type { RecordingWriter } from "./recording-writer.ts";

type Load = (zone: string) => Uint8Array | Promise<Uint8Array>;

/** Numbers of the ways in which a zone file comes. */
export const ZONE_ANSWERS = { there: 0, later: 1, failed: 2 } as const;

/** Records which zone files a client asked for, how they came, and, once each, what they are. */
export class ZoneRecorder {
  readonly #writer: RecordingWriter;
  readonly #load: Load;
  readonly #kept = new Set<string>();
  #asked = 0;

  constructor(writer: RecordingWriter, load: Load) {
    this.#writer = writer;
    this.#load = load;
  }

  /** Takes the place of the loader that it was made with. */
  load(zone: string): Uint8Array | Promise<Uint8Array> {
    const asked = this.#asked;
    this.#asked += 1;
    let answer: Uint8Array | Promise<Uint8Array>;
    try {
      answer = this.#load(zone);
    } catch (error) {
      this.#ask(zone, "failed", undefined, error);
      throw error;
    }
    if (!(answer instanceof Uint8Array)) {
      this.#ask(zone, "later", undefined, undefined);
      return this.#wait(asked, answer);
    }
    this.#ask(zone, "there", this.#keep(answer), undefined);
    return answer;
  }

  async #wait(asked: number, coming: Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      const bytes = await coming;
      this.#came(asked, this.#keep(bytes), undefined);
      return bytes;
    } catch (error) {
      this.#came(asked, undefined, error);
      throw error;
    }
  }

  #ask(zone: string, how: keyof typeof ZONE_ANSWERS, file: RecordedZone | undefined, error: unknown): void {
    const body = this.#writer.begin(EventKind.zoneAsked);
    body.text(zone, MAX_TEXT_BYTES);
    body.uint8(ZONE_ANSWERS[how]);
    if (how !== "later") this.#answer(file, error);
    this.#writer.commit();
  }

  #came(asked: number, file: RecordedZone | undefined, error: unknown): void {
    const body = this.#writer.begin(EventKind.zoneCame);
    body.varint(asked);
    body.uint8(file === undefined ? ZONE_ANSWERS.failed : ZONE_ANSWERS.there);
    this.#answer(file, error);
    this.#writer.commit();
  }

  #answer(file: RecordedZone | undefined, error: unknown): void {
    const body = this.#writer.body;
    if (file === undefined) body.text(error instanceof Error ? error.message : String(error), MAX_TEXT_BYTES);
    else {
      body.text(file.hash, file.hash.length);
      body.varint(file.bytes);
    }
  }

  /** The bytes go before the answer that tells of them. */
  #keep(bytes: Uint8Array): RecordedZone {
    const zone = { hash: hashBytes(bytes), bytes: bytes.length };
    if (this.#kept.has(zone.hash) || this.#kept.size === MAX_ZONES || bytes.length > MAX_ZONE_BYTES) return zone;
    this.#kept.add(zone.hash);
    const packed = deflateRawSync(bytes);
    for (let offset = 0; offset < packed.length; offset += ZONE_PART_BYTES) {
      const body = this.#writer.begin(EventKind.zonePart);
      body.text(zone.hash, zone.hash.length);
      body.varint(packed.length);
      body.varint(offset);
      body.bytes(packed.subarray(offset, offset + ZONE_PART_BYTES));
      this.#writer.commit();
    }
    return zone;
  }
}
