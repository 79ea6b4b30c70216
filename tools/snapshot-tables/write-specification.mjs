// Writes the codec's tables of contexts and probabilities out for docs/snapshot-codec.md:
//   node tools/snapshot-tables/write-specification.mjs
// A test holds the file equal to what the codec uses.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "darkages-tables-"));
try {
  const outfile = join(scratch, "specification-tables.mjs");
  const entryPoints = [join(here, "specification-tables.ts")];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  const { specificationTables, SPECIFICATION_TABLES } = await import(pathToFileURL(outfile).href);
  writeFileSync(join(here, "..", "..", SPECIFICATION_TABLES), specificationTables());
  console.log(`wrote ${SPECIFICATION_TABLES}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
