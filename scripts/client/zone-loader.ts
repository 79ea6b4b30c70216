import { decodeZone, type Zone } from "../simulation/zone-file.ts";

/** Makes a zone of the bytes of its file. */
export type DecodeZone = typeof decodeZone;

/** What became of loading a zone; `wrong_world` is for good, because the file does not change by asking again. */
export type ZoneOutcome =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly zone: Zone }
  | { readonly kind: "wrong_world"; readonly detail: string };

const LOADING: ZoneOutcome = { kind: "loading" };

/**
 * Reads the zone that a server welcomes into and checks that it is the same world. The outcome is asked for, not called back,
 * so that it takes effect at one place of the frame. The last zone is kept: coming back to it costs nothing.
 */
export class ZoneLoader {
  readonly #load: (zone: string) => Uint8Array | Promise<Uint8Array>;
  readonly #decode: DecodeZone;
  #outcome: ZoneOutcome = LOADING;
  #kept: Zone | undefined;
  /** Rises with every start: what an earlier one brings is not wanted any more. */
  #run = 0;

  /** `decode`: one that remembers what it decoded, where many clients share a process. */
  constructor(load: (zone: string) => Uint8Array | Promise<Uint8Array>, decode: DecodeZone = decodeZone) {
    this.#load = load;
    this.#decode = decode;
  }

  get outcome(): ZoneOutcome {
    return this.#outcome;
  }

  start(zone: string, worldHash: string): void {
    this.#run += 1;
    this.#outcome = LOADING;
    if (this.#kept !== undefined && this.#kept.name === zone && this.#kept.worldHash === worldHash) {
      this.#outcome = { kind: "ready", zone: this.#kept };
      return;
    }
    try {
      const bytes = this.#load(zone);
      if (bytes instanceof Uint8Array) this.#finish(bytes, zone, worldHash);
      else void this.#wait(this.#run, bytes, zone, worldHash);
    } catch (error) {
      this.#fail(zone, error);
    }
  }

  async #wait(run: number, bytes: Promise<Uint8Array>, zone: string, worldHash: string): Promise<void> {
    try {
      const read = await bytes;
      if (run === this.#run) this.#finish(read, zone, worldHash);
    } catch (error) {
      if (run === this.#run) this.#fail(zone, error);
    }
  }

  #finish(bytes: Uint8Array, name: string, worldHash: string): void {
    const decoded = this.#decode(bytes);
    if (!decoded.ok) {
      this.#outcome = { kind: "wrong_world", detail: `the file of zone "${name}" cannot be read: ${decoded.reason}` };
      return;
    }
    const { zone } = decoded;
    if (zone.name !== name || zone.worldHash !== worldHash) {
      const expected = `expected zone "${name}" with world ${worldHash}`;
      this.#outcome = { kind: "wrong_world", detail: `${expected}, here is "${zone.name}" with ${zone.worldHash}` };
      return;
    }
    this.#kept = zone;
    this.#outcome = { kind: "ready", zone };
  }

  #fail(zone: string, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#outcome = { kind: "wrong_world", detail: `zone "${zone}" could not be loaded: ${why}` };
  }
}
