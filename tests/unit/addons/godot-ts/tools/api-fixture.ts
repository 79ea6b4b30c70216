/** An engine of four classes, in the shape of `extension_api.json`. */
export const API_FIXTURE = {
  header: { version_major: 4, version_minor: 6, version_patch: 1 },
  global_constants: [],
  global_enums: [
    { name: "Error", values: [{ name: "OK", value: 0, description: "Fine." }] },
    { name: "Variant.Type", values: [{ name: "TYPE_NIL", value: 0 }] },
    {
      name: "PropertyHint",
      values: [
        { name: "PROPERTY_HINT_RANGE", value: 1 },
        { name: "PROPERTY_HINT_MAX", value: 2 },
      ],
    },
  ],
  utility_functions: [
    { name: "print", is_vararg: true, arguments: [{ name: "arg1", type: "Variant" }] },
    { name: "typeof", return_type: "int", arguments: [{ name: "variable", type: "Variant" }] },
  ],
  builtin_classes: [
    { name: "int" },
    {
      name: "Vector2",
      members: [{ name: "x", type: "float" }],
      constants: [{ name: "UP", type: "Vector2", value: "Vector2(0, -1)" }],
      enums: [{ name: "Axis", values: [{ name: "AXIS_X", value: 0 }] }],
      constructors: [{ arguments: [] }, { arguments: [{ name: "from", type: "Vector2" }] }],
      operators: [
        { name: "==", right_type: "Variant", return_type: "bool" },
        { name: "==", right_type: "Vector2", return_type: "bool" },
        { name: "*", right_type: "int", return_type: "Vector2" },
        { name: "*", right_type: "float", return_type: "Vector2", description: "Scales." },
        { name: "*", right_type: "Vector2", return_type: "Vector2" },
        { name: "unary-", return_type: "Vector2" },
        { name: "not", return_type: "bool" },
      ],
      methods: [
        { name: "with_axis", return_type: "Vector2", arguments: [{ name: "axis", type: "int" }] },
        { name: "from_angle", is_static: true, return_type: "Vector2", arguments: [{ name: "angle", type: "float" }] },
      ],
    },
  ],
  classes: [
    {
      name: "Object",
      is_instantiable: true,
      methods: [
        { name: "connect", return_value: { type: "enum::Error" }, arguments: [{ name: "signal", type: "StringName" }] },
        {
          name: "call",
          is_vararg: true,
          return_value: { type: "Variant" },
          arguments: [{ name: "method", type: "StringName" }],
        },
      ],
      signals: [{ name: "script_changed" }],
    },
    {
      name: "Node",
      inherits: "Object",
      is_instantiable: true,
      brief_description: "A [b]node[/b].",
      enums: [{ name: "Mode", values: [{ name: "MODE_A", value: 0 }] }],
      constants: [{ name: "NOTIFICATION_READY", value: 13 }],
      properties: [
        { name: "mode", type: "int", getter: "get_mode", setter: "set_mode" },
        { name: "owner", type: "Node", getter: "get_owner", setter: "" },
        { name: "_private", type: "int" },
        { name: "theme/font", type: "int" },
      ],
      methods: [
        { name: "get_mode", return_value: { type: "enum::Node.Mode" } },
        { name: "get_owner", return_value: { type: "Node" } },
        {
          name: "add_child",
          arguments: [
            { name: "node", type: "Node", meta: "required" },
            { name: "class", type: "bool", default_value: "false" },
          ],
        },
        { name: "reparent", arguments: [{ name: "to", type: "Node", default_value: "null" }] },
        { name: "get_tree", return_value: { type: "Node" } },
        { name: "make", is_static: true, return_value: { type: "Node", meta: "required" } },
        {
          name: "_process",
          is_virtual: true,
          arguments: [{ name: "delta", type: "float" }],
          description: "Each frame.",
        },
      ],
      signals: [{ name: "child_entered", arguments: [{ name: "node", type: "Node" }] }],
    },
    { name: "CanvasItem", inherits: "Node", is_instantiable: false, deprecated: "Use [Node]." },
    {
      name: "Input",
      brief_description: "Keys and mouse.",
      inherits: "Object",
      is_instantiable: false,
      enums: [{ name: "MouseMode", values: [{ name: "MOUSE_MODE_CAPTURED", value: 2 }] }],
      methods: [{ name: "get_vector", return_value: { type: "Vector2" } }],
    },
  ],
  singletons: [{ name: "Input", type: "Input" }],
};
