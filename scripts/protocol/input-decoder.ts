import type { ByteBuffer } from "flatbuffers";
import type { DecodeFailure } from "./decode-error.ts";
import { Command } from "./generated/wire/command.ts";
import { Input as InputTable } from "./generated/wire/input.ts";
import type { Input, InputCommand } from "./messages.ts";
import { INPUT_KEYFRAME_NEEDED, KNOWN_BUTTONS, MAX_MOVE, MAX_PITCH, MAX_UINT32 } from "./wire-limits.ts";

/** Fills an `Input` from a body that has been verified. Allocates nothing. */
export class InputDecoder {
  readonly #body: ByteBuffer;
  readonly #failure: DecodeFailure;
  readonly #table = new InputTable();
  readonly #command = new Command();

  constructor(body: ByteBuffer, failure: DecodeFailure) {
    this.#body = body;
    this.#failure = failure;
  }

  decode(out: Input): boolean {
    const table = InputTable.getRootAsInput(this.#body, this.#table);
    const count = table.commandsLength();
    const firstTick = table.firstTick();
    out.ackServerTick = table.ackServerTick();
    out.keyframeNeeded = (table.flags() & INPUT_KEYFRAME_NEEDED) !== 0;
    out.commandCount = 0;
    if (count === 0) {
      if (firstTick === 0) return true;
      return this.#failure.set("out_of_range", "Input.first_tick", "0 without commands", firstTick);
    }
    if (firstTick === 0 || firstTick > MAX_UINT32 - (count - 1)) {
      return this.#failure.set("out_of_range", "Input.first_tick", `1 to ${MAX_UINT32 - (count - 1)}`, firstTick);
    }
    for (let i = 0; i < count; i++) {
      const command = out.commands[i];
      const wire = table.commands(i, this.#command);
      if (command === undefined || wire === null) {
        return this.#failure.set("too_many", "Input.commands", `at most ${out.commands.length}`, count);
      }
      command.tick = firstTick + i;
      if (!this.#read(wire, command)) return false;
    }
    out.commandCount = count;
    return true;
  }

  #read(wire: Command, out: InputCommand): boolean {
    out.yaw = wire.yaw();
    out.pitch = wire.pitch();
    out.moveX = wire.moveX();
    out.moveZ = wire.moveZ();
    out.buttons = wire.buttons() & KNOWN_BUTTONS;
    if (Math.abs(out.pitch) > MAX_PITCH) {
      return this.#failure.set("out_of_range", "Command.pitch", `-${MAX_PITCH} to ${MAX_PITCH}`, out.pitch);
    }
    // Only -128 is outside.
    if (Math.abs(out.moveX) > MAX_MOVE) return this.#badMove("Command.move_x", out.moveX);
    if (Math.abs(out.moveZ) > MAX_MOVE) return this.#badMove("Command.move_z", out.moveZ);
    return true;
  }

  #badMove(subject: string, value: number): false {
    return this.#failure.set("out_of_range", subject, `-${MAX_MOVE} to ${MAX_MOVE}`, value);
  }
}
