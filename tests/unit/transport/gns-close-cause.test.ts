import { expect, test } from "vitest";
import { closeCauseOf } from "../../../scripts/transport/gns-close-cause.ts";

test.each([
  [
    { byPeer: true, wasOpen: true, reason: 1042 },
    { cause: "remote", code: 42 },
  ],
  [
    { byPeer: true, wasOpen: false, reason: 1042 },
    { cause: "remote", code: 42 },
  ],
  [
    { byPeer: true, wasOpen: false, reason: 2000 },
    { cause: "refused", code: 0 },
  ],
  [
    { byPeer: true, wasOpen: true, reason: 5010 },
    { cause: "error", code: 0 },
  ],
  [
    { byPeer: false, wasOpen: true, reason: 4001 },
    { cause: "timeout", code: 0 },
  ],
  [
    { byPeer: false, wasOpen: false, reason: 5003 },
    { cause: "unreachable", code: 0 },
  ],
  [
    { byPeer: false, wasOpen: true, reason: 4002 },
    { cause: "error", code: 0 },
  ],
])("%j means %j", ({ byPeer, wasOpen, reason }, expected) => {
  expect(closeCauseOf(byPeer, wasOpen, reason)).toEqual(expected);
});
