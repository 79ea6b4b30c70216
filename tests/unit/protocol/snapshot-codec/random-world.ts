import { EntityHistory } from "../../../../scripts/protocol/snapshot-codec/entity-history.ts";
import type { SnapshotReceiver } from "../../../../scripts/protocol/snapshot-codec/snapshot-receiver.ts";
import type { SnapshotSender } from "../../../../scripts/protocol/snapshot-codec/snapshot-sender.ts";

export interface Truth {
  id: number;
  x: number;
  y: number;
  z: number;
  yaw: number;
  health: number;
  maxHealth: number;
  state: number;
  animation: number;
}

interface Being extends Truth {
  vx: number;
  vy: number;
  vz: number;
  turn: number;
  visible: boolean;
}

const LIMIT = 2 ** 24;
const WORLD_STEPS = 512 * 1024;

/**
 * A world in which everything happens that a codec must bear: entities walk, turn, fall, leap to the other end, change their
 * condition, come and go, and leave their index to others. It remembers the truth of every snapshot.
 */
export class RandomWorld {
  readonly history: EntityHistory;
  /** What was visible in each snapshot, by its tick, then by entity id. */
  readonly truth = new Map<number, Map<number, Truth>>();
  frozen = false;
  private readonly beings: (Being | undefined)[];
  private nextId: number;

  constructor(
    private readonly random: () => number,
    capacity: number,
  ) {
    this.history = new EntityHistory(capacity);
    this.beings = Array.from({ length: capacity }, () => undefined);
    // Also around the sign bit of a word.
    this.nextId = random() < 0.5 ? 1 : 0x7fff_fff0;
  }

  /** Takes the world on by one snapshot and shows it to the senders. */
  advance(...senders: { sender: SnapshotSender; budgetBytes: number }[]): void {
    if (!this.frozen) this.live();
    this.history.advance(this.history.tick + 3);
    const truth = new Map<number, Truth>();
    this.beings.forEach((being, index) => {
      if (being === undefined) return;
      this.history.write(index, being.id, being.x, being.y, being.z, being.yaw);
      this.history.writeCondition(index, being.health, being.maxHealth, being.state, being.animation);
      if (being.visible) truth.set(being.id, copyTruth(being));
    });
    this.truth.set(this.history.tick, truth);
    for (const { sender, budgetBytes } of senders) {
      sender.begin(budgetBytes);
      this.see(sender);
    }
  }

  /** Shows a sender whoever is visible. */
  see(sender: SnapshotSender): void {
    this.beings.forEach((being, index) => {
      if (being?.visible === true) sender.see(index, 1 + (index % 7));
    });
  }

  private live(): void {
    this.beings.forEach((being, index) => {
      if (being === undefined) {
        if (this.random() < 0.2) this.beings[index] = this.create();
      } else if (this.random() < 0.01) {
        this.beings[index] = this.random() < 0.5 ? undefined : this.create();
      } else {
        this.move(being);
      }
    });
  }

  private create(): Being {
    const place = () => this.whole(WORLD_STEPS);
    const vitals = { health: 100, maxHealth: 100, state: 0, animation: 0 };
    const motion = { vx: 0, vy: 0, vz: 0, turn: 0, visible: true };
    return { id: this.nextId++, x: place(), y: place(), z: place(), yaw: this.whole(65536), ...vitals, ...motion };
  }

  private move(being: Being): void {
    if (this.random() < 0.1) being.vx = this.whole(800) - 400;
    if (this.random() < 0.1) being.vz = this.whole(800) - 400;
    if (this.random() < 0.1) being.turn = this.random() < 0.5 ? 0 : this.whole(4000) - 2000;
    if (this.random() < 0.05) being.vx = being.vz = being.vy = being.turn = 0;
    if (this.random() < 0.05) being.animation = this.whole(this.random() < 0.9 ? 5 : 256);
    if (this.random() < 0.02) being.state = this.whole(256);
    if (this.random() < 0.03) being.health = this.whole(being.maxHealth + 1);
    if (this.random() < 0.005) being.maxHealth = this.whole(65536);
    if (this.random() < 0.02) being.visible = !being.visible;
    if (being.animation >= 3) being.vy -= 51;
    if (this.random() < 0.003) {
      being.x = this.random() < 0.5 ? -LIMIT : LIMIT;
      being.z = this.whole(2 * LIMIT) - LIMIT;
    }
    being.x = clamp(being.x + being.vx);
    being.y = clamp(being.y + being.vy);
    being.z = clamp(being.z + being.vz);
    being.yaw = (being.yaw + being.turn) & 0xffff;
  }

  private whole(below: number): number {
    return Math.floor(this.random() * below);
  }
}

function clamp(steps: number): number {
  return Math.min(LIMIT, Math.max(-LIMIT, steps));
}

function copyTruth({ id, x, y, z, yaw, health, maxHealth, state, animation }: Truth): Truth {
  return { id, x, y, z, yaw, health, maxHealth, state, animation };
}

/** What the receiver's last packet said about each entity. */
export function updatedEntities({ update }: SnapshotReceiver): Truth[] {
  return Array.from({ length: update.count }, (_, index) => ({
    id: update.entityId[index] ?? 0,
    x: update.x[index] ?? 0,
    y: update.y[index] ?? 0,
    z: update.z[index] ?? 0,
    yaw: update.yaw[index] ?? 0,
    health: update.health(index),
    maxHealth: update.maxHealth(index),
    state: update.state(index),
    animation: update.animation(index),
  }));
}

/** What a receiver shows, as its user keeps it: the newest state of each entity that has not left. */
export class ShownEntities {
  readonly shown = new Map<number, Truth & { tick: number }>();

  take(receiver: SnapshotReceiver): void {
    const { update } = receiver;
    for (let index = 0; index < update.leftCount; index++) this.shown.delete(update.leftEntityId[index] ?? 0);
    for (const entity of updatedEntities(receiver)) {
      const known = this.shown.get(entity.id);
      if (known === undefined || known.tick <= update.tick) this.shown.set(entity.id, { ...entity, tick: update.tick });
    }
  }
}

/** All packets of the sender's current snapshot. */
export function writePackets(sender: SnapshotSender, nextSequence: () => number, packetBytes = 1150): Uint8Array[] {
  const packets: Uint8Array[] = [];
  const out = new Uint8Array(packetBytes);
  for (;;) {
    const bytes = sender.writePacket(nextSequence(), out, 0);
    if (bytes === 0) return packets;
    if (bytes > packetBytes) throw new Error(`a packet of ${bytes} bytes, ${packetBytes} were allowed`);
    packets.push(out.slice(0, bytes));
  }
}
