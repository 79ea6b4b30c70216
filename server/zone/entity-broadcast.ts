import { EntityHistory } from "../../scripts/protocol/snapshot-codec/entity-history.ts";
import { SenderWorkspace } from "../../scripts/protocol/snapshot-codec/sender-workspace.ts";
import { SnapshotSender } from "../../scripts/protocol/snapshot-codec/snapshot-sender.ts";
import { animationOf } from "../../scripts/simulation/animation.ts";
import { POSITION_STEPS_PER_METER, SNAPSHOT_RATE_HZ, TICK_RATE_HZ } from "../../scripts/simulation/constants.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import { ZoneTerrain } from "../../scripts/simulation/zone-terrain.ts";
import { AreaOfInterest } from "./area-of-interest.ts";
import type { Character, Vitals } from "./character.ts";
import type { Player } from "./player.ts";
import { FEWEST_PER_VIEWER } from "./record-budget.ts";

/** Longest packet of the codec: with the header and the own state before it, one datagram. */
const PACKET_BYTES = 1_100;
/** What one player is told per snapshot at most: 66 KB/s. Who does not fit waits for the next one, the near not for long. */
export const SNAPSHOT_BUDGET_BYTES = 3 * PACKET_BYTES;
/** Urgency of whoever stands beside the viewer; at `HALF_URGENCY_METERS` it is half as much. */
const NEAREST_URGENCY = 4_096;
const HALF_URGENCY_METERS = 32;
/** With less room than this for others, the nearest are told of in every other snapshot: at 10 Hz. */
const LEAST_TURNS = 16;
const NOBODY: readonly Character[] = [];
/** Players are told in turns, a third in each tick, so that no tick has all the work. */
export const TICKS_PER_SNAPSHOT = TICK_RATE_HZ / SNAPSHOT_RATE_HZ;

/**
 * The zone's characters as all senders tell of them: one history for all players of a turn, written once per snapshot. A character
 * keeps its place in the histories while it is here. Allocates nothing but senders.
 */
export class EntityBroadcast {
  /** Health and condition of everybody; without them, everybody has none. */
  vitals: Vitals | undefined;
  /** Who sees whom. */
  readonly area: AreaOfInterest;
  readonly #workspaces: readonly SenderWorkspace[];
  readonly #free: number[];
  #recordsPerViewer = FEWEST_PER_VIEWER;

  /** `maxPlayers`: characters that can be here at once. */
  constructor(zone: Zone, maxPlayers: number) {
    this.area = new AreaOfInterest(maxPlayers);
    const terrain = new ZoneTerrain(zone.world.heightfield);
    this.#workspaces = Array.from(
      { length: TICKS_PER_SNAPSHOT },
      () => new SenderWorkspace(new EntityHistory(maxPlayers), terrain),
    );
    this.#free = Array.from({ length: maxPlayers }, (_, index) => maxPlayers - 1 - index);
  }

  /** For one session: what it knows of its receiver ends with it. */
  createSender(place: number): SnapshotSender {
    const workspace = this.#workspaceOf(place);
    return new SnapshotSender(workspace.history, { packetBytes: PACKET_BYTES, workspace });
  }

  /** Whether the player at a place is told in a tick. */
  hasTurn(place: number, serverTick: number): boolean {
    return (serverTick - place) % TICKS_PER_SNAPSHOT === 0;
  }

  /**
   * Writes down where everybody is at a tick, later than the one before, for the players whose turn it is. They are told of
   * `recordsPerViewer` others at most.
   */
  record(serverTick: number, players: readonly Character[], recordsPerViewer: number, creatures = NOBODY): void {
    const { history } = this.#workspaceOf(serverTick);
    history.advance(serverTick);
    this.#recordsPerViewer = recordsPerViewer;
    for (const player of players) this.#write(history, player);
    for (const creature of creatures) this.#write(history, creature);
  }

  #write(history: EntityHistory, { shown, place, entityId }: Character): void {
    const x = Math.round(shown.x * POSITION_STEPS_PER_METER);
    const y = Math.round(shown.y * POSITION_STEPS_PER_METER);
    const z = Math.round(shown.z * POSITION_STEPS_PER_METER);
    history.write(place, entityId, x, y, z, shown.yaw);
    const { vitals } = this;
    if (vitals === undefined) history.writeCondition(place, 0, 0, 0, animationOf(shown));
    else {
      const condition = vitals.condition(place);
      history.writeCondition(place, vitals.health(place), vitals.maxHealth(place), condition, animationOf(shown));
    }
    this.area.move(place, shown.x, shown.z);
  }

  /** Begins the recorded snapshot for one viewer, who sees everybody near enough: the nearer, the more urgently. */
  show(viewer: Player, sender: SnapshotSender): void {
    const { place, sight } = viewer;
    const { number } = this.#workspaceOf(place).history;
    if (sight.isLookDue(number)) this.#look(viewer, sender, number);
    // Who was told otherwise for a while has a sender that does not know who left meanwhile.
    const continues = sight.toldIn === number - 1;
    sight.toldIn = number;
    if (!continues) this.#showAnew(place, sender);
    else if (sight.count <= this.#recordsPerViewer) this.#showEverybody(place, sender);
    else this.#showCrowd(viewer, sender);
  }

  /** A place for a character that comes, to be given back when it goes. */
  takePlace(): number {
    const place = this.#free.pop();
    if (place === undefined) throw new Error(`expected at most ${this.area.capacity} players, one more came`);
    return place;
  }

  /** `others`: who is still here, and does not see the character any more. */
  givePlaceBack(place: number, others: readonly Player[]): void {
    this.area.remove(place);
    for (const { sender } of others) sender?.leave(place);
    this.#free.push(place);
  }

  #look({ place, sight }: Player, sender: SnapshotSender, number: number): void {
    const { area } = this;
    area.look(place);
    sight.take(area, number);
    for (let i = 0; i < area.leftCount; i += 1) sender.leave(area.left[i] ?? 0);
    for (let i = 0; i < area.count; i += 1) sender.show(area.places[i] ?? 0);
    sight.near.clear();
    for (let i = 0; i < sight.nearestCount; i += 1) {
      const slot = sender.slotOf(sight.nearest[i] ?? 0);
      if (slot >= 0) sight.near.add(slot);
    }
  }

  /** To a sender that may know of others who are in sight no more. */
  #showAnew(place: number, sender: SnapshotSender): void {
    const { area } = this;
    sender.begin(SNAPSHOT_BUDGET_BYTES);
    for (let other = area.nextSeen(place, 0); other >= 0; other = area.nextSeen(place, other + 1)) {
      sender.see(other, this.#urgency(place, other));
    }
  }

  #showEverybody(place: number, sender: SnapshotSender): void {
    sender.begin(SNAPSHOT_BUDGET_BYTES, true);
    for (let slot = sender.nextVisible(0); slot >= 0; slot = sender.nextVisible(slot + 1)) {
      sender.seeSlot(slot, this.#urgency(place, sender.indexIn(slot)));
    }
  }

  /**
   * More than can be told of at once: the nearest, or half of them where there is little time, and of the others as many as there is
   * room for, in turns.
   */
  #showCrowd({ place, sight }: Player, sender: SnapshotSender): void {
    const { near, nearestCount, toldIn } = sight;
    sender.begin(SNAPSHOT_BUDGET_BYTES, true);
    const halved = this.#recordsPerViewer < nearestCount + LEAST_TURNS;
    let room = this.#recordsPerViewer;
    for (let slot = near.next(0); slot >= 0; slot = near.next(slot + 1)) {
      // By its slot, which stays, so that everybody's turn comes in every other snapshot exactly.
      if (halved && ((slot + toldIn) & 1) === 1) continue;
      // Some may have gone since the last look around.
      if (sender.seeSlot(slot, this.#urgency(place, sender.indexIn(slot)))) room -= 1;
    }
    let from = sight.turn;
    for (let left = sight.count; room > 0 && left > 0; left -= 1) {
      let slot = sender.nextVisible(from);
      if (slot < 0) slot = sender.nextVisible(0);
      if (slot < 0) break;
      from = slot + 1;
      if (near.has(slot)) continue;
      room -= 1;
      sender.seeSlot(slot, this.#urgency(place, sender.indexIn(slot)));
    }
    sight.turn = from;
  }

  #urgency(viewer: number, other: number): number {
    const meters = Math.sqrt(this.area.squaredBetween(viewer, other));
    return Math.ceil((NEAREST_URGENCY * HALF_URGENCY_METERS) / (HALF_URGENCY_METERS + meters));
  }

  #workspaceOf(placeOrTick: number): SenderWorkspace {
    const workspace = this.#workspaces[placeOrTick % TICKS_PER_SNAPSHOT];
    if (workspace === undefined) throw new Error(`there is no workspace for ${placeOrTick}`);
    return workspace;
  }
}
