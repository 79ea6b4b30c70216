import { expect, it } from "vitest";
import { pageSteps } from "./page-steps.ts";
import { Stranger } from "./stranger.ts";

it("the steps of getting-started.md lead from an empty folder to a scene that runs TypeScript", () => {
  using stranger = new Stranger();
  stranger.follow(pageSteps("addons/godot-ts/docs/getting-started.md"), ".");
  expect(stranger.lines).toContain("Hello from TypeScript: 1.5 turns per second");
}, 400_000);
