import { readFileSync } from "node:fs";
import { type InputEvent, InputEventKey, Key, type Label, PanelContainer, type ProgressBar, type Signals } from "godot";
import { GameClient } from "../../client/game-client.ts";
import { openRecording, type Recording } from "../../client/recording/recording.ts";
import { ReplayPlayer } from "../../client/recording/replay-player.ts";
import { MessageMeter } from "../../protocol/metering/message-meter.ts";
import { decodeZone } from "../../simulation/zone-file.ts";
import { hashBytes } from "../../simulation/zone-hash.ts";
import { loadCombat } from "../load-combat.ts";
import { loadZoneFile } from "../world-files.ts";

const SEEK_SECONDS = 5;
/** What a frame of the window may spend on the way to another time, milliseconds. */
const SEEK_MS_PER_FRAME = 40;

export interface ReplayRun {
  file: string;
  /** Where to begin, seconds. */
  startSeconds: number;
  /** After so many seconds on screen, or at the recording's end, the game ends; without it, a person ends it. */
  seconds: number | undefined;
}

/** A recording on screen: what of it is played, and the keys that stop it, turn it back and make it slow. */
export default class ReplayScreen extends PanelContainer {
  static signals = { finished: [] } satisfies Signals;

  /** What the client sends and gets, as far as the overlay shows it. */
  meter = createMeter();
  #player: ReplayPlayer | undefined;
  #recording: Recording | undefined;
  #run: ReplayRun | undefined;
  #shownSeconds = 0;
  #finished = false;

  /** Opens a recording and goes to where it is to begin. Throws an error for people. */
  open(run: ReplayRun): void {
    const opened = openRecording(readFileSync(run.file));
    if (!opened.ok) throw new Error(`${run.file}: ${opened.problem}`);
    const { recording } = opened;
    this.#run = run;
    this.#recording = recording;
    const combat = loadCombat();
    this.#player = new ReplayPlayer(recording, {
      ...(combat && { combat }),
      findZone: findBakedZone,
      makeClient: (options) => {
        this.meter = createMeter();
        return new GameClient({ ...options, meter: this.meter });
      },
      log: (line) => console.log(line),
    });
    for (const bytes of recording.zones.values()) warnOfOtherGround(bytes);
    // Nobody presses keys while a clip is filmed.
    this.get_node<Label>("%Keys").visible = run.seconds === undefined;
    if (run.startSeconds <= 0) return;
    this.#player.seekTo(run.startSeconds);
    this.#player.advance(0, () => true);
  }

  /** Another one after going back. */
  get client(): GameClient {
    if (this.#player === undefined) throw new Error("open a recording first");
    return this.#player.replay.client;
  }

  /** One frame of the window. Returns by how many seconds the play went on. */
  advance(seconds: number): number {
    const player = this.#player;
    const run = this.#run;
    if (player === undefined || run === undefined) return 0;
    const deadlineMs = performance.now() + SEEK_MS_PER_FRAME;
    const played = player.advance(seconds, () => performance.now() < deadlineMs);
    this.#shownSeconds += seconds;
    this.#show(player);
    if (run.seconds !== undefined && (player.ended || this.#shownSeconds >= run.seconds)) this.#finish();
    return played;
  }

  _unhandled_key_input(event: InputEvent): void {
    if (!(event instanceof InputEventKey) || !event.pressed || this.#player === undefined) return;
    this.#press(event.physical_keycode, this.#player);
  }

  #press(key: Key, player: ReplayPlayer): void {
    if (key === Key.KEY_SPACE) player.paused = !player.paused;
    else if (key === Key.KEY_PERIOD) player.stepFrame();
    else if (key === Key.KEY_RIGHT) player.seekBy(SEEK_SECONDS);
    else if (key === Key.KEY_LEFT) player.seekBy(-SEEK_SECONDS);
    else if (key === Key.KEY_UP) player.changeSpeed(1);
    else if (key === Key.KEY_DOWN) player.changeSpeed(-1);
    else if (key === Key.KEY_HOME) player.seekTo(0);
    else if (key === Key.KEY_ESCAPE) this.#finish();
    else return;
    this.get_viewport()?.set_input_as_handled();
  }

  #show(player: ReplayPlayer): void {
    const total = this.#recording?.seconds ?? 0;
    const { replay } = player;
    const state = player.seeking ? "…" : player.ended ? "end" : player.paused ? "paused" : `×${player.speed}`;
    this.get_node<Label>("%State").text =
      `${clock(replay.seconds)} / ${clock(total)}   ${state}   frame ${replay.frames}`;
    const bar = this.get_node<ProgressBar>("%Position");
    bar.max_value = Math.max(total, 0.001);
    bar.value = replay.seconds;
    const { firstDifference } = replay;
    const differs = this.get_node<Label>("%Differs");
    differs.visible = firstDifference !== undefined;
    if (firstDifference !== undefined) {
      const { what, event, seconds } = firstDifference;
      differs.text = `not as recorded since ${seconds.toFixed(2)} s (event ${event}): ${what}`;
    }
  }

  /** Says what came of it, as one JSON line, and asks to be ended. */
  #finish(): void {
    const replay = this.#player?.replay;
    if (this.#finished || replay === undefined) return;
    this.#finished = true;
    const { seconds, frames, packetsCompared, statesCompared, differences, firstDifference } = replay;
    const identical = differences === 0;
    const compared = {
      packetsCompared,
      statesCompared,
      identical,
      differences,
      firstDifference: firstDifference ?? null,
    };
    console.log(
      JSON.stringify({ replayed: this.#run?.file, seconds: Number(seconds.toFixed(3)), frames, ...compared }),
    );
    this.emit_signal("finished");
  }
}

function createMeter(): MessageMeter {
  // Nobody looks at how long coding takes: the clock is hardly read for it.
  return new MessageMeter({ nowNs: () => performance.now() * 1e6, timeOneIn: 1_000_000 });
}

function findBakedZone(name: string, hash: string): Uint8Array | undefined {
  const bytes = loadZoneFile(name);
  return hashBytes(bytes) === hash ? bytes : undefined;
}

/** What is drawn is the zone of now: on another one people may walk through walls. */
function warnOfOtherGround(recorded: Uint8Array): void {
  const decoded = decodeZone(recorded);
  const name = decoded.ok ? decoded.zone.name : "";
  const warning = `recorded in zone "${name}" as it is not here: the ground that is drawn may not fit what happens on it`;
  try {
    if (findBakedZone(name, hashBytes(recorded)) === undefined) console.warn(warning);
  } catch {
    console.warn(warning);
  }
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}.${Math.floor((seconds - whole) * 10)}`;
}
