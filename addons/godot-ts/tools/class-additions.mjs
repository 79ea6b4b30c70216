/** What the runtime adds to engine classes, and methods whose types say more than the API dump can. */

/**
 * Whole signatures in place of the generated ones, by `Class.method`.
 * @type {Readonly<Record<string, string>>}
 */
export const OWN_SIGNATURES = Object.freeze({
  "Object.connect":
    "connect<M, S extends SignalName<M>>(this: HasSignals<M>, signal: S, callable: Callable | SignalHandler<M, S>, flags?: number): Error;",
  "Object.disconnect":
    "disconnect<M, S extends SignalName<M>>(this: HasSignals<M>, signal: S, callable: Callable | SignalHandler<M, S>): void;",
  "Object.is_connected":
    "is_connected<M, S extends SignalName<M>>(this: HasSignals<M>, signal: S, callable: Callable | SignalHandler<M, S>): boolean;",
  "Object.emit_signal":
    "emit_signal<M, S extends SignalName<M>>(this: HasSignals<M>, signal: S, ...args: SignalArguments<M, S>): Error;",
  "Object.has_signal": "has_signal<M>(this: HasSignals<M>, signal: SignalName<M>): boolean;",
  "Object.set_script": "set_script(script: Script | null): void;",
  "Object.get_instance_id": "get_instance_id(): number | bigint;",
  "Node.get_node": "get_node<T extends Node = Node>(path: NodePath | string): T;",
  "Node.get_node_or_null": "get_node_or_null<T extends Node = Node>(path: NodePath | string): T | null;",
  "Node.get_parent": "get_parent<T extends Node = Node>(): T | null;",
  "Node.get_child": "get_child<T extends Node = Node>(idx: number, include_internal?: boolean): T;",
  "Node.find_child":
    "find_child<T extends Node = Node>(pattern: string, recursive?: boolean, owned?: boolean): T | null;",
  "Node.duplicate": "duplicate(flags?: number): this;",
  "Resource.duplicate": "duplicate(deep?: boolean): this;",
  "Resource.duplicate_deep": "duplicate_deep(deep_subresources_mode?: Resource.DeepDuplicateMode): this;",
  "PackedScene.instantiate": "instantiate<T extends Node = Node>(edit_state?: PackedScene.GenEditState): T;",
  "SceneTree.get_first_node_in_group": "get_first_node_in_group<T extends Node = Node>(group: string): T | null;",
  "SceneTree.get_nodes_in_group": "get_nodes_in_group<T extends Node = Node>(group: string): T[];",
  "ResourceLoader.load":
    "load<T extends Resource = Resource>(path: string, type_hint?: string, cache_mode?: ResourceLoader.CacheMode): T | null;",
  "ResourceLoader.load_threaded_get": "load_threaded_get<T extends Resource = Resource>(path: string): T | null;",
});

/**
 * Members that the engine's dump does not list, by class.
 * @type {Readonly<Record<string, string>>}
 */
export const CLASS_ADDITIONS = Object.freeze({
  Object: `  /**
   * Waits for the next emission of a signal.
   * @returns the signal's arguments. Rejects with \`ObjectFreedError\` if the object is freed first.
   */
  to_signal<M, S extends SignalName<M>>(this: HasSignals<M>, signal: S): Promise<SignalResult<M, S>>;
  /**
   * Deletes the object from memory. Every later use throws \`ObjectFreedError\`. Nodes in the tree are better served by
   * \`queue_free\`; objects that extend \`RefCounted\` free themselves.
   */
  free(): void;
`,
});

/**
 * Virtual methods that the engine's dump does not list, by class.
 * @type {Readonly<Record<string, readonly { doc: string, signature: string }[]>>}
 */
export const VIRTUAL_ADDITIONS = Object.freeze({
  Object: [
    {
      doc: "Called with each notification that the object receives, e.g. `Node.NOTIFICATION_ENTER_TREE`.",
      signature: "_notification?(what: number): void;",
    },
    {
      doc: "Reads a property that is not a member. `undefined` means that there is none of that name.",
      signature: "_get?(property: string): VariantInput | undefined;",
    },
    {
      doc: "Writes a property that is not a member. Returns whether it was one.",
      signature: "_set?(property: string, value: Variant): boolean;",
    },
    {
      doc: "Lists further properties, each as `{ name, type, hint, hint_string, usage }`.",
      signature: "_get_property_list?(): readonly DictionaryInput[];",
    },
    {
      doc: "Changes the description of a property before the editor sees it.",
      signature: "_validate_property?(property: Dictionary): void;",
    },
    {
      doc: "Whether the editor offers to revert the property.",
      signature: "_property_can_revert?(property: string): boolean;",
    },
    {
      doc: "The value that the editor reverts the property to.",
      signature: "_property_get_revert?(property: string): VariantInput;",
    },
    { doc: "The text of the object in `str` and `print`.", signature: "_to_string?(): string;" },
  ],
});
