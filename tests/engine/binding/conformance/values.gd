extends Node
## GDScript's side of the values: each way that a value can go.
signal sent(value)

var held
var heard := []

func echo(value): return value
func kind(value) -> int: return typeof(value)
func text(value) -> String: return var_to_str(value)
func same(value, expression: String) -> bool:
	var other = made(expression)
	return typeof(value) == typeof(other) and (is_same(value, other) or value == other or var_to_str(value) == var_to_str(other))
func made(expression: String):
	var parsed := Expression.new()
	parsed.parse(expression)
	return parsed.execute([], self)
func in_array(value) -> Array: return [value, [value]]
func in_dictionary(value) -> Dictionary: return {"v": value, "inner": {"v": value}}
func first_of(array: Array): return array[0]
func v_of(dictionary: Dictionary): return dictionary["v"]
func key_kind(dictionary: Dictionary) -> int: return typeof(dictionary.keys()[0])
func listen(target: Node) -> void:
	target.told.connect(func(value): heard.append(value))
func last_heard(): return heard.back()
func write(target: Object, property: StringName, value) -> void: target.set(property, value)
func read(target: Object, property: StringName): return target.get(property)
func ask(target: Object, value): return target.give_back(value)
func typed_ints() -> Array[int]: return [1, 2]
func typed_names() -> Dictionary[String, int]: return {"a": 1}
func take_ints(values: Array[int]) -> int: return values.size()
func bind_three(callable: Callable): return callable.bind(3)
func call_it(callable: Callable, a, b): return callable.call(a, b)
func deep(levels: int) -> Array:
	var inner := []
	for i in levels: inner = [inner]
	return inner
func ring() -> Array:
	var values := []
	values.append(values)
	return values
func unring(values: Array) -> void: values.clear()
func zeros(type: int, count: int):
	var values = PackedByteArray() if type == TYPE_PACKED_BYTE_ARRAY else PackedFloat32Array()
	values.resize(count)
	return values
func kind_in(target: Object, property: StringName) -> int: return typeof(target.get(property))
