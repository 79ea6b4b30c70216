import type { OwnView } from "../../client/own-view.ts";
import type { Telemetry } from "../../client/telemetry.ts";
import { Capability } from "../../protocol/capability.ts";
import { PROTOCOL_MAJOR } from "../../protocol/protocol-version.ts";
import { formatMillimeters, formatMs, formatShare, formatTicks } from "./number-text.ts";

/** One line of the overlay's numbers. A line that `warns` gets a mark besides its colour. */
export interface OverlayRow {
  readonly kind: "heading" | "value";
  readonly label: string;
  readonly value: string;
  readonly warns: boolean;
}

export interface OverlayFacts {
  readonly telemetry: Readonly<Telemetry>;
  readonly own: OwnView;
  /** As the player called it. */
  readonly address: string;
  /** Empty while in no zone. */
  readonly zone: string;
  readonly framesPerSecond: number;
}

// From here on a player notices, and the line warns. Goals of the netcode where it has one.
const HIGH_RTT_MS = 250;
const HIGH_JITTER_MS = 25;
const HIGH_LOSS = 0.02;
const HIGH_STRETCH = 0.03;
const HIGH_CORRECTION_MM = 50;
const HIGH_UNDERRUN_RATIO = 0.005;
const LOW_FRAMES_PER_SECOND = 25;

/** What the overlay says, line by line. */
export function overlayRows(facts: OverlayFacts): OverlayRow[] {
  const { telemetry, own } = facts;
  const rows: OverlayRow[] = [];
  const heading = (label: string) => rows.push({ kind: "heading", label, value: "", warns: false });
  const add = (label: string, value: string, warns = false) => rows.push({ kind: "value", label, value, warns });

  heading("World");
  add("server", facts.address);
  add("zone", facts.zone === "" ? "–" : facts.zone);
  const [codec, ...features] = describeFeatures(telemetry);
  add("protocol", `${PROTOCOL_MAJOR}.${telemetry.protocolMinor} ${codec}`.trimEnd());
  for (const [index, feature] of features.entries()) add(index === 0 ? "in use" : "", feature);
  const fps = facts.framesPerSecond;
  add("frames", fps > 0 ? `${Math.round(fps)}/s` : "–", fps > 0 && fps < LOW_FRAMES_PER_SECOND);

  heading("Link");
  add("round trip, network", formatMs(telemetry.linkRttMs), telemetry.linkRttMs > HIGH_RTT_MS);
  add("round trip, game", formatMs(telemetry.rttMs), telemetry.rttMs > HIGH_RTT_MS);
  add("jitter", formatMs(telemetry.jitterMs), telemetry.jitterMs > HIGH_JITTER_MS);
  const lossy = Math.max(telemetry.lossUp, telemetry.lossDown) > HIGH_LOSS;
  add("lost up, down", `${formatShare(telemetry.lossUp)}, ${formatShare(telemetry.lossDown)}`, lossy);

  heading("Own character");
  add("tick lead", formatTicks(telemetry.tickLead));
  add("time scale", telemetry.timeScale.toFixed(3), Math.abs(telemetry.timeScale - 1) > HIGH_STRETCH);
  const goal = telemetry.serverBufferGoalTicks.toFixed(1);
  add("server buffer", `${telemetry.serverBufferTicks} of ${goal} ticks`);
  add("input copies", `${telemetry.inputCopies}`);
  const correctionMm = own.present ? own.errorMeters * 1000 : 0;
  add("correction now", formatMillimeters(correctionMm), correctionMm > HIGH_CORRECTION_MM);
  const worst = `${formatMillimeters(telemetry.maxCorrectionMm)} of ${telemetry.corrections}`;
  add("worst correction", worst, telemetry.maxCorrectionMm > HIGH_CORRECTION_MM);
  add("ahead of server", own.present ? formatMillimeters(aheadMeters(own) * 1000) : "–");

  heading("Others");
  add("shown late by", formatMs(telemetry.interpolationDelayMs));
  const ratio = telemetry.remotesDrawn > 0 ? telemetry.underruns / telemetry.remotesDrawn : 0;
  add("underruns", `${telemetry.underruns}, ${formatShare(ratio)}`, ratio > HIGH_UNDERRUN_RATIO);
  return rows;
}

/** From where the newest snapshot has the own character to where it is drawn. */
function aheadMeters(own: OwnView): number {
  return Math.hypot(own.x - own.serverX, own.y - own.serverY, own.z - own.serverZ);
}

/** The codec, then what else is in use. */
function describeFeatures({ featuresInUse }: Readonly<Telemetry>): readonly [string, ...string[]] {
  const codecs: readonly string[] = [Capability.sequenced, Capability.legacy];
  const codec = codecs.find((name) => featuresInUse.includes(name)) ?? "";
  return [codec, ...featuresInUse.filter((name) => !codecs.includes(name))];
}
