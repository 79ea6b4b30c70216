import { type Random, seededRandom } from "./random.ts";
import { SAMPLE_RATE_HZ } from "./wav-writer.ts";

/** All sounds by file name: noise through moving filters, no recordings. */
export function sounds(): Record<string, Float32Array> {
  return {
    "shore-ambience": shoreAmbience(seededRandom(11)),
    "footstep-1": footstep(seededRandom(21), 900),
    "footstep-2": footstep(seededRandom(22), 760),
    "footstep-3": footstep(seededRandom(23), 1050),
    jump: whoosh(seededRandom(31)),
    land: thud(seededRandom(41)),
    select: chime([784, 1175], 0.16),
    confirm: chime([587, 880, 1175], 0.32),
    cast: shimmer(seededRandom(51), 0.5, 380, 1.6),
    throw: whoosh(seededRandom(52)),
    swing: whoosh(seededRandom(53)),
    hit: blow(seededRandom(54), 0.2, 1500, 0),
    critical: blow(seededRandom(55), 0.42, 2600, 740),
    block: blow(seededRandom(56), 0.3, 3800, 1180),
    heal: chime([523, 659, 784], 0.5),
    ward: chime([392, 587], 0.55),
    burst: blow(seededRandom(57), 0.6, 420, 0),
    death: fall(seededRandom(58)),
    refused: chime([208, 165], 0.13),
    respawn: shimmer(seededRandom(59), 0.9, 300, 2.4),
  };
}

function samplesOf(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE_HZ));
}

/** One-pole low-pass: the share of the input that passes per sample at a cutoff in hertz. */
function passShare(cutoffHz: number): number {
  return 1 - Math.exp((-2 * Math.PI * cutoffHz) / SAMPLE_RATE_HZ);
}

/** Waves that come and go over a steady wind, 12 s, its end blended into its beginning so that it loops unheard. */
function shoreAmbience(random: Random): Float32Array {
  const seconds = 12;
  const overlap = Math.round(1.5 * SAMPLE_RATE_HZ);
  const length = seconds * SAMPLE_RATE_HZ;
  const raw = new Float32Array(length + overlap);
  let wind = 0;
  let body = 0;
  let spray = 0;
  for (let i = 0; i < raw.length; i++) {
    const time = i / SAMPLE_RATE_HZ;
    const noise = random() * 2 - 1;
    const swell = Math.max(0, Math.sin((2 * Math.PI * time) / 6 - 0.6)) ** 2;
    const second = Math.max(0, Math.sin((2 * Math.PI * time) / 4 + 1.9)) ** 3;
    wind += (noise - wind) * passShare(260 + 80 * Math.sin((2 * Math.PI * time) / 12));
    body += (noise - body) * passShare(420 + 700 * swell);
    spray += (noise - spray) * passShare(3200);
    raw[i] = wind * 0.22 + body * (0.12 + 0.5 * swell + 0.22 * second) + (noise - spray) * 0.035 * swell;
  }
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const current = raw[i] ?? 0;
    const tail = raw[length + i] ?? 0;
    const blend = i < overlap ? i / overlap : 1;
    out[i] = current * Math.sqrt(blend) + (i < overlap ? tail * Math.sqrt(1 - blend) : 0);
  }
  return normalized(out, 0.7);
}

function footstep(random: Random, cutoffHz: number): Float32Array {
  const out = samplesOf(0.16);
  let low = 0;
  for (let i = 0; i < out.length; i++) {
    const time = i / SAMPLE_RATE_HZ;
    low += (random() * 2 - 1 - low) * passShare(cutoffHz);
    const heel = Math.exp(-time * 46);
    const sole = Math.exp(-(((time - 0.06) / 0.022) ** 2));
    out[i] = low * (heel + 0.5 * sole) * Math.min(1, time * 900);
  }
  return normalized(out, 0.6);
}

function whoosh(random: Random): Float32Array {
  const out = samplesOf(0.3);
  let low = 0;
  let lower = 0;
  for (let i = 0; i < out.length; i++) {
    const time = i / SAMPLE_RATE_HZ;
    const noise = random() * 2 - 1;
    low += (noise - low) * passShare(700 + 2600 * time);
    lower += (noise - lower) * passShare(240);
    out[i] = (low - lower) * Math.sin(Math.PI * Math.min(1, time / 0.3)) ** 2;
  }
  return normalized(out, 0.4);
}

function thud(random: Random): Float32Array {
  const out = samplesOf(0.26);
  let low = 0;
  for (let i = 0; i < out.length; i++) {
    const time = i / SAMPLE_RATE_HZ;
    low += (random() * 2 - 1 - low) * passShare(600);
    const boom = Math.sin(2 * Math.PI * (95 * time - 90 * time * time));
    out[i] = (boom * 0.8 + low) * Math.exp(-time * 22) * Math.min(1, time * 700);
  }
  return normalized(out, 0.7);
}

/** Soft struck notes, one after the other. */
function chime(notesHz: readonly number[], seconds: number): Float32Array {
  const out = samplesOf(seconds + notesHz.length * 0.05);
  notesHz.forEach((hertz, index) => {
    const start = Math.round(index * 0.05 * SAMPLE_RATE_HZ);
    for (let i = start; i < out.length; i++) {
      const time = (i - start) / SAMPLE_RATE_HZ;
      const tone = Math.sin(2 * Math.PI * hertz * time) + 0.3 * Math.sin(4 * Math.PI * hertz * time);
      out[i] = (out[i] ?? 0) + tone * Math.exp((-time * 5) / seconds) * Math.min(1, time * 400);
    }
  });
  return normalized(out, 0.35);
}

/** A blow: dry noise and the push of a low tone; with a ring in hertz where there is metal. */
function blow(random: Random, seconds: number, brightHz: number, ringHz: number): Float32Array {
  const out = samplesOf(seconds);
  let low = 0;
  for (let i = 0; i < out.length; i++) {
    const time = i / SAMPLE_RATE_HZ;
    const noise = random() * 2 - 1;
    low += (noise - low) * passShare(brightHz * Math.exp(-time * 9) + 120);
    const push = Math.sin(2 * Math.PI * (120 * time - 130 * time * time));
    const ring = Math.sin(2 * Math.PI * ringHz * time) + 0.6 * Math.sin(2 * Math.PI * ringHz * 2.76 * time);
    const body = (low * 1.3 + push * 0.8) * Math.exp((-time * 5) / seconds);
    const metal = ringHz > 0 ? ring * 0.22 * Math.exp((-time * 4) / seconds) : 0;
    out[i] = (body + metal) * Math.min(1, time * 900);
  }
  return normalized(out, 0.6);
}

/** Something gathers: a tone that rises by a factor, and air around it. */
function shimmer(random: Random, seconds: number, fromHz: number, factor: number): Float32Array {
  const out = samplesOf(seconds);
  let low = 0;
  let turn = 0;
  for (let i = 0; i < out.length; i++) {
    const share = i / out.length;
    const hertz = fromHz * factor ** share;
    turn += (2 * Math.PI * hertz) / SAMPLE_RATE_HZ;
    low += (random() * 2 - 1 - low) * passShare(hertz * 2.5);
    const tone = Math.sin(turn) + 0.5 * Math.sin(turn * 1.5) + 0.25 * Math.sin(turn * 3.01);
    out[i] = (tone * 0.5 + low * 0.5) * Math.sin(Math.PI * Math.sqrt(share)) ** 2;
  }
  return normalized(out, 0.4);
}

/** A body that falls: a tone that sinks, and the thud at its end. */
function fall(random: Random): Float32Array {
  const out = samplesOf(0.85);
  let low = 0;
  let turn = 0;
  for (let i = 0; i < out.length; i++) {
    const time = i / SAMPLE_RATE_HZ;
    turn += (2 * Math.PI * (210 * Math.exp(-time * 2.6) + 40)) / SAMPLE_RATE_HZ;
    low += (random() * 2 - 1 - low) * passShare(500);
    const sinks = (Math.sin(turn) + 0.4 * Math.sin(turn * 2)) * Math.exp(-time * 3.2) * Math.min(1, time * 60);
    const since = time - 0.42;
    const thump = since < 0 ? 0 : (low * 1.6 + Math.sin(2 * Math.PI * 70 * since)) * Math.exp(-since * 16);
    out[i] = sinks * 0.7 + thump;
  }
  return normalized(out, 0.6);
}

function normalized(samples: Float32Array, peak: number): Float32Array {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6);
  return samples.map((sample) => (sample / loudest) * peak);
}
