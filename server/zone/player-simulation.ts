import { Button, type InputCommand } from "../../scripts/protocol/messages.ts";
import type { CollisionWorld } from "../../scripts/simulation/collision/collision-world.ts";
import { copyMoveState } from "../../scripts/simulation/move-state.ts";
import { stepMovement } from "../../scripts/simulation/movement.ts";
import type { Player } from "./player.ts";
import type { ZoneCounters } from "./zone-counters.ts";

/** Commands that one server tick runs at most for one player: half a second is caught up with in ten ticks. */
export const MAX_COMMANDS_PER_TICK = 4;
/** Commands that have not come are guessed for others no further than this: 250 ms, as far as clients guess themselves. */
export const MAX_GUESSED_TICKS = 15;

/** What the simulation of a player needs of it. */
export type MovingPlayer = Pick<Player, "state" | "commands" | "timeBank" | "lastCommand" | "trail" | "shown">;
type CommandCounters = Pick<
  ZoneCounters,
  "commandsExecuted" | "commandsLate" | "commandsPassedOver" | "playerTicksLost"
>;

/** Is asked and told about each command. */
export interface CommandWatch<Who> {
  /** May take from it what the character may not do. */
  before(player: Who, command: InputCommand): void;
  /** It has run. */
  after(player: Who, command: Readonly<InputCommand>): void;
}

const guess: InputCommand = { tick: 0, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };

/**
 * Runs one server tick for a player: the command that is due, and those that were due before and came late, a few per tick and
 * in order. What is early waits. Without a command the character waits.
 */
export function simulatePlayer<Moving extends MovingPlayer>(
  world: CollisionWorld,
  player: Moving,
  counters: CommandCounters,
  watch?: CommandWatch<Moving>,
): void {
  const { commands, timeBank } = player;
  counters.playerTicksLost -= timeBank.lostTicks;
  counters.commandsPassedOver -= commands.skipped;
  timeBank.beginTick(commands.started);
  let ran = 0;
  for (; ran < MAX_COMMANDS_PER_TICK && timeBank.owedTicks > 0; ran += 1) {
    const command = commands.take();
    if (command === undefined) break;
    // Nobody dashes but where somebody sees to it that not everybody does all the time.
    if (watch === undefined) command.buttons &= ~Button.dash;
    else watch.before(player, command);
    stepMovement(world, player.state, command);
    copyCommand(command, player.lastCommand);
    player.trail.add(command, player.state);
    watch?.after(player, command);
    counters.commandsExecuted += 1;
    if (timeBank.owedTicks > 1) counters.commandsLate += 1;
    timeBank.spend();
  }
  timeBank.endTick(ran === MAX_COMMANDS_PER_TICK);
  counters.playerTicksLost += timeBank.lostTicks;
  counters.commandsPassedOver += commands.skipped;
}

/**
 * Fills `player.shown`, where others see the character: where it is, or, while its commands are late, where it will be if it goes
 * on doing what it did last. So others see a smooth path, though the truth waits for the commands. Allocates nothing.
 * Guesses `mostTicks` at most.
 */
export function showState(world: CollisionWorld, player: MovingPlayer, mostTicks = MAX_GUESSED_TICKS): void {
  copyMoveState(player.state, player.shown);
  const guessedTicks = Math.min(player.timeBank.owedTicks, mostTicks);
  if (guessedTicks === 0) return;
  copyCommand(player.lastCommand, guess);
  // Whoever pressed jump once has not asked for another one.
  guess.buttons &= ~(Button.jump | Button.dash);
  for (let tick = 0; tick < guessedTicks; tick += 1) stepMovement(world, player.shown, guess);
}

function copyCommand(from: Readonly<InputCommand>, to: InputCommand): void {
  to.tick = from.tick;
  to.moveX = from.moveX;
  to.moveZ = from.moveZ;
  to.yaw = from.yaw;
  to.pitch = from.pitch;
  to.buttons = from.buttons;
}
