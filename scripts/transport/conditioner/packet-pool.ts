import type { CloseCause } from "../transport.ts";

/** Something under way on a conditioned link: a message, or the news that the link is open or closed. */
export interface LinkItem {
  kind: "message" | "open" | "closed";
  /** Memory of the pool; the message is its first `length` bytes. */
  bytes: Uint8Array;
  length: number;
  reliable: boolean;
  /** What a `closed` says. */
  cause: CloseCause;
  code: number;
  detail: string;
}

/** A message of one datagram fits; larger ones get memory of their own. */
const POOLED_BYTES = 2048;
/** Spare items are kept up to this many: enough for a second of 1000 messages each way. */
const MAX_SPARE = 2048;
const NOTHING = new Uint8Array(0);
/** Written over a message after its handler: who keeps the view sees it. */
const POISON = 0xdd;

/** Items and their memory, used again and again. */
export class PacketPool {
  readonly #spare: LinkItem[] = [];

  /** An item with a copy of a message. */
  takeMessage(message: Uint8Array, reliable: boolean): LinkItem {
    const item = this.#take("message");
    if (item.bytes.length < message.length) item.bytes = new Uint8Array(Math.max(message.length, POOLED_BYTES));
    item.bytes.set(message);
    item.length = message.length;
    item.reliable = reliable;
    return item;
  }

  takeNews(kind: "open" | "closed", cause: CloseCause = "local", code = 0, detail = ""): LinkItem {
    const item = this.#take(kind);
    item.length = 0;
    item.reliable = true;
    item.cause = cause;
    item.code = code;
    item.detail = detail;
    return item;
  }

  /** Takes an item back that nobody uses any more. */
  giveBack(item: LinkItem): void {
    if (item.bytes.length > POOLED_BYTES) item.bytes = NOTHING;
    else item.bytes.fill(POISON, 0, item.length);
    if (this.#spare.length < MAX_SPARE) this.#spare.push(item);
  }

  #take(kind: LinkItem["kind"]): LinkItem {
    const item = this.#spare.pop();
    if (item === undefined) {
      return { kind, bytes: NOTHING, length: 0, reliable: true, cause: "local", code: 0, detail: "" };
    }
    item.kind = kind;
    return item;
  }
}
