import { expect, it } from "vitest";
import { MAX_PRESENCE_JOINED } from "../../scripts/protocol/wire-limits.ts";
import { decodeZone, encodeZone } from "../../scripts/simulation/zone-file.ts";
import { LoopbackNetwork } from "../../scripts/transport/loopback-network.ts";
import { ZoneServer } from "../../server/zone/zone-server.ts";
import { createSeededRandom } from "../fixtures/seeded-random.ts";
import { createTestZone } from "../fixtures/test-zone.ts";
import { RawClient } from "./raw-client.ts";

const ADDRESS = "127.0.0.1:7777";
const PLAYERS = MAX_PRESENCE_JOINED + 40;

it("introduces a newcomer to more players than one packet can name", () => {
  let nowMs = 0;
  const network = new LoopbackNetwork({ nowMs: () => nowMs });
  const transport = network.createTransport();
  transport.listen(ADDRESS);
  const decoded = decodeZone(encodeZone(createTestZone()));
  if (!decoded.ok) throw new Error(decoded.reason);
  const server = new ZoneServer({
    transport,
    zone: decoded.zone,
    nowMs: () => nowMs,
    random: createSeededRandom(1),
    maxPlayers: PLAYERS,
    log: () => {},
  });
  const clients = Array.from({ length: PLAYERS }, () => new RawClient(network.createTransport(), ADDRESS));
  const run = (ms: number): void => {
    for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 10) {
      server.advance();
      for (const client of clients) client.poll();
    }
  };
  run(50);
  for (const [index, client] of clients.entries()) client.hello(`Player ${index}`);
  run(150);

  expect(server.players.length).toBe(PLAYERS);
  for (const client of [clients.at(0), clients.at(-1)]) {
    const names = client?.presences.flatMap(({ joined }) => joined.map(({ name }) => name)) ?? [];
    expect(new Set(names).size).toBe(PLAYERS);
  }
  expect(clients.at(-1)?.decoder.snapshot.entityCount).toBe(PLAYERS - 1);
  for (const client of clients) client.transport.dispose();
  transport.dispose();
});
