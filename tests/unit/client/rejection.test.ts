import { describe, expect, it } from "vitest";
import { isWorthRetrying, lossText } from "../../../scripts/client/rejection.ts";
import type { ReasonCode } from "../../../scripts/protocol/messages.ts";
import { REASON_TEXTS } from "../../../scripts/protocol/reason-text.ts";

const REASONS = Object.keys(REASON_TEXTS) as ReasonCode[];

describe("a rejection", () => {
  it("is for good where asking again changes nothing, and a held place is asked for again only after a loss", () => {
    const retried = (lostJustNow: boolean) => REASONS.filter((reason) => isWorthRetrying(reason, lostJustNow)).sort();
    expect(retried(false)).toEqual(["internal", "rate_limited", "shutting_down", "timeout"]);
    expect(retried(true)).toEqual([...retried(false), "name_taken", "server_full"].sort());
  });

  it("has a sentence for every reason", () => {
    for (const reason of REASONS) expect(lossText(reason)).toMatch(/^[A-Z].+\.$/);
  });
});
