import {
  AudioServer,
  DirectionalLight3D,
  DisplayServer,
  linear_to_db,
  type Node,
  RenderingServer,
  Viewport,
  Window,
} from "godot";
import type Hud from "../hud/hud.ts";
import { hudColors } from "../hud/hud-palette.ts";
import { applyBindings } from "../input/controls.ts";
import Scatter, { DETAIL_GROUP } from "../zone/scatter.ts";
import { comfort } from "./comfort.ts";
import { QUALITY_PRESETS, type Quality } from "./quality.ts";
import type { Settings } from "./settings.ts";

const MASTER_BUS = 0;

/** Makes a graphics level true for everything under the tree's root. Returns the view distance for the cameras, metres. */
export function applyQuality(anyNode: Node, quality: Quality): number {
  const preset = QUALITY_PRESETS[quality];
  const tree = anyNode.get_tree();
  const viewport = tree.root;
  viewport.msaa_3d = { 0: Viewport.MSAA_DISABLED, 2: Viewport.MSAA_2X, 4: Viewport.MSAA_4X }[preset.antialiasing];
  viewport.scaling_3d_scale = preset.renderScale;
  RenderingServer.directional_shadow_atlas_set_size(preset.shadowAtlasPixels, true);
  RenderingServer.directional_soft_shadow_filter_set_quality(
    quality === "high" ? RenderingServer.SHADOW_QUALITY_SOFT_LOW : RenderingServer.SHADOW_QUALITY_HARD,
  );
  for (const node of tree.get_nodes_in_group("sun")) {
    if (!(node instanceof DirectionalLight3D)) continue;
    node.shadow_enabled = preset.shadows;
    node.directional_shadow_max_distance = preset.shadowDistanceMeters;
  }
  for (const node of tree.get_nodes_in_group(DETAIL_GROUP)) {
    if (node instanceof Scatter) node.thin_out(preset.detailShare, preset.detailReach);
  }
  return preset.viewDistanceMeters;
}

/** 0 silent to 1 full, for everything that sounds. */
export function applyVolume(volume: number): void {
  AudioServer.set_bus_mute(MASTER_BUS, volume <= 0);
  AudioServer.set_bus_volume_db(MASTER_BUS, linear_to_db(Math.max(volume, 0.001)));
}

export function applyFullScreen(anyNode: Node, fullScreen: boolean): void {
  if (DisplayServer.get_name() === "headless") return;
  const window = anyNode.get_window();
  if (window === null) return;
  const wanted = fullScreen ? Window.MODE_FULLSCREEN : Window.MODE_WINDOWED;
  const isFull = window.mode === Window.MODE_FULLSCREEN || window.mode === Window.MODE_EXCLUSIVE_FULLSCREEN;
  if (isFull !== fullScreen) window.mode = wanted;
}

/** How fights look, sound, move and are played; `before`: what was in force, if anything was. */
export function applyComfort(hud: Hud, settings: Readonly<Settings>, before: Readonly<Settings> | undefined): void {
  comfort.screenShake = settings.screenShake;
  comfort.reducedMotion = settings.reducedMotion;
  comfort.mapTurns = settings.mapTurns;
  comfort.combatTextSize = settings.combatTextSize;
  comfort.fightVolume = settings.fightVolume;
  hudColors.use(settings.palette);
  hud.use_look(settings.hudScale, settings.hudOpacity);
  if (before?.bindings === settings.bindings) return;
  applyBindings(settings.bindings);
  hud.bindings.refresh();
}
