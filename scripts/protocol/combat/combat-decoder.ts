import type { DecodeFailure } from "../decode-error.ts";
import type { CombatMessageName, CombatMessages } from "./combat-messages.ts";
import {
  blankRow,
  type CellField,
  type Cells,
  COMBAT_SHAPES,
  type Loose,
  type RowsField,
  type Shape,
} from "./combat-shapes.ts";
import { createCombatMessages } from "./create-combat-messages.ts";

/** Fills the messages of the family, in place: from bodies that the verifier has approved, or from what MessagePack said. Rows are reused. */
export class CombatDecoder {
  readonly messages: CombatMessages = createCombatMessages();
  readonly #view: DataView;
  readonly #failure: DecodeFailure;
  /** Rows by shape and field, for ever. */
  readonly #pools = new Map<RowsField, Cells[]>();
  /** Their lists, also while one is absent. */
  readonly #spare = new Map<RowsField, Cells[]>();

  /** `body`: the memory in which bodies lie, each from the start of it. */
  constructor(body: Uint8Array, failure: DecodeFailure) {
    this.#view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    this.#failure = failure;
  }

  decode(name: CombatMessageName): boolean {
    const shape = COMBAT_SHAPES[name];
    const out = this.messages[name] as unknown as Loose;
    const table = this.#view.getUint32(0, true);
    const vtable = table - this.#view.getInt32(table, true);
    const vtableBytes = this.#view.getUint16(vtable, true);
    for (let id = 0; id < shape.fields.length; id += 1) {
      const field = shape.fields[id];
      if (field === undefined) continue;
      const slot = 4 + 2 * id;
      const offset = slot < vtableBytes ? this.#view.getUint16(vtable + slot, true) : 0;
      const at = offset === 0 ? 0 : table + offset;
      if (field.kind === "rows") this.#readRows(shape, field, at, out);
      else out[field.key] = this.#cell(shape, field, at === 0 ? 0 : this.#number(at, field.bytes));
    }
    return this.#failure.error === "";
  }

  /** The same from numbers by name, as `protocol_v1` has them. */
  fill(
    name: CombatMessageName,
    numberOf: (field: CellField) => number,
    rowsOf: (field: RowsField) => number[][] | undefined,
  ): void {
    const shape = COMBAT_SHAPES[name];
    const out = this.messages[name] as unknown as Loose;
    for (const field of shape.fields) {
      if (field.kind !== "rows") {
        out[field.key] = this.#cell(shape, field, numberOf(field));
        continue;
      }
      const rows = rowsOf(field);
      if (rows === undefined) {
        out[field.key] = undefined;
        continue;
      }
      const list = this.#list(field, out, rows.length);
      for (const [i, numbers] of rows.entries()) {
        for (const [c, cell] of field.row.entries()) {
          const row = list[i];
          if (row !== undefined) row[cell.key] = this.#cell(shape, cell, numbers[c] ?? 0);
        }
      }
    }
  }

  #readRows(shape: Shape, field: RowsField, at: number, out: Loose): void {
    // What is required the verifier has found.
    if (at === 0) {
      out[field.key] = undefined;
      return;
    }
    const vector = at + this.#view.getUint32(at, true);
    const count = this.#view.getUint32(vector, true);
    const list = this.#list(field, out, count);
    for (let i = 0; i < count; i += 1) {
      const row = list[i];
      let from = vector + 4 + i * field.rowBytes;
      for (let c = 0; c < field.row.length; c += 1) {
        const cell = field.row[c];
        if (cell === undefined || row === undefined) continue;
        row[cell.key] = this.#cell(shape, cell, this.#number(from, cell.bytes));
        from += cell.bytes;
      }
    }
  }

  /** The list of a message with so many rows in it. */
  #list(field: RowsField, out: Loose, count: number): Cells[] {
    let pool = this.#pools.get(field);
    if (pool === undefined) {
      pool = [];
      this.#pools.set(field, pool);
    }
    while (pool.length < count) pool.push(blankRow(field.row));
    let list = out[field.key] ?? this.#spare.get(field);
    if (!Array.isArray(list)) list = [];
    this.#spare.set(field, list);
    out[field.key] = list;
    list.length = 0;
    for (let i = 0; i < count; i += 1) {
      const row = pool[i];
      if (row !== undefined) list.push(row);
    }
    return list;
  }

  #number(at: number, bytes: 1 | 2 | 4): number {
    if (bytes === 1) return this.#view.getUint8(at);
    return bytes === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }

  #cell(shape: Shape, field: CellField, value: number): number | string {
    if (field.kind === "word") return field.words[value] ?? field.words[0] ?? "";
    if (value < field.min && this.#failure.error === "") {
      this.#failure.set("out_of_range", `${shape.name}.${field.name}`, `${field.min} or more`, value);
    }
    return value;
  }
}
