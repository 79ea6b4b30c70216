import { LoopbackNetwork } from "../../../scripts/transport/loopback-network.ts";
import { describeTransportContract } from "./transport-contract.ts";

describeTransportContract("LoopbackNetwork", () => {
  let nowMs = 0;
  const network = new LoopbackNetwork({ nowMs: () => nowMs });
  return {
    create: () => network.createTransport(),
    pass: async () => {
      nowMs += 5;
    },
    silentAddress: "127.0.0.1:9",
  };
});
