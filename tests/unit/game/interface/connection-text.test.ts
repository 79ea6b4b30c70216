import { describe, expect, test } from "vitest";
import type { ConnectionState } from "../../../../scripts/client/connection-view.ts";
import { describeConnection } from "../../../../scripts/game/interface/connection-text.ts";

const address = "127.0.0.1:7777";

describe("describeConnection", () => {
  test.each<ConnectionState>([{ kind: "idle" }, { kind: "left" }, { kind: "playing", zone: "shore", entityId: 1 }])(
    "has nothing to say while $kind",
    (state) => {
      expect(describeConnection(state)).toBeUndefined();
    },
  );

  test("says the attempt, the cause and the next try", () => {
    const text = describeConnection({
      kind: "reconnecting",
      wasIn: true,
      address,
      attempt: 4,
      nextTryInSeconds: 3,
      cause: "the server stopped",
    });
    expect(text).toEqual({
      headline: "Reconnecting, attempt 4",
      detail: "The server stopped. Next try in 3 seconds.",
      tone: "warning",
    });
  });

  test.each([
    [0, "Next try now."],
    [1, "Next try in 1 second."],
  ])("counts %i seconds like a person", (nextTryInSeconds, words) => {
    const text = describeConnection({
      kind: "reconnecting",
      wasIn: true,
      address,
      attempt: 2,
      nextTryInSeconds,
      cause: "Silence.",
    });
    expect(text?.detail).toBe(`Silence. ${words}`);
  });

  test("does not speak of a return to a world that never answered", () => {
    const state = { address, attempt: 2, nextTryInSeconds: 1, cause: "Nobody answers." };
    const text = describeConnection({ kind: "reconnecting", wasIn: false, ...state });
    expect(text?.headline).toBe("Trying again, attempt 2");
  });

  test("shows the reason and the trace of a rejection", () => {
    const text = describeConnection({
      kind: "rejected",
      reasonCode: "name_taken",
      text: "That name is taken",
      detail: "name in use",
      traceId: "00ff00ff00ff00ff",
    });
    expect(text?.tone).toBe("refused");
    expect(text?.detail).toBe("That name is taken.\nTrace 00ff00ff00ff00ff");
  });

  test("leaves the trace out when the client itself refused", () => {
    const text = describeConnection({
      kind: "rejected",
      reasonCode: "world_mismatch",
      text: "No.",
      detail: "",
      traceId: "",
    });
    expect(text?.detail).toBe("No.");
  });

  test("calls the first attempt connecting and later ones trouble", () => {
    expect(describeConnection({ kind: "connecting", address, attempt: 1 })?.tone).toBe("busy");
    expect(describeConnection({ kind: "connecting", address, attempt: 2 })).toMatchObject({
      headline: "Connecting, attempt 2",
      tone: "warning",
    });
  });
});
