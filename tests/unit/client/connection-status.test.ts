import { describe, expect, it } from "vitest";
import { ConnectionStatus } from "../../../scripts/client/connection-status.ts";

describe("ConnectionStatus", () => {
  it("counts down, and has changed only when the whole second has", () => {
    const status = new ConnectionStatus();
    expect(status.state).toEqual({ kind: "idle" });
    status.set({
      kind: "reconnecting",
      wasIn: true,
      address: "a:1",
      attempt: 3,
      nextTryInSeconds: 4,
      cause: "Silence.",
    });
    const { revision } = status;
    status.setSecondsToNextTry(4);
    expect(status.revision).toBe(revision);
    status.setSecondsToNextTry(3);
    expect(status.revision).toBe(revision + 1);
    expect(status.state).toEqual({
      kind: "reconnecting",
      wasIn: true,
      address: "a:1",
      attempt: 3,
      nextTryInSeconds: 3,
      cause: "Silence.",
    });
  });

  it("has no countdown in other states", () => {
    const status = new ConnectionStatus();
    status.setSecondsToNextTry(3);
    expect(status.state).toEqual({ kind: "idle" });
    expect(status.revision).toBe(0);
  });
});
