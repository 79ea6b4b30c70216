/** One class to construct or method to call; tools/conformance/plan.ts writes it. */
export interface SweepJob {
  readonly index: number;
  readonly kind: "class" | "method";
  readonly className: string;
  readonly method: string;
  readonly isStatic: boolean;
  readonly isVararg: boolean;
  readonly required: number;
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly result: string;
  readonly isInstantiable: boolean;
}

/** What one engine has to do. */
export interface SweepOrder {
  readonly jobs: readonly SweepJob[];
  /** Where the outcomes go. */
  readonly log: string;
  /** Descendants that can be constructed, by class. */
  readonly concrete: Readonly<Record<string, readonly string[]>>;
  readonly singletons: readonly string[];
  /** GDScript does the calls, to tell what the engine itself cannot bear. */
  readonly byGdscript: boolean;
}
