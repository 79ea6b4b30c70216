// Keeps what a running game and the editor take over up to date with its sources. Servers, tools and tests are built by the commands that start them.
import { endOfInput } from "./addons/godot-ts/tools/watch/end-of-input.mjs";
import { watchModules } from "./addons/godot-ts/tools/watch/watch-modules.mjs";
import { unstamp } from "./tools/launch/stamp.mjs";

await watchModules({
  patterns: ["scripts/game/**/*.ts", "addons/zone-editor/zone-editor.ts"],
  signal: endOfInput(),
  // What else is in the output was built together, in chunks: the next command builds all of it anew.
  onTouched: () => unstamp("dist/.stamp"),
});
