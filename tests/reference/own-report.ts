/** What a `SnapshotDelta` says about its receiver: rules P80 and P81 of docs/protocol.md. Of well-formed packets only. */
export interface OwnReport {
  serverTick: number;
  ackInputTick: number;
  inputBufferTicks: number;
  own: Record<string, number | boolean>;
  /** The codec's packet. */
  codec: Uint8Array;
}

const HEADER_BYTES = 20;

/** Reads a whole packet, header included. */
export function readOwnReport(packet: Uint8Array): OwnReport {
  let at = HEADER_BYTES;
  const byte = () => packet[at++] ?? 0;
  const number = (): number => {
    let unsigned = 0;
    for (let place = 1; ; place *= 128) {
      const next = byte();
      unsigned += (next % 128) * place;
      if (next < 128) break;
    }
    // 0, 1, 2, 3, 4 stand for 0, -1, 1, -2, 2.
    return unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2;
  };
  const bits = byte();
  const has = (bit: number) => Math.floor(bits / 2 ** bit) % 2 === 1;
  const inputBufferTicks = byte();
  const yaw = byte() + byte() * 256;
  const behind = number();
  const place = { x: number(), y: number(), z: number() };
  const velocity = has(1) ? { vx: number(), vy: number(), vz: number() } : { vx: 0, vy: 0, vz: 0 };
  const airTicks = has(2) ? byte() : 0;
  const jumpCooldownTicks = has(3) ? byte() : 0;
  const codec = packet.slice(at);
  const serverTick = [5, 4, 3, 2].reduce((tick, index) => tick * 256 + (codec[index] ?? 0), 0);
  const ackInputTick = (serverTick - behind + 2 ** 32) % 2 ** 32;
  const own = { ...place, ...velocity, yaw, grounded: has(0), airTicks, jumpCooldownTicks };
  return { serverTick, ackInputTick, inputBufferTicks, own, codec };
}
