#include "call_order.h"
#include "script_instance.h"

namespace gts {

namespace {

ScriptInstance *last_called = nullptr;

/// Where the Node of Godot 4.6 has what the engine reads to process it: its class, its script, its place in the tree, how it is
/// processed. Another build may have it elsewhere, and then just waits for it.
constexpr int node_offsets[] = {0x0, 0x90, 0x1c0, 0x200, 0x240, 0x280, 0x2c0};
/// The engine's half of a script instance lies in two lines, as often as not.
constexpr int engine_part_offsets[] = {0x0, 0x20};
constexpr int cache_line = 64;

inline void fetch(const void *address) {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#else
  (void)address;
#endif
}

/// Its handle's memory was asked for one call ago, see below.
inline void fetch_instance(const ScriptInstance &instance) {
  const auto *owner = static_cast<const char *>(instance.owner);
  for (int offset : node_offsets) fetch(owner + offset);
  const auto *engine_part = static_cast<const char *>(instance.engine_part);
  for (int offset : engine_part_offsets) fetch(engine_part + offset);
  if (instance.self.IsEmpty()) return;
  const auto *object = reinterpret_cast<const char *>(v8::internal::ValueHelper::ValueAsAddress(*strong(instance.self)));
  fetch(object);
  fetch(object + cache_line);
}

void put_after(ScriptInstance *before, ScriptInstance *instance) {
  if (before->order.after) before->order.after->order.before = nullptr;
  if (instance->order.before) instance->order.before->order.after = nullptr;
  before->order.after = instance;
  instance->order.before = before;
}

} // namespace

void note_call(ScriptInstance *instance) {
  if (last_called && last_called != instance && last_called->order.after != instance) [[unlikely]] put_after(last_called, instance);
  last_called = instance;
  const ScriptInstance *next = instance->order.after;
  if (!next || !(next = next->order.after)) return;
  fetch_instance(*next);
  if (!(next = next->order.after)) return;
  if (!next->self.IsEmpty()) fetch(*strong(next->self));
  fetch(next->order.after);
}

void leave_call_order(ScriptInstance *instance) {
  ScriptInstance *before = instance->order.before, *after = instance->order.after;
  if (before) before->order.after = after;
  if (after) after->order.before = before;
  if (last_called == instance) last_called = nullptr;
}

} // namespace gts
