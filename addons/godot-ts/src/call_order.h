// The order in which the engine calls scripts, to have the memory of the next ones at hand.
#pragma once

namespace gts {

struct ScriptInstance;

/// Where an instance stands in the order of the last calls. Main thread only.
struct CallOrder {
  ScriptInstance *after = nullptr; // first: every call reads it, and it has to be in the instance's first cache line
  ScriptInstance *before = nullptr;
};

/// Frame after frame the engine calls `_process` of the same nodes in the same order. Each lies somewhere else in memory, and
/// waiting for that takes as long as the call itself. So each call asks the processor to fetch what the second next one of
/// last time will read. Nothing depends on the guess being right.
void note_call(ScriptInstance *instance);
/// The instance is about to go.
void leave_call_order(ScriptInstance *instance);

} // namespace gts
