import type { ConnectionId } from "./transport.ts";

const HEADER_BYTES = 8;

/**
 * Outgoing messages back to back in one reused buffer, in the addon's record layout: u32 connection, u32 length, payload,
 * padding to 8 bytes. Adding allocates nothing.
 */
export class SendSlab {
  readonly buffer: ArrayBuffer;
  usedBytes = 0;
  private readonly bytes: Uint8Array;
  private readonly words: Uint32Array;

  constructor(sizeBytes: number) {
    this.buffer = new ArrayBuffer(sizeBytes);
    this.bytes = new Uint8Array(this.buffer);
    this.words = new Uint32Array(this.buffer);
  }

  /** `false` when it does not fit any more: send the slab first. */
  add(connection: ConnectionId, message: Uint8Array): boolean {
    const end = this.usedBytes + HEADER_BYTES + ((message.length + 7) & ~7);
    if (end > this.buffer.byteLength) return false;
    const word = this.usedBytes >> 2;
    this.words[word] = connection;
    this.words[word + 1] = message.length;
    this.bytes.set(message, this.usedBytes + HEADER_BYTES);
    this.usedBytes = end;
    return true;
  }

  /** Connection ids that the addon wrote to the start of the slab, by index. */
  idAt(index: number): ConnectionId {
    return (this.words[index] ?? 0) as ConnectionId;
  }
}
