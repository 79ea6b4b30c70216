// Writes the models and sounds under assets/. Same input, same files: what it makes is committed.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MeshBuilder } from "./mesh-builder.ts";
import { arch, beacon, cottage, lookout, stairs, wallRuin, well } from "./models/buildings.ts";
import { drownedWarden, drownedWardenDot, drownedWardenSimple } from "./models/drowned-warden.ts";
import { bush, flowers, grassTuft, pine, windTree } from "./models/flora.ts";
import { galeWolf, galeWolfDot, galeWolfSimple } from "./models/gale-wolf.ts";
import { barrel, boat, crate, fence, lantern, netRack, pier } from "./models/harbour.ts";
import { reefCrawler, reefCrawlerDot, reefCrawlerSimple } from "./models/reef-crawler.ts";
import { cloud, rock, seaStack, standingStone } from "./models/rocks.ts";
import { wanderer, wandererDot, wandererSimple } from "./models/wanderer.ts";
import { writeObj } from "./obj-writer.ts";
import { palette, scaleColour } from "./palette.ts";
import { seededRandom } from "./random.ts";
import { sounds } from "./sounds.ts";
import { writeWav } from "./wav-writer.ts";

const models: Record<string, (mesh: MeshBuilder) => void> = {
  "pine-tall": (mesh) => pine(mesh, 8.5, 5),
  "pine-distant": (mesh) => pine(mesh, 8.5, 4, true),
  "pine-small": (mesh) => pine(mesh, 5.2, 4),
  "wind-tree": (mesh) => windTree(mesh, false),
  "wind-tree-gold": (mesh) => windTree(mesh, true),
  bush,
  "grass-tuft": (mesh) => grassTuft(mesh, 7, 0.42, scaleColour(palette.grass, 1.35)),
  "dune-grass": (mesh) => grassTuft(mesh, 9, 0.7, palette.straw),
  flowers,
  "rock-round": (mesh) => rock(mesh, 1.2, 0.8, false),
  "rock-flat": (mesh) => rock(mesh, 1.3, 0.5, true),
  boulder: (mesh) => rock(mesh, 2.3, 0.9, true),
  "sea-stack": seaStack,
  "standing-stone": standingStone,
  "cloud-long": (mesh) => cloud(mesh, 6),
  "cloud-short": (mesh) => cloud(mesh, 4),
  "cottage-small": (mesh) => cottage(mesh, 6, 5, palette.roof),
  "cottage-large": (mesh) => cottage(mesh, 8.4, 5.6, palette.slate),
  "cottage-thatched": (mesh) => cottage(mesh, 6.6, 5, palette.thatch),
  "wall-ruin": wallRuin,
  arch,
  beacon,
  stairs,
  lookout,
  well,
  pier,
  boat,
  crate,
  barrel,
  lantern,
  fence,
  "net-rack": netRack,
  wanderer,
  "wanderer-simple": wandererSimple,
  "wanderer-dot": wandererDot,
  "reef-crawler": reefCrawler,
  "reef-crawler-simple": reefCrawlerSimple,
  "reef-crawler-dot": reefCrawlerDot,
  "gale-wolf": galeWolf,
  "gale-wolf-simple": galeWolfSimple,
  "gale-wolf-dot": galeWolfDot,
  "drowned-warden": drownedWarden,
  "drowned-warden-simple": drownedWardenSimple,
  "drowned-warden-dot": drownedWardenDot,
};

/** Those that the wind moves; assets/shaders/foliage.gdshader wants their heights. */
const swaying = [
  ...["pine-tall", "pine-distant", "pine-small", "wind-tree", "wind-tree-gold", "bush"],
  ...["grass-tuft", "dune-grass", "flowers"],
];

const root = process.argv[2] ?? "assets";
for (const folder of ["models", "sounds"]) mkdirSync(join(root, folder), { recursive: true });
let seed = 1;
for (const [name, build] of Object.entries(models)) {
  const mesh = new MeshBuilder(seededRandom(seed++));
  mesh.tagsHeight = swaying.includes(name);
  build(mesh);
  writeFileSync(join(root, "models", `${name}.obj`), writeObj(name, mesh));
  console.log(`${name}: ${mesh.triangles.length} triangles`);
}
for (const [name, samples] of Object.entries(sounds())) {
  writeFileSync(join(root, "sounds", `${name}.wav`), writeWav(samples));
}
