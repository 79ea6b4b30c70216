import { Builder } from "flatbuffers";
import { BodyTemplate } from "../body-template.ts";
import type { MessageType } from "../messages.ts";
import { HEADER_BYTES, type PacketHeader, writePacketHeader } from "../packet-header.ts";
import { MAX_PACKET_BYTES } from "../wire-limits.ts";
import { assertInteger } from "../wire-value.ts";
import type { CombatMessageName, CombatMessages } from "./combat-messages.ts";
import { type CellField, type Cells, COMBAT_SHAPES, type Loose, type RowsField, type Shape } from "./combat-shapes.ts";

/** A message without rows: built once, and only its numbers are written anew. */
interface FlatMessage {
  readonly template: BodyTemplate;
  readonly view: DataView;
  /** Where in the packet each field lies. */
  readonly places: readonly number[];
}

/** Writes the combat family by its shapes, into memory that is reused. */
export class CombatEncoder {
  readonly #flat = new Map<Shape, FlatMessage>();
  readonly #builder = new Builder(1_024);
  readonly #packet = new Uint8Array(MAX_PACKET_BYTES);
  readonly #offsets: number[] = [];

  constructor() {
    this.#builder.forceDefaults(true);
  }

  /** Throws `RangeError` on what the wire cannot carry. */
  encode<Name extends CombatMessageName>(
    type: MessageType,
    header: Readonly<PacketHeader>,
    name: Name,
    message: Readonly<CombatMessages[Name]>,
  ): Uint8Array {
    const shape = COMBAT_SHAPES[name];
    const values = message as unknown as Loose;
    if (isFlat(shape)) return this.#encodeFlat(type, header, shape, values);
    const builder = this.#builder;
    builder.clear();
    for (let id = 0; id < shape.fields.length; id += 1) {
      const field = shape.fields[id];
      if (field?.kind === "rows") this.#offsets[id] = this.#rows(shape, field, values[field.key]);
    }
    builder.startObject(shape.fields.length);
    for (let id = 0; id < shape.fields.length; id += 1) {
      const field = shape.fields[id];
      if (field === undefined) continue;
      if (field.kind === "rows") builder.addFieldOffset(id, this.#offsets[id] ?? 0, 0);
      else addCell(builder, id, field, cellNumber(shape, field, values[field.key]));
    }
    builder.finish(builder.endObject());
    const body = builder.asUint8Array();
    writePacketHeader(this.#packet, type, header, body.length);
    this.#packet.set(body, HEADER_BYTES);
    return this.#packet.subarray(0, HEADER_BYTES + body.length);
  }

  #encodeFlat(type: MessageType, header: Readonly<PacketHeader>, shape: Shape, values: Loose): Uint8Array {
    let flat = this.#flat.get(shape);
    if (flat === undefined) {
      flat = buildFlat(shape);
      this.#flat.set(shape, flat);
    }
    const { template, view, places } = flat;
    for (let id = 0; id < shape.fields.length; id += 1) {
      const field = shape.fields[id];
      if (field === undefined || field.kind === "rows") continue;
      const value = cellNumber(shape, field, values[field.key]);
      const at = places[id] ?? 0;
      if (field.bytes === 1) view.setUint8(at, value);
      else if (field.bytes === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
    }
    writePacketHeader(template.packet, type, header, template.bodyLength);
    return template.packet;
  }

  /** Built from its end, as everything in a FlatBuffer is. */
  #rows(shape: Shape, field: RowsField, rows: Loose[string]): number {
    if (rows === undefined && field.optional) return 0;
    if (!Array.isArray(rows)) throw new RangeError(`${shape.name}.${field.key}: expected a list, got ${typeof rows}`);
    assertInteger(rows.length, 0, field.most, `${shape.name}.${field.key}.length`);
    const builder = this.#builder;
    builder.startVector(field.rowBytes, rows.length, 4);
    for (let i = rows.length - 1; i >= 0; i -= 1) {
      const row = rows[i];
      if (row !== undefined) this.#row(shape, field, row);
    }
    return builder.endVector();
  }

  #row(shape: Shape, field: RowsField, row: Cells): void {
    const builder = this.#builder;
    builder.prep(4, field.rowBytes);
    builder.pad(field.rowBytes - packedBytes(field));
    for (let i = field.row.length - 1; i >= 0; i -= 1) {
      const cell = field.row[i];
      if (cell === undefined) continue;
      const value = cellNumber(shape, cell, row[cell.key]);
      if (cell.bytes === 1) builder.writeInt8(value);
      else if (cell.bytes === 2) builder.writeInt16(value);
      else builder.writeInt32(value);
    }
  }
}

function isFlat({ fields }: Shape): boolean {
  for (let id = 0; id < fields.length; id += 1) if (fields[id]?.kind === "rows") return false;
  return true;
}

function buildFlat({ fields }: Shape): FlatMessage {
  const template = new BodyTemplate((builder) => {
    builder.startObject(fields.length);
    for (const [id, field] of fields.entries()) if (field.kind !== "rows") addCell(builder, id, field, 0);
    return builder.endObject();
  });
  const { body, packet } = template;
  const table = body.readInt32(body.position()) + body.position();
  const places = fields.map((_, id) => HEADER_BYTES + table + body.__offset(table, 4 + 2 * id));
  return { template, view: new DataView(packet.buffer, packet.byteOffset, packet.byteLength), places };
}

function addCell(builder: Builder, id: number, { bytes }: CellField, value: number): void {
  if (bytes === 1) builder.addFieldInt8(id, value, 0);
  else if (bytes === 2) builder.addFieldInt16(id, value, 0);
  else builder.addFieldInt32(id, value, 0);
}

/** Fields of a struct stand with the largest first: there is nothing between them. */
function packedBytes({ row }: RowsField): number {
  let bytes = 0;
  for (let i = 0; i < row.length; i += 1) bytes += row[i]?.bytes ?? 0;
  return bytes;
}

/** What a cell is on the wire. Throws `RangeError` on what it cannot carry. */
export function cellNumber(shape: Shape, field: CellField, value: Loose[string]): number {
  if (field.kind === "word") {
    const number = field.words.indexOf(String(value));
    if (number < 0) throw new RangeError(`${shape.name}.${field.key}: expected one of its words, got ${String(value)}`);
    return number;
  }
  assertInteger(typeof value === "number" ? value : Number.NaN, field.min, field.max, `${shape.name}.${field.key}`);
  return Number(value);
}
