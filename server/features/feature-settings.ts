import type { Capability } from "../../scripts/protocol/capability.ts";

/** By what a feature can be forced on or off, in the order in which it is looked at. */
export const SUBJECT_LISTS = ["players", "zones", "platforms"] as const;
export type SubjectList = (typeof SUBJECT_LISTS)[number];

/** Players are name keys of `checkPlayerName`. */
export type SubjectLists = Readonly<Record<SubjectList, ReadonlySet<string>>>;

/** What a feature file says of one feature. */
export interface FeatureSettings {
  readonly description: string;
  readonly enabled: boolean;
  /** 0 to 100, in steps of 0.01. */
  readonly rolloutPercent: number;
  readonly forceEnable: SubjectLists;
  readonly forceDisable: SubjectLists;
  readonly killSwitch: boolean;
}

/** A feature that is not in the table is off. */
export type FeatureTable = ReadonlyMap<Capability, FeatureSettings>;

const NOBODY: SubjectLists = Object.freeze({
  players: new Set<string>(),
  zones: new Set<string>(),
  platforms: new Set<string>(),
});

/** What holds for the members that an entry of the file leaves out. */
export const DEFAULT_SETTINGS: FeatureSettings = Object.freeze({
  description: "",
  enabled: false,
  rolloutPercent: 100,
  forceEnable: NOBODY,
  forceDisable: NOBODY,
  killSwitch: false,
});
