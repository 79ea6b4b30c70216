import { ConditionedTransport } from "../../../../scripts/transport/conditioner/conditioned-transport.ts";
import { type LinkProfileName, linkProfile } from "../../../../scripts/transport/conditioner/link-profiles.ts";
import { LoopbackNetwork } from "../../../../scripts/transport/loopback-network.ts";
import { describeTransportContract } from "../transport-contract.ts";

/** Links that lose no message of a contract that expects most of the unreliable ones to arrive. */
const CONTRACT_PROFILES: LinkProfileName[] = ["none", "lan", "broadband", "satellite"];

for (const profile of CONTRACT_PROFILES) {
  describeTransportContract(`ConditionedTransport (${profile})`, () => {
    let nowMs = 0;
    let seed = 1;
    const transports: ConditionedTransport[] = [];
    const network = new LoopbackNetwork({ nowMs: () => nowMs });
    return {
      create: () => {
        seed += 1;
        const transport = new ConditionedTransport({
          inner: network.createTransport(),
          nowMs: () => nowMs,
          seed,
          conditions: linkProfile(profile),
        });
        transports.push(transport);
        return transport;
      },
      pass: async () => {
        nowMs += 5;
        for (const transport of transports) transport.pump();
      },
      silentAddress: "127.0.0.1:9",
    };
  });
}
