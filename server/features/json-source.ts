/** Deeper nesting than any file of ours has; bounds the recursion. */
const MAX_DEPTH = 16;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, boolean | null])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

interface Span {
  /** Offsets into the text, in UTF-16 units; the end is exclusive. */
  readonly start: number;
  readonly end: number;
}
export interface JsonScalar extends Span {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}
export interface JsonList extends Span {
  readonly kind: "list";
  readonly items: readonly JsonNode[];
}
export interface JsonObject extends Span {
  readonly kind: "object";
  /** In the order of the text. A name may come twice: that is for the reader of the object to judge. */
  readonly members: readonly JsonMember[];
}
export interface JsonMember {
  readonly name: string;
  readonly start: number;
  readonly value: JsonNode;
}
export type JsonNode = JsonScalar | JsonList | JsonObject;

export type JsonReading = { ok: true; root: JsonNode } | { ok: false; fault: string };

/**
 * Reads JSON (RFC 8259) and keeps the place of everything, which `JSON.parse` does not: so a name that comes twice is seen, and
 * one value can be replaced without touching the rest of the text.
 */
export function readJsonSource(text: string): JsonReading {
  try {
    const source = new JsonSource(text);
    return { ok: true, root: source.document() };
  } catch (error) {
    if (error instanceof JsonFault) return { ok: false, fault: error.message };
    throw error;
  }
}

class JsonFault extends Error {}

class JsonSource {
  #at = 0;

  constructor(private readonly text: string) {}

  document(): JsonNode {
    const root = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.text.length) this.#fail("the end of the file");
    return root;
  }

  #value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} levels`);
    this.#skipSpace();
    const start = this.#at;
    switch (this.text[start]) {
      case "{":
        return this.#object(start, depth);
      case "[":
        return this.#list(start, depth);
      case '"':
        return { kind: "scalar", value: this.#string(), start, end: this.#at };
      default:
        return { kind: "scalar", value: this.#numberOrWord(), start, end: this.#at };
    }
  }

  #object(start: number, depth: number): JsonObject {
    const members: JsonMember[] = [];
    this.#at += 1;
    if (!this.#takes("}")) {
      do {
        this.#skipSpace();
        const nameStart = this.#at;
        if (this.text[nameStart] !== '"') this.#fail("a name in double quotes");
        const name = this.#string();
        if (!this.#takes(":")) this.#fail('":"');
        members.push({ name, start: nameStart, value: this.#value(depth + 1) });
      } while (this.#takes(","));
      if (!this.#takes("}")) this.#fail('"," or "}"');
    }
    return { kind: "object", members, start, end: this.#at };
  }

  #list(start: number, depth: number): JsonList {
    const items: JsonNode[] = [];
    this.#at += 1;
    if (!this.#takes("]")) {
      do items.push(this.#value(depth + 1));
      while (this.#takes(","));
      if (!this.#takes("]")) this.#fail('"," or "]"');
    }
    return { kind: "list", items, start, end: this.#at };
  }

  #string(): string {
    const start = this.#at;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"' && this.text[end] !== "\n") {
      end += this.text[end] === "\\" ? 2 : 1;
    }
    if (this.text[end] !== '"') {
      this.#at = Math.min(end, this.text.length);
      this.#fail("the double quote that ends the text");
    }
    this.#at = end + 1;
    try {
      return String(JSON.parse(this.text.slice(start, this.#at)));
    } catch {
      this.#at = start;
      return this.#fail("text without control characters and with the escapes of JSON");
    }
  }

  #numberOrWord(): number | boolean | null {
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      return Number(number);
    }
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#fail("a value");
  }

  #takes(mark: string): boolean {
    this.#skipSpace();
    if (this.text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    while (" \t\r\n".includes(this.text[this.#at] ?? "x")) this.#at += 1;
  }

  #fail(expected: string): never {
    const before = this.text.slice(0, this.#at);
    const line = before.split("\n").length;
    const column = this.#at - before.lastIndexOf("\n");
    const got = this.#at < this.text.length ? JSON.stringify(this.#nextWord()) : "the end of the file";
    throw new JsonFault(`line ${line}, column ${column}: expected ${expected}, got ${got}`);
  }

  #nextWord(): string {
    return /^(?:[\w$.+-]{1,20}|.)/su.exec(this.text.slice(this.#at, this.#at + 20))?.[0] ?? "";
  }
}
