import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInputSample } from "../../../scripts/client/input-sample.ts";
import { InputSampler, quantizeMove, quantizePitch, quantizeYaw } from "../../../scripts/client/input-sampler.ts";
import { createInputCommand } from "../../../scripts/protocol/create-messages.ts";
import { Button } from "../../../scripts/protocol/messages.ts";
import { isValidCommand } from "../../../scripts/simulation/command.ts";

function jumps(buttons: number): boolean {
  return (buttons & Button.jump) !== 0;
}

describe("InputSampler", () => {
  it("keeps a press that is over before the next tick, for exactly one tick", () => {
    const sampler = new InputSampler();
    const command = createInputCommand();
    sampler.look({ ...createInputSample(), jump: true });
    sampler.look(createInputSample());
    sampler.take(1, command);
    expect(jumps(command.buttons)).toBe(true);
    sampler.take(2, command);
    expect(jumps(command.buttons)).toBe(false);
  });

  it("does not use the press up by looking ahead", () => {
    const sampler = new InputSampler();
    const command = createInputCommand();
    sampler.look({ ...createInputSample(), jump: true });
    sampler.look(createInputSample());
    sampler.peek(1, command);
    sampler.peek(1, command);
    sampler.take(1, command);
    expect(jumps(command.buttons)).toBe(true);
  });

  it("holds what is held over all the ticks of a long frame", () => {
    const sampler = new InputSampler();
    const command = createInputCommand();
    sampler.look({ ...createInputSample(), jump: true, sprint: true, moveZ: -1 });
    for (let tick = 1; tick <= 6; tick += 1) {
      sampler.take(tick, command);
      expect(command).toMatchObject({ tick, moveZ: -127, buttons: Button.jump | Button.sprint });
    }
  });

  it("makes a valid command of anything", () => {
    const sampler = new InputSampler();
    const command = createInputCommand();
    const sample = fc.record({
      moveX: fc.double(),
      moveZ: fc.double(),
      yawRadians: fc.double(),
      pitchRadians: fc.double(),
      jump: fc.boolean(),
      sprint: fc.boolean(),
      strike: fc.boolean(),
    });
    fc.assert(
      fc.property(sample, (any) => {
        sampler.look(any);
        sampler.take(7, command);
        expect(isValidCommand(command)).toBe(true);
      }),
    );
  });
});

describe("quantization", () => {
  it("has the ends and the middle where the wire has them", () => {
    expect([-1, 0, 1, 2, -2].map(quantizeMove)).toEqual([-127, 0, 127, 127, -127]);
    expect([0, Math.PI / 2, Math.PI, -Math.PI / 2].map(quantizeYaw)).toEqual([0, 16384, 32768, 49152]);
    expect([-Math.PI / 2, 0, Math.PI / 2, 9].map(quantizePitch)).toEqual([-16384, 0, 16384, 16384]);
  });

  it("gives whole turns more or less the same yaw", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65535 }), fc.integer({ min: -50, max: 50 }), (yaw, turns) => {
        expect(quantizeYaw((yaw / 65536 + turns) * 2 * Math.PI)).toBe(yaw);
      }),
    );
  });
});
