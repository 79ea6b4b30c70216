// Node's own objects: what it has once per process, the threads of V8's work, and one environment with its isolate and event loop.
#pragma once
#include <memory>
#include <node.h>
#include <string>
#include <vector>

namespace gts::node_environment {

extern std::unique_ptr<node::MultiIsolatePlatform> platform;
/// Null before finish() and after end().
extern std::unique_ptr<node::CommonEnvironmentSetup> setup;

/// Begins to make the environment, on a thread of its own: filling its heap from Node's snapshot takes tens of milliseconds, in which
/// the engine starts the rest of itself. On the main thread, which becomes the ancestor of all that V8 may run on; once per process.
void begin();
/// Waits for what begin() began. Empty on success, else why there is no environment: what failed, then Node's own reasons.
std::vector<std::string> finish();
/// Gives back what there is, wherever the start has come to. Nothing may be running, and nobody may have entered the isolate.
void end();

/// How long the thread took, milliseconds, for the benchmark.
double thread_ms();

} // namespace gts::node_environment
