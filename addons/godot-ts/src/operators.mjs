/**
 * The one rule for operators of value types: JavaScript cannot overload them, so each of Godot's operators is a method
 * with the name in this table (`a + b` is `a.add(b)`, `-a` is `a.negate()`). The runtime and the typings both read it.
 */

/**
 * Operator, as `extension_api.json` spells it, to method name. `null`: no method, JavaScript has its own way
 * (`!`, `&&`, `||`, `array.includes(x)`, unary plus does nothing).
 * @type {Readonly<Record<string, string | null>>}
 */
export const OPERATOR_METHODS = Object.freeze({
  "==": "equals",
  "!=": "not_equals",
  "<": "less_than",
  "<=": "less_than_or_equals",
  ">": "greater_than",
  ">=": "greater_than_or_equals",
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
  "**": "power",
  "unary-": "negate",
  "<<": "shift_left",
  ">>": "shift_right",
  "&": "bit_and",
  "|": "bit_or",
  "^": "bit_xor",
  "~": "bit_not",
  "unary+": null,
  not: null,
  and: null,
  or: null,
  xor: null,
  in: null,
});

/**
 * Method name of an operator; `null` where it has none.
 * @param {string} operator as in `extension_api.json`, e.g. `"+"` or `"unary-"`
 * @returns {string | null}
 * @throws {Error} for an operator that the table does not know: Godot has a new one and somebody has to name it.
 */
export function operatorMethodName(operator) {
  const name = Object.hasOwn(OPERATOR_METHODS, operator) ? OPERATOR_METHODS[operator] : undefined;
  if (name === undefined) {
    throw new Error(
      `Unknown operator "${operator}" in extension_api.json: expected one of ${Object.keys(OPERATOR_METHODS).join(" ")}. Add its method name to operators.mjs.`,
    );
  }
  return name;
}
