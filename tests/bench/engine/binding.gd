# The same work as binding.script.ts, in typed GDScript.
extends Node3D

signal plain

const ROUNDS := 7
var target: Node3D
var heard := 0

func _median(values: Array[float]) -> float:
	values.sort()
	return values[values.size() / 2]

func _measure(work: Callable, count: int) -> float:
	work.call(count)
	var results: Array[float] = []
	for round in ROUNDS:
		var start := Time.get_ticks_usec()
		work.call(count)
		results.append(float(Time.get_ticks_usec() - start) * 1000.0 / count)
	return _median(results)

func _set_position(count: int) -> void:
	var node: Node3D = target
	for i in count:
		node.set_position(Vector3(i, 1, 2))

func _get_position(count: int) -> void:
	var node: Node3D = target
	var sum := 0.0
	for i in count:
		sum += node.get_position().x

func _call_variant(count: int) -> void:
	for i in count:
		target.call(&"set_position", Vector3(i, 1, 2))

func _float_loop(count: int) -> float:
	var x := 0.5
	for i in count:
		x = x * 1.0000001 + float(i) * 0.5 - x * 0.25
	return x

func _on_plain() -> void:
	heard += 1

func _signals(count: int) -> void:
	for i in count:
		plain.emit()

func _new_nodes(count: int) -> void:
	for i in count:
		Node3D.new().free()

func measure() -> Dictionary:
	target = Node3D.new()
	plain.connect(_on_plain)
	var results := {
		"gdSetPositionNs": _measure(_set_position, 200000),
		"gdGetPositionNs": _measure(_get_position, 200000),
		"gdCallVariantNs": _measure(_call_variant, 100000),
		"gdFloatLoopNs": _measure(_float_loop, 1000000),
		"gdSignalNs": _measure(_signals, 100000),
		"gdNewNodeNs": _measure(_new_nodes, 20000),
	}
	target.free()
	return results
