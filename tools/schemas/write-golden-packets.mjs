// Freezes the packets of the version that the code speaks, once and for all:
//   node tools/schemas/write-golden-packets.mjs
// A change that alters a frozen packet is a new version, with a folder of its own: exit code 1 if the folder is there.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "darkages-golden-"));
try {
  const outfile = join(scratch, "golden-writer.mjs");
  const entryPoints = [join(here, "golden-writer.ts")];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  const { writeGoldenPackets } = await import(pathToFileURL(outfile).href);
  const { ok, text } = writeGoldenPackets(join(here, "..", "..", "tests", "golden"));
  if (ok) console.log(`golden packets: ${text}`);
  else console.error(`golden packets: ${text}`);
  process.exitCode = ok ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
