extends Node

func instantiate_on_thread(path: String) -> Node:
	ResourceLoader.load_threaded_request(path)
	while ResourceLoader.load_threaded_get_status(path) == ResourceLoader.THREAD_LOAD_IN_PROGRESS:
		OS.delay_msec(1)
	var scene: PackedScene = ResourceLoader.load_threaded_get(path)
	var thread := Thread.new()
	thread.start(func() -> Node: return scene.instantiate())
	return thread.wait_to_finish()

func call_on_thread(target: Callable) -> Variant:
	var thread := Thread.new()
	thread.start(func() -> Variant: return target.call(1))
	return thread.wait_to_finish()

func free_on_thread(target: Object) -> void:
	var thread := Thread.new()
	thread.start(func() -> void: target.free())
	thread.wait_to_finish()
