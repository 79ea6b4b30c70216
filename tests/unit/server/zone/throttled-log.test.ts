import { expect, it } from "vitest";
import { ThrottledLog } from "../../../../server/zone/throttled-log.ts";

it("lets one line per kind and second through and says how many it held back", () => {
  let nowMs = 0;
  const lines: string[] = [];
  const log = new ThrottledLog(
    (line) => lines.push(line),
    () => nowMs,
  );
  for (let n = 0; n < 1000; n += 1) log.line("malformed", () => `packet ${n}`);
  log.line("other", () => "another kind");
  expect(lines).toEqual(["packet 0", "another kind"]);
  nowMs = 1000;
  log.line("malformed", () => "packet 1000");
  expect(lines.at(-1)).toBe("packet 1000 (and 999 more like it)");
});
