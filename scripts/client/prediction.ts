import type { InputCommand } from "../protocol/messages.ts";
import type { CollisionWorld } from "../simulation/collision/collision-world.ts";
import { copyMoveState, createMoveState, type MoveState, sameMoveState } from "../simulation/move-state.ts";
import { stepMovement } from "../simulation/movement.ts";
import { PredictionRing, RING_TICKS } from "./prediction-ring.ts";

/**
 * Commands that may be unanswered. Beyond that (2 s without an acknowledgement) the character waits: going on would predict
 * what the server can no longer be told.
 */
export const MAX_COMMANDS_IN_FLIGHT = 120;

/**
 * What a snapshot's own state meant: it was predicted; it was not, and commands were replayed; the server has since moved the character without
 * a command, and commands were replayed upon that; or it is too old to say.
 */
export type ReconcileResult = "match" | "corrected" | "pushed" | "ignored";

/**
 * The own character ahead of the server: every command is simulated here the moment it is given, and when the server says what
 * it made of one, the states agree to the last bit or the commands since are replayed upon the server's state.
 */
export class Prediction {
  readonly #world: CollisionWorld;
  readonly #ring = new PredictionRing();
  readonly #compared = createMoveState();
  readonly #replayed: InputCommand = { tick: 0, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };
  /** State after `newestTick`. Read only. */
  readonly state = createMoveState();
  #firstTick: number;
  #newestTick: number;
  #ackedTick: number;
  /** Movement of the newest predicted position by the last correction, metres: after minus before. */
  readonly correction = { x: 0, y: 0, z: 0 };
  /** Ticks that the last correction replayed. */
  replayedTicks = 0;

  /** Starts from a server's state; the first command will carry `firstTick`, which is above 0. */
  constructor(world: CollisionWorld, start: MoveState, firstTick: number) {
    this.#world = world;
    this.#firstTick = firstTick;
    this.#newestTick = firstTick - 1;
    this.#ackedTick = firstTick - 1;
    copyMoveState(start, this.state);
    this.#ring.writeState(this.#newestTick, start);
  }

  get newestTick(): number {
    return this.#newestTick;
  }

  /** Newest tick that the server has executed, as far as is known. */
  get ackedTick(): number {
    return this.#ackedTick;
  }

  get commandsInFlight(): number {
    return this.#newestTick - this.#ackedTick;
  }

  /** False while so many commands are unanswered that no more may be given. */
  get ready(): boolean {
    return this.commandsInFlight < MAX_COMMANDS_IN_FLIGHT;
  }

  /** Oldest tick whose command can still be read. */
  get oldestTick(): number {
    return Math.max(this.#firstTick, this.#newestTick - RING_TICKS + 1);
  }

  /** Simulates one command, whose tick must be the one after `newestTick`. */
  step(command: InputCommand): void {
    if (command.tick !== this.#newestTick + 1) {
      throw new RangeError(`expected the command of tick ${this.#newestTick + 1}, got ${command.tick}`);
    }
    stepMovement(this.#world, this.state, command);
    this.#newestTick = command.tick;
    this.#ring.writeCommand(command);
    this.#ring.writeState(command.tick, this.state);
  }

  /** Where a command would take the character, without taking it there. */
  peek(command: InputCommand, out: MoveState): void {
    copyMoveState(this.state, out);
    stepMovement(this.#world, out, command);
  }

  readCommand(tick: number, out: InputCommand): void {
    this.#ring.readCommand(tick, out);
  }

  /**
   * Takes in the server's state after command `ackTick` (0: before the first). The same tick may come again with another
   * state, when the server moved the character for reasons of its own.
   */
  reconcile(ackTick: number, server: MoveState): ReconcileResult {
    const tick = ackTick === 0 ? this.#firstTick - 1 : ackTick;
    if (tick < this.#ackedTick || tick > this.#newestTick) return "ignored";
    const again = tick === this.#ackedTick;
    this.#ackedTick = tick;
    this.#ring.readState(tick, this.#compared);
    if (sameMoveState(this.#compared, server)) return "match";
    this.#replay(tick, server);
    return again ? "pushed" : "corrected";
  }

  #replay(tick: number, server: MoveState): void {
    const { x, y, z } = this.state;
    this.#ring.writeState(tick, server);
    copyMoveState(server, this.state);
    this.replayedTicks = 0;
    for (let replayed = tick + 1; replayed <= this.#newestTick; replayed += 1) {
      this.#ring.readCommand(replayed, this.#replayed);
      stepMovement(this.#world, this.state, this.#replayed);
      this.replayedTicks += 1;
      this.#ring.readState(replayed, this.#compared);
      if (sameMoveState(this.#compared, this.state)) {
        // The same state and the same commands from here on: what was predicted then holds, as against a wall.
        this.#ring.readState(this.#newestTick, this.state);
        break;
      }
      this.#ring.writeState(replayed, this.state);
    }
    this.correction.x = this.state.x - x;
    this.correction.y = this.state.y - y;
    this.correction.z = this.state.z - z;
  }
}
