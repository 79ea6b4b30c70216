import { readFileSync } from "node:fs";
import type { ActionNews } from "../../../scripts/client/actions.ts";
import { GameClient } from "../../../scripts/client/game-client.ts";
import { createInputSample } from "../../../scripts/client/input-sample.ts";
import { createGnsTransport } from "../../../scripts/transport/gns-transport.ts";
import { loadCombatData } from "../../../server/zone/combat/load-combat-data.ts";

const FRAME_MS = 16;
/** Nearer than this it has arrived. */
const THERE_METERS = 0.4;
const SPRINT_METERS = 5;

/** Another player on a zone server, without an engine: it stands and looks, goes where it is told to, and fights whom it is told to. */
export class Observer {
  readonly client: GameClient;
  /** What it wishes for in every frame. */
  readonly input = createInputSample();
  /** All that was done to it and before its eyes. */
  readonly news: ActionNews[] = [];
  /** How often somebody was struck, missed or kept a blow off before its eyes, by entity: which of these it is is up to chance. */
  readonly attacks = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;
  #goal: { x: number; z: number } | undefined;
  #faced = 0;
  #prey: { entityId: number; slots: readonly number[] } | undefined;

  constructor(address: string, name: string) {
    this.client = new GameClient({
      transport: createGnsTransport(),
      loadZone: (zone) => readFileSync(`dist/zones/${zone}.zone`),
      random: Math.random,
      clientBuild: "engine test",
      combat: loadCombatData(),
    });
    this.client.connect({ address, name });
    this.#timer = setInterval(() => this.#frame(), FRAME_MS);
  }

  /** Where this client draws another player; `undefined` while it sees nobody of that entity. */
  position(entityId: number): { x: number; y: number; z: number } | undefined {
    const { remotes } = this.client;
    const index = remotes.indexOf(entityId);
    if (index < 0) return undefined;
    return { x: remotes.x[index] ?? Number.NaN, y: remotes.y[index] ?? Number.NaN, z: remotes.z[index] ?? Number.NaN };
  }

  /** Health of another player as this client knows it; 0 for nobody whom it sees, and the dead. */
  healthOf(entityId: number): number {
    const { remotes } = this.client;
    return remotes.health[remotes.indexOf(entityId)] ?? 0;
  }

  nameOf(entityId: number): string {
    return this.client.remotes.name(this.client.remotes.indexOf(entityId));
  }

  /** Entity of another one by its name, 0 for nobody whom it sees. */
  entityOf(name: string): number {
    const { remotes } = this.client;
    for (let index = 0; index < remotes.count; index += 1) {
      if (remotes.name(index) === name) return remotes.entityId[index] ?? 0;
    }
    return 0;
  }

  attacksOn(entityId: number): number {
    return this.attacks.get(entityId) ?? 0;
  }

  /** Goes to a place, metres of the zone, and then looks at somebody, if there is one to be looked at. */
  goTo(x: number, z: number, faced = 0): void {
    this.#goal = { x, z };
    this.#faced = faced;
  }

  /** Whether it stands where it was told to go. */
  get arrived(): boolean {
    const { own } = this.client;
    return this.#goal === undefined || Math.hypot(this.#goal.x - own.x, this.#goal.z - own.z) < THERE_METERS;
  }

  /** Locks on to somebody and uses these slots of its bar, the first that can be used, until it is told to stop. */
  fight(entityId: number, ...slots: readonly number[]): void {
    this.#prey = { entityId, slots };
    this.client.act({ kind: "target", entityId });
  }

  rest(): void {
    this.#prey = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.client.dispose();
  }

  #frame(): void {
    this.#move();
    this.#strike();
    this.client.update(performance.now(), this.input);
    this.news.push(...this.client.actionNews);
    const { text } = this.client.combat;
    for (let i = 0; i < text.count; i += 1) {
      const event = text.events[i];
      if (event === undefined || event.predicted || event.periodic) continue;
      if (!["damage", "miss", "absorbed", "blocked"].includes(event.kind)) continue;
      this.attacks.set(event.entityId, this.attacksOn(event.entityId) + 1);
    }
  }

  #move(): void {
    const { own } = this.client;
    const goal = this.#goal;
    if (goal === undefined) return;
    const [dx, dz] = [goal.x - own.x, goal.z - own.z];
    const meters = Math.hypot(dx, dz);
    const walks = meters > THERE_METERS / 2;
    this.input.moveZ = walks ? -Math.min(meters, 1) : 0;
    this.input.sprint = meters > SPRINT_METERS;
    if (walks) this.input.yawRadians = Math.atan2(-dx, -dz);
    else this.#face();
  }

  #face(): void {
    const { own } = this.client;
    const at = this.position(this.#faced);
    if (at !== undefined) this.input.yawRadians = Math.atan2(own.x - at.x, own.z - at.z);
  }

  #strike(): void {
    const { combat } = this.client;
    if (this.#prey === undefined || combat.globalCooldownEndTick > combat.ownTick) return;
    if (combat.target.entityId !== this.#prey.entityId) {
      this.client.act({ kind: "target", entityId: this.#prey.entityId });
    }
    const slot = this.#prey.slots.find((one) => combat.bar[one - 1]?.blockedBy === "accepted");
    if (slot !== undefined) this.client.act({ kind: "use", slot });
  }
}
