import type { CombatIntent } from "../combat/combat-intent.ts";
import { GameClient, type GameClientOptions } from "../game-client.ts";
import type { InputSample } from "../input-sample.ts";
import type { Target } from "../session.ts";
import { Recorder, type RecorderOptions } from "./recorder.ts";
import { RecordingTransport } from "./recording-transport.ts";
import { ZoneRecorder } from "./zone-recorder.ts";

/** A client that is recorded from its first call to its end. Plays as any other: what goes in is written down and passed on. */
export class RecordingClient extends GameClient {
  readonly recorder: Recorder;
  /** A call within a call, such as the goodbye of `dispose`, is not the owner's. */
  #inCall = false;

  constructor(options: GameClientOptions, recorderOptions: RecorderOptions) {
    const recorder = new Recorder(recorderOptions);
    recorder.start(options);
    const zones = new ZoneRecorder(recorder.writer, options.loadZone);
    super({
      ...options,
      transport: new RecordingTransport(options.transport, recorder),
      loadZone: (zone) => zones.load(zone),
      random: () => {
        const value = options.random();
        recorder.random(value);
        return value;
      },
    });
    this.recorder = recorder;
  }

  override connect(target: Target): void {
    this.recorder.connect(target.address, target.name);
    this.#call(() => super.connect(target));
    this.recorder.flush();
  }

  override disconnect(): void {
    if (this.#inCall) {
      super.disconnect();
      return;
    }
    this.recorder.disconnect();
    this.#call(() => super.disconnect());
    this.recorder.flush();
  }

  override update(nowMs: number, input: InputSample): void {
    this.recorder.beginFrame(nowMs, input);
    super.update(nowMs, input);
    this.recorder.endFrame(nowMs, this);
  }

  override act(intent: CombatIntent): void {
    this.recorder.act(intent);
    super.act(intent);
  }

  override dispose(): void {
    this.recorder.dispose();
    this.#call(() => super.dispose());
    this.recorder.end();
  }

  #call(call: () => void): void {
    this.#inCall = true;
    try {
      call();
    } finally {
      this.#inCall = false;
    }
  }
}
