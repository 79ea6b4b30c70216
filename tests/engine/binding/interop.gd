extends Node
var received := []
var secret := 41
signal done(value)

func add(a: int, b: int) -> int:
	return a + b

func on_landed(speed: float) -> void:
	received.append(speed)

func use(target: Node) -> Array:
	var results := []
	results.append(target.boost(2.5))
	results.append(target.speed)
	target.speed = 12.0
	results.append(target.speed)
	results.append(target.has_method("boost"))
	results.append(target.has_method("missing"))
	results.append(target.call("join", "a", "b"))
	target.landed.connect(on_landed)
	target.emit_signal("landed", 1.5)
	results.append(received)
	results.append(target.vector().x)
	return results

func run(callback: Callable) -> Variant:
	return callback.call(20, 22)
