import type { ByteBuffer } from "flatbuffers";
import type { DecodeFailure } from "./decode-error.ts";
import { Command } from "./generated/wire/command.ts";
import { Input as InputTable } from "./generated/wire/input.ts";
import { checkCommand, checkFirstTick } from "./input-rules.ts";
import type { Input, InputCommand } from "./messages.ts";
import { INPUT_KEYFRAME_NEEDED } from "./wire-limits.ts";

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
    if (!checkFirstTick(firstTick, count, this.#failure)) return false;
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
    out.buttons = wire.buttons();
    return checkCommand(out, this.#failure);
  }
}
