import type { DecodeFailure } from "../decode-error.ts";
import type { FieldLayout, TableLayout } from "../flat-verifier.ts";
import { MAX_UINT32 } from "../wire-limits.ts";
import type { RowLayout } from "./struct-rows.ts";

/**
 * Reads the fields of one message out of what the library has decoded, held to the same layouts as a FlatBuffer is: who may be
 * absent, how long a text and how many elements of a list may be. What is wrong goes to the failure, the first thing only; the
 * values that come back then mean nothing.
 */
export class BodyReader {
  readonly #failure: DecodeFailure;
  readonly #text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #layout: TableLayout = { name: "", fields: [] };
  #fields: Readonly<Record<string, unknown>> = {};

  constructor(failure: DecodeFailure) {
    this.#failure = failure;
  }

  /** Turns to the message that is to be read. */
  open(layout: TableLayout, body: unknown): void {
    this.#layout = layout;
    this.#fields = isMap(body) ? body : {};
    if (!isMap(body)) this.#fail("bad_structure", layout.name, "a map", kindOf(body));
  }

  /** An unsigned number of the layout's width; 0 if absent. */
  unsigned(name: string, min = 0): number {
    const layout = this.#field(name, "inline");
    return this.#integer(this.#fields[name] ?? 0, min, 2 ** (8 * layout.bytes) - 1, name);
  }

  /** The same, 1 or more. */
  positive(name: string): number {
    return this.unsigned(name, 1);
  }

  text(name: string): string {
    const layout = this.#field(name, "string");
    const value = this.#fields[name] ?? undefined;
    if (value === undefined && layout.optional === true) return "";
    return this.#decode(value, layout.minBytes, layout.maxBytes, name);
  }

  patterned(name: string, pattern: RegExp): string {
    return this.#matching(this.text(name), pattern, name);
  }

  /** Texts in a row; none if absent. */
  texts(name: string, pattern: RegExp): string[] {
    const layout = this.#field(name, "strings");
    const list = this.#list(this.#fields[name] ?? [], layout.maxCount, name);
    const texts: string[] = [];
    for (let i = 0; i < list.length && this.#failure.error === ""; i++) {
      texts.push(this.#matching(this.#decode(list[i], 1, layout.maxBytes, name), pattern, name));
    }
    return texts;
  }

  /** Whether the field is there: nil is not. */
  has(name: string): boolean {
    return (this.#fields[name] ?? undefined) !== undefined;
  }

  /** The elements of a list of maps or rows, which are looked at one by one then. */
  elements(name: string): readonly unknown[] {
    const layout = this.#layout.fields.find((field) => field.name === name);
    if (layout?.kind !== "vector" && layout?.kind !== "tables") throw this.#noSuchField(name);
    return this.#list(this.#fields[name], layout.maxCount, name);
  }

  /** How the elements of a list of maps are to be read. */
  tableOf(name: string): TableLayout {
    return this.#field(name, "tables").table;
  }

  /** The numbers of a struct, as `row` reads them. */
  struct(name: string, layout: RowLayout, out: number[]): void {
    const value = this.#fields[name] ?? undefined;
    if (value === undefined) this.#fail("missing_field", this.#subject(name), "the field", "none");
    else this.row(value, layout, out);
  }

  /** Reads the numbers of a row into `out`. What a later minor version has put behind them is not looked at. */
  row(value: unknown, layout: RowLayout, out: number[]): void {
    const { fields } = layout;
    if (!Array.isArray(value) || value.length < fields.length) {
      const got = Array.isArray(value) ? `${value.length} of them` : kindOf(value);
      this.#fail("bad_structure", layout.name, `a list of ${fields.length} numbers`, got);
      return;
    }
    const row: readonly unknown[] = value;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i];
      const number = row[i];
      if (field === undefined) continue;
      if (typeof number === "number" && number >= field.min && number <= field.max) out[i] = number;
      else this.#badNumber(number, field.min, field.max, `${layout.name}.${field.name}`);
    }
  }

  /** An element of a list of numbers, 1 to 2^32-1. */
  positiveElement(value: unknown, name: string): number {
    return this.#integer(value, 1, MAX_UINT32, name);
  }

  #integer(value: unknown, min: number, max: number, name: string): number {
    // The guard has let no number through that is not an integer.
    if (typeof value === "number" && value >= min && value <= max) return value;
    this.#badNumber(value, min, max, this.#subject(name));
    return 0;
  }

  #badNumber(value: unknown, min: number, max: number, subject: string): void {
    if (typeof value === "number") this.#fail("out_of_range", subject, `${min} to ${max}`, value);
    else this.#fail("bad_structure", subject, "an integer", kindOf(value));
  }

  #list(value: unknown, maxCount: number, name: string): readonly unknown[] {
    if (value === undefined || value === null) this.#fail("missing_field", this.#subject(name), "the field", "none");
    else if (!Array.isArray(value)) this.#fail("bad_structure", this.#subject(name), "a list", kindOf(value));
    else if (value.length > maxCount) this.#fail("too_many", this.#subject(name), `at most ${maxCount}`, value.length);
    else return value;
    return [];
  }

  #decode(value: unknown, minBytes: number, maxBytes: number, name: string): string {
    if (value === undefined) this.#fail("missing_field", this.#subject(name), "the field", "none");
    else if (!(value instanceof Uint8Array)) this.#fail("bad_structure", this.#subject(name), "a text", kindOf(value));
    else if (value.length > maxBytes)
      this.#fail("string_too_long", this.#subject(name), `at most ${maxBytes} bytes`, value.length);
    else if (value.length < minBytes)
      this.#fail("out_of_range", this.#subject(name), `at least ${minBytes} bytes`, value.length);
    else {
      try {
        return this.#text.decode(value);
      } catch {
        this.#fail("bad_utf8", this.#subject(name), "UTF-8", `${value.length} bytes that are not`);
      }
    }
    return "";
  }

  #matching(text: string, pattern: RegExp, name: string): string {
    if (!pattern.test(text)) this.#fail("out_of_range", this.#subject(name), String(pattern), JSON.stringify(text));
    return text;
  }

  #field<K extends FieldLayout["kind"]>(name: string, kind: K): Extract<FieldLayout, { kind: K }> {
    for (const field of this.#layout.fields) {
      if (field.name === name && hasKind(field, kind)) return field;
    }
    throw this.#noSuchField(name);
  }

  #noSuchField(name: string): Error {
    return new Error(`expected a field of ${this.#layout.name} in its layout, got ${name}`);
  }

  #subject(name: string): string {
    return `${this.#layout.name}.${name}`;
  }

  #fail(...what: Parameters<DecodeFailure["set"]>): void {
    if (this.#failure.error === "") this.#failure.set(...what);
  }
}

function hasKind<K extends FieldLayout["kind"]>(
  field: FieldLayout,
  kind: K,
): field is Extract<FieldLayout, { kind: K }> {
  return field.kind === kind;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** What came, in the words of the specification. */
function kindOf(value: unknown): string {
  if (value === null) return "nil";
  if (value === undefined) return "nothing";
  if (value instanceof Uint8Array) return "a text";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return "an integer";
  return typeof value === "boolean" ? "a boolean" : "a map";
}
