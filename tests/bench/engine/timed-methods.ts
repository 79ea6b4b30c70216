import { CombatClient } from "../../../scripts/client/combat/combat-client.ts";
import { GameClient } from "../../../scripts/client/game-client.ts";
import { OwnCharacter } from "../../../scripts/client/own-character.ts";
import { PacketLink } from "../../../scripts/client/packet-link.ts";
import { RemotePlayback } from "../../../scripts/client/remote-playback.ts";
import { VisibleWorld } from "../../../scripts/client/visible-world.ts";
import SlashArcs from "../../../scripts/game/action/slash-arcs.ts";
import StrikeShow from "../../../scripts/game/action/strike-show.ts";
import Autopilot from "../../../scripts/game/autopilot/autopilot.ts";
import Avatar from "../../../scripts/game/character/avatar.ts";
import { BodyBatch } from "../../../scripts/game/character/body-batch.ts";
import Bolts from "../../../scripts/game/character/bolts.ts";
import { FlatSquares } from "../../../scripts/game/character/flat-squares.ts";
import GroundMarks from "../../../scripts/game/character/ground-marks.ts";
import Nameplates from "../../../scripts/game/character/nameplates.ts";
import RemotePlayers from "../../../scripts/game/character/remote-players.ts";
import CombatTexts from "../../../scripts/game/fight/combat-texts.ts";
import FightShow from "../../../scripts/game/fight/fight-show.ts";
import FightSounds from "../../../scripts/game/fight/fight-sounds.ts";
import GroundShow from "../../../scripts/game/fight/ground-show.ts";
import Hud from "../../../scripts/game/hud/hud.ts";
import InputMapper from "../../../scripts/game/input/input-mapper.ts";
import ConnectionBanner from "../../../scripts/game/interface/connection-banner.ts";
import StatusLine from "../../../scripts/game/interface/status-line.ts";
import Main from "../../../scripts/game/main.ts";
import NetOverlay from "../../../scripts/game/overlay/net-overlay.ts";
import PlayerCamera from "../../../scripts/game/player-camera.ts";
import { ConditionedTransport } from "../../../scripts/transport/conditioner/conditioned-transport.ts";
import type { TimedMethod } from "./frame-parts.ts";

/** The parts of a frame of the game, in the order in which they come. */
export const TIMED_METHODS: readonly TimedMethod[] = [
  { part: "the frame itself", of: Main, method: "_process" },
  { part: "input", of: Autopilot, method: "drive" },
  { part: "input", of: InputMapper, method: "sample" },
  { part: "client", of: GameClient, method: "update" },
  { part: "network", of: ConditionedTransport, method: "poll" },
  { part: "packets", of: PacketLink, method: "receive" },
  { part: "differences of the others", of: VisibleWorld, method: "decode" },
  { part: "taking them in", of: RemotePlayback, method: "addUpdate" },
  { part: "own report", of: OwnCharacter, method: "addSnapshot" },
  { part: "fight told", of: CombatClient, method: "receive" },
  { part: "fight", of: CombatClient, method: "advance" },
  { part: "prediction", of: OwnCharacter, method: "reconcile" },
  { part: "prediction", of: OwnCharacter, method: "advance" },
  { part: "others at a moment", of: RemotePlayback, method: "advance" },
  { part: "sending", of: ConditionedTransport, method: "flush" },
  { part: "fight seen", of: FightShow, method: "prepare" },
  { part: "sounds", of: FightSounds, method: "begin_next" },
  { part: "own body", of: Avatar, method: "draw" },
  { part: "camera", of: PlayerCamera, method: "follow" },
  { part: "bodies", of: RemotePlayers, method: "draw" },
  { part: "bodies, handed over", of: BodyBatch, method: "end" },
  { part: "strikes", of: StrikeShow, method: "show" },
  { part: "names and bars", of: Nameplates, method: "show_names" },
  { part: "bolts and marks", of: GroundShow, method: "show" },
  { part: "bolts and marks, handed over", of: Bolts, method: "end" },
  { part: "bolts and marks, handed over", of: GroundMarks, method: "end" },
  { part: "texts", of: CombatTexts, method: "show_texts" },
  { part: "interface", of: Hud, method: "show_frame" },
  { part: "squares, handed over", of: FlatSquares, method: "show" },
  { part: "lines of status", of: ConnectionBanner, method: "show_connection" },
  { part: "lines of status", of: StatusLine, method: "show_status" },
  { part: "lines of status", of: NetOverlay, method: "show_frame" },
  { part: "arcs of blades", of: SlashArcs, method: "advance" },
];
