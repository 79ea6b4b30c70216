import { type ByteBuffer, Encoding } from "flatbuffers";
import type { DecodeFailure } from "./decode-error.ts";
import { Bye as ByeTable } from "./generated/wire/bye.ts";
import { FeatureProblem as FeatureProblemTable } from "./generated/wire/feature-problem.ts";
import { Features as FeaturesTable } from "./generated/wire/features.ts";
import { Hello as HelloTable } from "./generated/wire/hello.ts";
import { HelloAck as HelloAckTable } from "./generated/wire/hello-ack.ts";
import { Presence as PresenceTable } from "./generated/wire/presence.ts";
import { PresenceEntry } from "./generated/wire/presence-entry.ts";
import { Reject as RejectTable } from "./generated/wire/reject.ts";
import type { Bye, FeatureProblem, Features, Hello, HelloAck, Presence, Reject } from "./messages.ts";
import { reasonCode } from "./reason-code.ts";
import { CAPABILITY_PATTERN, PLATFORM_PATTERN, TRACE_ID_PATTERN, ZONE_NAME_PATTERN } from "./wire-limits.ts";

/** Fills session messages from bodies that have been verified; what is left to check are the values. */
export class SessionDecoder {
  readonly #body: ByteBuffer;
  readonly #failure: DecodeFailure;
  readonly #text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #entry = new PresenceEntry();

  constructor(body: ByteBuffer, failure: DecodeFailure) {
    this.#body = body;
    this.#failure = failure;
  }

  hello(out: Hello): boolean {
    const table = HelloTable.getRootAsHello(this.#body);
    out.protocolMajor = table.protocolMajor();
    out.protocolMinor = table.protocolMinor();
    out.playerName = this.#string(table.playerName(Encoding.UTF8_BYTES), "Hello.player_name");
    out.clientBuild = this.#string(table.clientBuild(Encoding.UTF8_BYTES), "Hello.client_build");
    out.capabilities = this.#capabilities(table, "Hello.capabilities");
    const platform = table.platform(Encoding.UTF8_BYTES);
    out.platform = platform === null ? "" : this.#patterned(platform, PLATFORM_PATTERN, "Hello.platform");
    return this.#failure.error === "";
  }

  helloAck(out: HelloAck): boolean {
    const table = HelloAckTable.getRootAsHelloAck(this.#body);
    out.protocolMajor = table.protocolMajor();
    out.protocolMinor = table.protocolMinor();
    out.sessionEpoch = this.#positive(table.sessionEpoch(), "HelloAck.session_epoch");
    out.entityId = this.#positive(table.entityId(), "HelloAck.entity_id");
    out.zone = this.#patterned(table.zone(Encoding.UTF8_BYTES), ZONE_NAME_PATTERN, "HelloAck.zone");
    out.worldHash = this.#string(table.worldHash(Encoding.UTF8_BYTES), "HelloAck.world_hash");
    out.serverTick = table.serverTick();
    out.tickRateHz = this.#positive(table.tickRateHz(), "HelloAck.tick_rate_hz");
    out.snapshotRateHz = this.#positive(table.snapshotRateHz(), "HelloAck.snapshot_rate_hz");
    out.inputRateHz = this.#positive(table.inputRateHz(), "HelloAck.input_rate_hz");
    out.capabilities = this.#capabilities(table, "HelloAck.capabilities");
    return this.#failure.error === "";
  }

  reject(out: Reject): boolean {
    const table = RejectTable.getRootAsReject(this.#body);
    out.reasonCode = reasonCode(table.reasonCode());
    out.traceId = this.#patterned(table.traceId(Encoding.UTF8_BYTES), TRACE_ID_PATTERN, "Reject.trace_id");
    out.detail = this.#string(table.detail(Encoding.UTF8_BYTES), "Reject.detail");
    return this.#failure.error === "";
  }

  bye(out: Bye): boolean {
    out.reasonCode = reasonCode(ByeTable.getRootAsBye(this.#body).reasonCode());
    return true;
  }

  presence(out: Presence): boolean {
    const table = PresenceTable.getRootAsPresence(this.#body);
    out.joined.length = 0;
    for (let i = 0; i < table.joinedLength(); i++) {
      const entry = table.joined(i, this.#entry);
      const entityId = this.#positive(entry?.entityId() ?? 0, "Presence.joined.entity_id");
      const name = this.#string(entry?.name(Encoding.UTF8_BYTES), "Presence.joined.name");
      if (this.#failure.error !== "") return false;
      out.joined.push({ entityId, name });
    }
    out.left.length = 0;
    for (let i = 0; i < table.leftLength(); i++) {
      const entityId = this.#positive(table.left(i) ?? 0, "Presence.left");
      if (this.#failure.error !== "") return false;
      out.left.push(entityId);
    }
    return true;
  }

  features(out: Features): boolean {
    out.capabilities = this.#capabilities(FeaturesTable.getRootAsFeatures(this.#body), "Features.capabilities");
    return this.#failure.error === "";
  }

  featureProblem(out: FeatureProblem): boolean {
    const table = FeatureProblemTable.getRootAsFeatureProblem(this.#body);
    const capability = table.capability(Encoding.UTF8_BYTES);
    out.capability = this.#patterned(capability, CAPABILITY_PATTERN, "FeatureProblem.capability");
    out.detail = this.#string(table.detail(Encoding.UTF8_BYTES), "FeatureProblem.detail");
    return this.#failure.error === "";
  }

  #capabilities(table: HelloTable | HelloAckTable | FeaturesTable, subject: string): string[] {
    const names: string[] = [];
    for (let i = 0; i < table.capabilitiesLength() && this.#failure.error === ""; i++) {
      names.push(this.#patterned(table.capabilities(i, Encoding.UTF8_BYTES), CAPABILITY_PATTERN, subject));
    }
    return names;
  }

  #positive(value: number, subject: string): number {
    if (value === 0) this.#failure.set("out_of_range", subject, "1 or more", value);
    return value;
  }

  #patterned(bytes: string | Uint8Array | null, pattern: RegExp, subject: string): string {
    const text = this.#string(bytes, subject);
    if (!pattern.test(text)) this.#failure.set("out_of_range", subject, String(pattern), JSON.stringify(text));
    return text;
  }

  #string(bytes: string | Uint8Array | null | undefined, subject: string): string {
    if (!(bytes instanceof Uint8Array)) {
      this.#failure.set("missing_field", subject, "text", "none");
      return "";
    }
    try {
      return this.#text.decode(bytes);
    } catch {
      this.#failure.set("bad_utf8", subject, "UTF-8", `${bytes.length} bytes that are not`);
      return "";
    }
  }
}
