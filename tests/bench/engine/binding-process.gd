extends Node

var count := 0

func _process(_delta: float) -> void:
	count += 1
