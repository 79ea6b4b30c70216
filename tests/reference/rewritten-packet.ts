import { CodedStream } from "./coded-stream.ts";
import { CodedWriter } from "./coded-writer.ts";

/** Reads a packet and writes it again as it is read: what comes out shows whether reader and writer rules are each other's inverse. */
export class RewrittenPacket extends CodedStream {
  private readonly writer = new CodedWriter();

  override plain(count: number): number {
    const value = super.plain(count);
    this.writer.plain(value, count);
    return value;
  }

  override bit(name: string, ...indices: number[]): number {
    const value = super.bit(name, ...indices);
    this.writer.bit(value, name, ...indices);
    return value;
  }

  override number(name: string, ...indices: number[]): number {
    const value = super.number(name, ...indices);
    this.writer.number(value, name, ...indices);
    return value;
  }

  finish(header: Uint8Array): Uint8Array {
    return this.writer.finish(header);
  }
}
