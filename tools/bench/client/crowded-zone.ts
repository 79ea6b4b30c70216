import { runZoneCommand } from "../../../server/zone/zone-command.ts";
import { populate } from "./populate.ts";

/** The first argument that makes the program of the benchmarks a zone server with residents; their number and the server's own options follow. */
export const CROWDED_ZONE = "crowded-zone";

const SEED = 1;

/** The zone server as it is, full of players whom its own process plays: as many clients would not fit on one machine beside the one that is measured. */
export async function runCrowdedZone([residents = "", ...args]: readonly string[]): Promise<void> {
  const count = Number(residents);
  if (!(Number.isInteger(count) && count >= 0))
    throw new RangeError(`expected a number of residents, got "${residents}"`);
  await runZoneCommand([...args], (server, zone) => populate(server, zone, count, SEED));
}
