import type { Builder, Offset } from "flatbuffers";
import { BodyTemplate } from "./body-template.ts";
import { Command } from "./generated/wire/command.ts";
import { Input as InputTable } from "./generated/wire/input.ts";
import { assertInput } from "./input-rules.ts";
import { type Input, MAX_COMMANDS_PER_INPUT, MessageType } from "./messages.ts";
import { type PacketHeader, writePacketHeader } from "./packet-header.ts";
import { INPUT_KEYFRAME_NEEDED } from "./wire-limits.ts";

const COMMAND_BYTES = Command.sizeOf();

function buildLongest(builder: Builder, flags: number): Offset {
  InputTable.startCommandsVector(builder, MAX_COMMANDS_PER_INPUT);
  builder.pad(COMMAND_BYTES * MAX_COMMANDS_PER_INPUT);
  const commands = builder.endVector();
  InputTable.startInput(builder);
  InputTable.addCommands(builder, commands);
  InputTable.addFirstTick(builder, 0);
  InputTable.addAckServerTick(builder, 0);
  if (flags !== 0) InputTable.addFlags(builder, flags);
  return InputTable.endInput(builder);
}

/** Writes `Input` packets into memory that is reused. Allocates nothing once a count of commands has been seen. */
export class InputEncoder {
  readonly #plain = new InputWriter(0);
  readonly #asking = new InputWriter(INPUT_KEYFRAME_NEEDED);

  /** Throws `RangeError` on a value that the wire cannot carry, and on ticks that are not consecutive. */
  encode(header: Readonly<PacketHeader>, message: Readonly<Input>): Uint8Array {
    return (message.keyframeNeeded ? this.#asking : this.#plain).encode(header, message);
  }
}

/** Inputs with the same flags. Without flags the field is left out, and the bytes are those of 1.0. */
class InputWriter {
  readonly #template: BodyTemplate;
  readonly #table: InputTable;
  readonly #command = new Command();
  readonly #commandsAt: number;

  constructor(flags: number) {
    this.#template = new BodyTemplate((builder) => buildLongest(builder, flags));
    this.#table = InputTable.getRootAsInput(this.#template.body);
    this.#table.commands(0, this.#command);
    this.#commandsAt = this.#command.bb_pos;
  }

  encode(header: Readonly<PacketHeader>, message: Readonly<Input>): Uint8Array {
    assertInput(message);
    const count = message.commandCount;
    const firstTick = count > 0 ? (message.commands[0]?.tick ?? 0) : 0;
    this.#table.mutate_ack_server_tick(message.ackServerTick);
    this.#table.mutate_first_tick(firstTick);
    this.#template.body.writeInt32(this.#commandsAt - 4, count);
    for (let i = 0; i < count; i++) this.#writeCommand(message, i);
    const cutBytes = COMMAND_BYTES * (MAX_COMMANDS_PER_INPUT - count);
    writePacketHeader(this.#template.packet, MessageType.input, header, this.#template.bodyLength - cutBytes);
    return this.#template.view(count, cutBytes);
  }

  #writeCommand(message: Readonly<Input>, i: number): void {
    const command = message.commands[i];
    if (command === undefined) return;
    const wire = this.#command;
    wire.__init(this.#commandsAt + i * COMMAND_BYTES, this.#template.body);
    wire.mutate_yaw(command.yaw);
    wire.mutate_pitch(command.pitch);
    wire.mutate_move_x(command.moveX);
    wire.mutate_move_z(command.moveZ);
    wire.mutate_buttons(command.buttons);
  }
}
