import { setTimeout as sleep } from "node:timers/promises";
import { GnsTransport } from "../../../scripts/transport/gns-transport.ts";
import { describeTransportContract } from "./transport-contract.ts";

describeTransportContract("GnsTransport", () => ({
  create: () => new GnsTransport({ connectTimeoutMs: 400 }),
  pass: () => sleep(3),
  silentAddress: "127.0.0.1:9",
}));
