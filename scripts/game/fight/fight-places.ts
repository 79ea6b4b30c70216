import type { GameClient } from "../../client/game-client.ts";

/** Where somebody is drawn, oneself included. */
export class FightPlaces {
  /** Feet, metres, and yaw, radians, of the one that was looked at last, and how far from the player that is. */
  x = 0;
  y = 0;
  z = 0;
  yaw = 0;
  meters = 0;
  /** Index in `RemoteEntities`; -1 for oneself. */
  index = -1;
  #client: GameClient | undefined;

  follow(client: GameClient): void {
    this.#client = client;
  }

  /** False if nobody of that entity is drawn. */
  look(entityId: number): boolean {
    const client = this.#client;
    if (client === undefined || entityId === 0) return false;
    const { own, remotes } = client;
    if (entityId === own.entityId) {
      if (!own.present) return false;
      this.index = -1;
      this.x = own.x;
      this.y = own.y;
      this.z = own.z;
      this.yaw = own.yawRadians;
      this.meters = 0;
      return true;
    }
    const index = remotes.indexOf(entityId);
    if (index < 0) return false;
    this.index = index;
    this.x = remotes.x[index] ?? 0;
    this.y = remotes.y[index] ?? 0;
    this.z = remotes.z[index] ?? 0;
    this.yaw = remotes.yaw[index] ?? 0;
    const dx = this.x - own.x;
    const dz = this.z - own.z;
    this.meters = Math.sqrt(dx * dx + dz * dz);
    return true;
  }
}
