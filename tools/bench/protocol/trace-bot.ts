import { createInput, createInputCommand } from "../../../scripts/protocol/create-messages.ts";
import { Button, type InputCommand, MessageType } from "../../../scripts/protocol/messages.ts";
import { PacketDecoder } from "../../../scripts/protocol/packet-decoder.ts";
import { PacketEncoder } from "../../../scripts/protocol/packet-encoder.ts";
import { createPacketHeader } from "../../../scripts/protocol/packet-header.ts";
import { PacketSequencer } from "../../../scripts/protocol/packet-sequencer.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../../scripts/protocol/protocol-version.ts";
import {
  type ConnectionId,
  Delivery,
  type Transport,
  type TransportHandler,
} from "../../../scripts/transport/transport.ts";

const COMMANDS_PER_PACKET = 4;
const TICKS_PER_PACKET = 2;
const TICKS_PER_SECOND = 60;
const YAW_STEPS_PER_RADIAN = 65536 / (2 * Math.PI);
/** How fast a hand on a mouse turns at most, radians per second, and how fast it gets there, per tick. */
const MAX_TURN_RATE = 2.5;
const TURN_GAIN = 0.15;

type Mood = "walk" | "wander" | "idle";
const MOODS: readonly Mood[] = ["walk", "wander", "idle"];

/**
 * A player of the trace, connected to the zone server like any other. It walks straight for a while, wanders about with
 * turns and jumps, or stands still, a third of the time each; what is in the way it runs into.
 */
export class TraceBot implements TransportHandler {
  entityId = 0;
  /** The newest command, reused. */
  readonly newest: InputCommand = createInputCommand();
  private readonly encoder = new PacketEncoder();
  private readonly decoder = new PacketDecoder();
  private readonly sequencer = new PacketSequencer();
  private readonly header = createPacketHeader();
  private readonly input = createInput();
  private readonly connection: ConnectionId;
  private mood: Mood = "idle";
  private moodTicks = 0;
  private turnTicks = 0;
  private turnRate = 0;
  private wantedTurnRate = 0;
  private yaw: number;
  private moveX = 0;
  private moveZ = 0;
  private buttons = 0;
  private tick = 1000;

  constructor(
    private readonly transport: Transport,
    address: string,
    private readonly name: string,
    private readonly random: () => number,
  ) {
    this.yaw = random() * 65536;
    this.connection = transport.connect(address);
  }

  /** One tick of its life; in every second one a packet leaves. */
  step(): void {
    this.transport.poll(this);
    if (this.entityId === 0) return;
    this.tick += 1;
    this.decide();
    this.remember();
    if (this.tick % TICKS_PER_PACKET === 0) this.sendInput();
  }

  onConnecting(): boolean {
    return false;
  }

  onOpen(): void {
    this.sequencer.next(this.header);
    const hello = {
      protocolMajor: PROTOCOL_MAJOR,
      protocolMinor: PROTOCOL_MINOR,
      playerName: this.name,
      clientBuild: "trace",
    };
    this.transport.send(this.connection, this.encoder.encodeHello(this.header, hello), Delivery.reliable);
    this.transport.flush();
  }

  onMessage(_connection: ConnectionId, bytes: Uint8Array): void {
    if (this.entityId !== 0 || this.decoder.decode(bytes) !== MessageType.helloAck) return;
    this.entityId = this.decoder.helloAck.entityId;
    this.sequencer.reset(this.decoder.helloAck.sessionEpoch);
  }

  onClosed(_connection: ConnectionId, cause: string, _code: number, detail: string): void {
    throw new Error(`${this.name} was thrown out: ${cause}, ${detail}`);
  }

  private decide(): void {
    this.moodTicks -= 1;
    if (this.moodTicks <= 0) this.changeMood();
    this.turnTicks -= 1;
    if (this.turnTicks <= 0) this.changeTurn();
    this.turnRate += (this.wantedTurnRate - this.turnRate) * TURN_GAIN;
    if (this.wantedTurnRate === 0 && Math.abs(this.turnRate) < 0.02) this.turnRate = 0;
    this.yaw += (this.turnRate * YAW_STEPS_PER_RADIAN) / TICKS_PER_SECOND;
    const jumps = this.mood === "wander" && this.random() < 0.5 / TICKS_PER_SECOND;
    this.buttons = (this.buttons & Button.sprint) | (jumps ? Button.jump : 0);
  }

  private changeMood(): void {
    this.mood = MOODS[Math.floor(this.random() * MOODS.length)] ?? "idle";
    this.moodTicks = TICKS_PER_SECOND * (1 + 3 * this.random());
    this.turnTicks = 0;
    const idle = this.mood === "idle";
    this.moveZ = idle ? 0 : -127;
    this.moveX = !idle && this.random() < 0.25 ? (this.random() < 0.5 ? -127 : 127) : 0;
    this.buttons = this.random() < 0.4 ? Button.sprint : 0;
  }

  private changeTurn(): void {
    this.turnTicks = TICKS_PER_SECOND * (0.3 + 0.7 * this.random());
    if (this.mood === "wander") this.wantedTurnRate = (2 * this.random() - 1) * MAX_TURN_RATE;
    else if (this.mood === "walk" && this.random() < 0.1) this.wantedTurnRate = (2 * this.random() - 1) * 0.5;
    else this.wantedTurnRate = 0;
  }

  /** Moves the newest commands up and puts this tick's last. */
  private remember(): void {
    const { input, newest } = this;
    const first = input.commands.shift();
    if (first === undefined) throw new Error("an Input has no commands");
    input.commands.push(first);
    const last = input.commands[COMMANDS_PER_PACKET - 1];
    if (last === undefined) throw new Error("an Input has too few commands");
    newest.tick = this.tick;
    newest.moveX = this.moveX;
    newest.moveZ = this.moveZ;
    newest.yaw = Math.round(this.yaw) & 0xffff;
    newest.buttons = this.buttons;
    Object.assign(last, newest);
  }

  private sendInput(): void {
    const { input } = this;
    if (input.commands[0]?.tick === 0) return;
    input.commandCount = COMMANDS_PER_PACKET;
    this.sequencer.next(this.header);
    this.transport.send(this.connection, this.encoder.encodeInput(this.header, input), Delivery.unreliable);
    this.transport.flush();
  }
}
