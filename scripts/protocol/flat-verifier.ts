import type { DecodeFailure } from "./decode-error.ts";

// The FlatBuffers runtime for TypeScript trusts every offset that it reads. Before it may read a received body, this
// walks the body by a description of its tables and proves that every field that will be read lies inside.
// Work is bounded by the body and by the layouts' own limits; nothing is allocated unless something is wrong.

/** One field of a table. Its place in the list of fields is its id in the schema. */
export type FieldLayout =
  /** A number or a struct, inside the table. */
  | { kind: "inline"; name: string; bytes: number; align: number; required: boolean }
  | { kind: "string"; name: string; minBytes: number; maxBytes: number; optional?: boolean }
  /** Numbers or structs in a row. */
  | { kind: "vector"; name: string; elementBytes: number; align: number; maxCount: number; optional?: boolean }
  /** Texts in a row, none of them empty. May be absent. */
  | { kind: "strings"; name: string; maxBytes: number; maxCount: number }
  | { kind: "tables"; name: string; table: TableLayout; maxCount: number };

/** What is known here of a table. Fields with higher ids, from newer minor versions, are not looked at. */
export interface TableLayout {
  name: string;
  fields: readonly FieldLayout[];
}

/** The generated readers take offsets inside tables for signed 16-bit numbers. */
const MAX_TABLE_BYTES = 0x7fff;
const OFFSET_BYTES = 4;

export class FlatVerifier {
  readonly #view: DataView;
  readonly #failure: DecodeFailure;
  #length = 0;

  /** `body`: the memory in which bodies lie, each from the start of it. */
  constructor(body: Uint8Array, failure: DecodeFailure) {
    this.#view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    this.#failure = failure;
  }

  /** Whether the body of `length` bytes can be read as `layout` says. Fills the failure if not. */
  verify(layout: TableLayout, length: number): boolean {
    this.#length = Math.min(length, this.#view.byteLength);
    if (this.#length < OFFSET_BYTES) {
      return this.#failure.set("bad_structure", layout.name, "a body of at least 4 bytes", length);
    }
    return this.#table(layout, this.#view.getUint32(0, true));
  }

  #table(layout: TableLayout, at: number): boolean {
    if (!this.#fits(at, 4, 4)) return this.#outside(layout.name, "table", at);
    const vtable = at - this.#view.getInt32(at, true);
    if (!this.#fits(vtable, 4, 2)) return this.#outside(layout.name, "vtable", vtable);
    const vtableBytes = this.#view.getUint16(vtable, true);
    const tableBytes = this.#view.getUint16(vtable + 2, true);
    if (
      vtableBytes < 4 ||
      vtableBytes % 2 !== 0 ||
      vtableBytes > MAX_TABLE_BYTES ||
      !this.#fits(vtable, vtableBytes, 2)
    ) {
      return this.#failure.set("bad_structure", `${layout.name} vtable`, "an even size inside the body", vtableBytes);
    }
    if (tableBytes < 4 || tableBytes > MAX_TABLE_BYTES || !this.#fits(at, tableBytes, 4)) {
      return this.#failure.set("bad_structure", layout.name, "a table size inside the body", tableBytes);
    }
    for (let id = 0; id < layout.fields.length; id++) {
      const field = layout.fields[id];
      const slot = 4 + 2 * id;
      const offset = slot < vtableBytes ? this.#view.getUint16(vtable + slot, true) : 0;
      if (field !== undefined && !this.#field(layout, field, at, offset, tableBytes)) return false;
    }
    return true;
  }

  #field(layout: TableLayout, field: FieldLayout, table: number, offset: number, tableBytes: number): boolean {
    if (offset === 0) {
      if (mayBeAbsent(field)) return true;
      return this.#failure.set("missing_field", `${layout.name}.${field.name}`, "the field", "none");
    }
    const bytes = field.kind === "inline" ? field.bytes : OFFSET_BYTES;
    const align = field.kind === "inline" ? field.align : OFFSET_BYTES;
    if (offset < 4 || offset + bytes > tableBytes || (table + offset) % align !== 0) {
      const expected = `${bytes} aligned bytes inside the table of ${tableBytes}`;
      return this.#failure.set("bad_structure", `${layout.name}.${field.name}`, expected, `offset ${offset}`);
    }
    if (field.kind === "inline") return true;
    const at = table + offset + this.#view.getUint32(table + offset, true);
    return this.#vector(layout, field, at);
  }

  #vector(layout: TableLayout, field: Exclude<FieldLayout, { kind: "inline" }>, at: number): boolean {
    const name = field.name;
    if (!this.#fits(at, 4, 4)) return this.#outside(`${layout.name}.${name}`, "length", at);
    const count = this.#view.getUint32(at, true);
    const start = at + 4;
    if (field.kind === "string") return this.#string(layout, field, start, count);
    if (count > field.maxCount) {
      return this.#failure.set("too_many", `${layout.name}.${name}`, `at most ${field.maxCount}`, count);
    }
    const elementBytes = field.kind === "vector" ? field.elementBytes : OFFSET_BYTES;
    const align = field.kind === "vector" ? field.align : OFFSET_BYTES;
    if (!this.#fits(start, count * elementBytes, align)) {
      return this.#failure.set(
        "bad_structure",
        `${layout.name}.${name}`,
        "all elements inside the body",
        `${count} elements`,
      );
    }
    if (field.kind === "vector") return true;
    for (let i = 0; i < count; i++) {
      const element = start + i * OFFSET_BYTES;
      const at = element + this.#view.getUint32(element, true);
      if (!(field.kind === "tables" ? this.#table(field.table, at) : this.#element(layout, field, at))) return false;
    }
    return true;
  }

  #element(layout: TableLayout, { name, maxBytes }: Extract<FieldLayout, { kind: "strings" }>, at: number): boolean {
    if (!this.#fits(at, 4, 4)) return this.#outside(`${layout.name}.${name}`, "length", at);
    return this.#string(
      layout,
      { kind: "string", name, minBytes: 1, maxBytes },
      at + 4,
      this.#view.getUint32(at, true),
    );
  }

  #string(layout: TableLayout, field: Extract<FieldLayout, { kind: "string" }>, start: number, bytes: number): boolean {
    const subject = `${layout.name}.${field.name}`;
    if (bytes > field.maxBytes) {
      return this.#failure.set("string_too_long", subject, `at most ${field.maxBytes} bytes`, bytes);
    }
    if (bytes < field.minBytes)
      return this.#failure.set("out_of_range", subject, `at least ${field.minBytes} bytes`, bytes);
    if (!this.#fits(start, bytes + 1, 1) || this.#view.getUint8(start + bytes) !== 0) {
      return this.#failure.set("bad_structure", subject, "text inside the body with a zero after it", `${bytes} bytes`);
    }
    return true;
  }

  #fits(at: number, bytes: number, align: number): boolean {
    return at >= 0 && at + bytes <= this.#length && at % align === 0;
  }

  #outside(subject: string, part: string, at: number): false {
    return this.#failure.set(
      "bad_structure",
      subject,
      `an aligned ${part} inside ${this.#length} bytes`,
      `offset ${at}`,
    );
  }
}

function mayBeAbsent(field: FieldLayout): boolean {
  return (
    field.kind === "strings" ||
    (field.kind === "inline" && !field.required) ||
    ((field.kind === "string" || field.kind === "vector") && field.optional === true)
  );
}
