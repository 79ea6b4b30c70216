import type { Participant } from "./participant.ts";
import type { VirtualWorld } from "./virtual-world.ts";

/** The server moves a character by so much, metres: from hardly visible to almost a teleport. */
const PUSHES_METERS = [0.0625, 0.25, 1, 2.5];
const SETTLE_MS = 3000;
const WATCH_MS = 4000;

export interface SmoothingResult {
  /** The longest time in which the visible part of an error halved, milliseconds. */
  halfMs: number;
  /** Whether every error only ever shrank, and no way was drawn beyond the right place. */
  monotone: boolean;
}

/**
 * Moves a standing character on the server, and watches how its own screen takes it there. The time is counted from the last
 * frame before the character moves on the screen, to the moment, between frames too, when half of the way is done.
 */
export function runSmoothingTrial(world: VirtualWorld, participant: Participant): SmoothingResult {
  const { player } = participant;
  Object.assign(player.input, { moveX: 0, moveZ: 0, jump: false });
  player.beforeFrame = () => {};
  let halfMs = 0;
  let monotone = true;
  for (const push of PUSHES_METERS) {
    world.runFor(SETTLE_MS);
    const result = watchPush(world, participant, push);
    halfMs = Math.max(halfMs, result.halfMs);
    monotone = monotone && result.monotone;
  }
  return { halfMs, monotone };
}

function watchPush(world: VirtualWorld, participant: Participant, pushMeters: number): SmoothingResult {
  const { player, server } = participant;
  if (server === undefined) throw new Error("smoothing: the server does not know the character");
  const startX = player.client.own.x;
  // The frame before the push is the first one: at a low rate the next one may already show it.
  const done = [{ atMs: player.nextFrameAtMs - player.frameMs, share: 0 }];
  const before = player.onFrame;
  player.onFrame = () => {
    before();
    done.push({ atMs: world.nowMs, share: (player.client.own.x - startX) / pushMeters });
  };
  server.state.x += pushMeters;
  world.runFor(WATCH_MS);
  player.onFrame = before;
  return judge(done);
}

function judge(done: readonly { atMs: number; share: number }[]): SmoothingResult {
  const first = done.findIndex(({ share }) => Math.abs(share) > 1e-6);
  const start = done[first - 1];
  if (start === undefined || (done.at(-1)?.share ?? 0) < 0.99)
    return { halfMs: Number.POSITIVE_INFINITY, monotone: false };
  let monotone = true;
  let halfMs = Number.POSITIVE_INFINITY;
  for (let index = first; index < done.length; index += 1) {
    const from = done[index - 1];
    const to = done[index];
    if (from === undefined || to === undefined) break;
    if (to.share < from.share - 1e-3 || to.share > 1 + 1e-3) monotone = false;
    if (to.share < 0.5 || halfMs < Number.POSITIVE_INFINITY) continue;
    halfMs = from.atMs + ((to.atMs - from.atMs) * (0.5 - from.share)) / (to.share - from.share) - start.atMs;
  }
  return { halfMs, monotone };
}
