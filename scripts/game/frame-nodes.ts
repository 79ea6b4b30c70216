import type { Node } from "godot";
import type StrikeShow from "./action/strike-show.ts";
import type Autopilot from "./autopilot/autopilot.ts";
import type Avatar from "./character/avatar.ts";
import type Nameplates from "./character/nameplates.ts";
import type RemotePlayers from "./character/remote-players.ts";
import type FightShow from "./fight/fight-show.ts";
import type Hud from "./hud/hud.ts";
import type InputMapper from "./input/input-mapper.ts";
import type ConnectionBanner from "./interface/connection-banner.ts";
import type StatusLine from "./interface/status-line.ts";
import type NetOverlay from "./overlay/net-overlay.ts";
import type PlayerCamera from "./player-camera.ts";

/** The nodes of the main scene that have to do with every frame: found once, because looking for a node by its name makes strings and paths. */
export class FrameNodes {
  readonly autopilot: Autopilot;
  readonly avatar: Avatar;
  readonly banner: ConnectionBanner;
  readonly camera: PlayerCamera;
  readonly fight: FightShow;
  readonly hud: Hud;
  readonly mapper: InputMapper;
  readonly others: RemotePlayers;
  readonly overlay: NetOverlay;
  readonly plates: Nameplates;
  readonly status: StatusLine;
  readonly strikes: StrikeShow;

  constructor(main: Node) {
    this.autopilot = main.get_node<Autopilot>("%Autopilot");
    this.avatar = main.get_node<Avatar>("%Avatar");
    this.banner = main.get_node<ConnectionBanner>("%ConnectionBanner");
    this.camera = main.get_node<PlayerCamera>("%PlayerCamera");
    this.fight = main.get_node<FightShow>("%FightShow");
    this.hud = main.get_node<Hud>("%Hud");
    this.mapper = main.get_node<InputMapper>("%InputMapper");
    this.others = main.get_node<RemotePlayers>("%RemotePlayers");
    this.overlay = main.get_node<NetOverlay>("%NetOverlay");
    this.plates = main.get_node<Nameplates>("%Nameplates");
    this.status = main.get_node<StatusLine>("%Status/Line");
    this.strikes = main.get_node<StrikeShow>("%StrikeShow");
  }
}
