// Node inside the engine: start, per-frame pump, stop, and the entry guards that every callback from the engine takes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <v8.h>

namespace gts {

/// Shared with JavaScript as a Float64Array: numbers and the components of math values cross here, unboxed.
constexpr int scratch_length = 256;
extern double scratch[scratch_length];

namespace runtime {

extern v8::Isolate *isolate;

/// Starts Node on this thread, which becomes the only one that may run JavaScript. False, with a printed reason, if it cannot.
bool start();
/// Ends Node for good: V8 cannot start twice in a process.
void stop();
/// Once per frame: the event loop without blocking, V8's own tasks, then ticks and microtasks.
void pump();
/// Called when the engine's main loop exists: carries out a process.exit() that came earlier.
void main_loop_started();

bool is_main_thread();
/// JavaScript can run: started, not stopped, not exiting.
bool is_alive();
/// V8 handles may be touched (also while stopping).
bool has_isolate();

v8::Local<v8::Context> context();

/// Milliseconds that start() took, and resident memory that it added, for the benchmark.
extern double start_ms;
extern double start_rss_mb;

} // namespace runtime

/// Scope of one entry into JavaScript from the engine. `ok()` is false off the main thread or when JavaScript is dead:
/// then nothing of V8 may be touched.
class Entry {
public:
  Entry();
  ~Entry();
  Entry(const Entry &) = delete;
  Entry &operator=(const Entry &) = delete;
  bool ok() const { return entered; }
private:
  bool entered;
  alignas(v8::HandleScope) unsigned char scope[sizeof(v8::HandleScope)];
};

/// Prints what `catcher` holds as a script error of the engine, with the TypeScript stack, and goes on.
void report_exception(v8::TryCatch &catcher, std::string_view where);

v8::Local<v8::String> js_string(std::string_view utf8);
/// For names that occur often: V8 keeps one copy.
v8::Local<v8::String> js_name(std::string_view utf8);
std::string from_js(v8::Local<v8::Value> value);

void throw_type_error(std::string_view message);
void throw_error(std::string_view message);

} // namespace gts
