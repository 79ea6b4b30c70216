# The same work as binding.script.ts, in typed GDScript.
extends Node3D

signal plain

var target: Node3D
var heard := 0

# Nanoseconds per iteration of one round of the work with this name.
func measure_round(work: StringName, count: int) -> float:
	var callable := Callable(self, work)
	var start := Time.get_ticks_usec()
	callable.call(count)
	return float(Time.get_ticks_usec() - start) * 1000.0 / count

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

func _enter_tree() -> void:
	target = Node3D.new()
	plain.connect(_on_plain)

func _exit_tree() -> void:
	target.free()
