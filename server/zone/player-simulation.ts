import type { CollisionWorld } from "../../scripts/simulation/collision/collision-world.ts";
import { stepMovement } from "../../scripts/simulation/movement.ts";
import { type Player, TIME_BANK_TICKS } from "./player.ts";

/** Commands that may wait without being hurried along: room for jitter, two ticks of delay. */
const TARGET_QUEUE_TICKS = 2;
/** Commands that one server tick runs at most for one player, when its queue is longer than the target. */
const MAX_COMMANDS_PER_TICK = 3;

/**
 * Runs one server tick for a player: one command, or a few when they came late and bunched. Every executed command
 * costs a tick of the time bank, which fills by one per server tick, so nobody moves faster than time. Without a
 * command the character waits. Returns how many commands ran.
 */
export function simulatePlayer(world: CollisionWorld, player: Player): number {
  player.timeBankTicks = Math.min(player.timeBankTicks + 1, TIME_BANK_TICKS);
  let executed = 0;
  while (player.timeBankTicks > 0 && executed < MAX_COMMANDS_PER_TICK) {
    if (executed > 0 && player.commands.length <= TARGET_QUEUE_TICKS) break;
    const command = player.commands.take();
    if (command === undefined) break;
    stepMovement(world, player.state, command);
    player.timeBankTicks -= 1;
    executed += 1;
  }
  return executed;
}
