import { MessageDecoder } from "../../protocol/message-decoder.ts";
import { MessageLog } from "../../protocol/message-log/message-log.ts";

/** What a line of the log has before the packet: time, direction, peer. */
const LINE_START = "00:00:00.000 <- ? ";

/** Says of a packet what the message log says of it: codec, number, type, size, and what it says or why it cannot be read. */
export class PacketDescriber {
  #line = "";
  readonly #log = new MessageLog({
    reader: new MessageDecoder(),
    write: (line) => {
      this.#line = line;
    },
    nowMs: () => 0,
    linesPerSecond: Number.POSITIVE_INFINITY,
  });

  describe(packet: Uint8Array): string {
    this.#log.received("?", packet);
    return this.#line.slice(LINE_START.length);
  }
}
