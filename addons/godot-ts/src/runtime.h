// Node inside the engine: start, per-frame pump, stop, and the entry guards that every callback from the engine takes.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <v8.h>

#ifdef __has_builtin
#if __has_builtin(__builtin_thread_pointer)
#define GTS_HAS_THREAD_POINTER
#endif
#endif

namespace gts {

/// Shared with JavaScript as a Float64Array: numbers and the components of math values cross here, unboxed.
constexpr int scratch_length = 256;
extern double scratch[scratch_length];

namespace runtime {

extern v8::Isolate *isolate;

/// Begins to start Node beside the engine, as early as the engine has its settings. This thread becomes the only one that may run JavaScript.
void start_early();
/// Once the engine has all its classes: waits for what start_early() began, and runs the first of our JavaScript. False, with a
/// printed reason, if it cannot.
bool start();
/// Ends Node for good: V8 cannot start twice in a process. Also what only start_early() began.
void stop();
/// Once per frame: the event loop without blocking, V8's own tasks, then ticks and microtasks.
void pump();
/// Waits on another thread until the main thread has begun a frame, 200 ms at most: it may be waiting for this one.
void wait_for_frame();
/// Called when the engine's main loop exists: carries out a process.exit() that came earlier.
void main_loop_started();

using Clock = std::chrono::steady_clock;

/// All that every entry reads, and every frame in which nothing is due, in one line of the processor's cache: after the engine's
/// pause between two frames each line that has to be fetched takes as long as everything that is done with it.
struct alignas(64) Vitals {
  std::atomic<bool> alive{false};
  /// Something that went waits for a frame in which no script runs: see leave_for_frame().
  std::atomic<bool> has_leftovers{false};
  /// While the benchmark measures, a pump does its work twice: the second time finds memory and code in the processor's cache.
  bool measures_pumps = false;
  /// Frames in a row in which the event loop did not turn.
  uint8_t left_out = 0;
  /// Entries that are open: 0 when no JavaScript is on the stack.
  int entry_depth = 0;
  /// How many outermost entries may still put their handles into the held scope before it is emptied.
  int entry_credit = 0;
  /// Frames of the main thread so far.
  std::atomic<unsigned> frames{0};
  const void *main_thread = nullptr; // its mark
  /// Where on the stack a call has to be for the shared catcher to be around it: see Catcher. 0 while there is none.
  uintptr_t catches_below = 0;
  /// When the loop has something due by itself, as far as that is known: only JavaScript and the loop's own turns change it.
  Clock::time_point next_due = Clock::time_point::min();
};
static_assert(sizeof(Vitals) == 64);
extern Vitals vitals;

/// An address that no two threads have at the same time. Every entry compares it: the compiler finds one in a register, the C library behind a call.
inline const void *thread_mark() {
#ifdef GTS_HAS_THREAD_POINTER
  return __builtin_thread_pointer();
#else
  static thread_local char mark;
  return &mark;
#endif
}
inline bool is_main_thread() { return thread_mark() == vitals.main_thread; }
/// JavaScript can run: started, not stopped, not exiting.
inline bool is_alive() { return vitals.alive.load(std::memory_order_relaxed); }
/// Any thread, once it has put something where drop_gone_instances(), drain_object_queue() or drain_callable_queue() look.
inline void leave_for_frame() { vitals.has_leftovers.store(true, std::memory_order_release); }
/// V8 handles may be touched (also while stopping).
bool has_isolate();

extern v8::Local<v8::Context> held_context;
inline v8::Local<v8::Context> context() { return held_context; }

} // namespace runtime

namespace runtime {

/// Empties the held scope for an outermost entry that begins. Only at depth 0: nothing then refers to a handle in it.
void recycle_handles();

} // namespace runtime

/// Scope of one entry into JavaScript from the engine. `ok()` is false off the main thread or when JavaScript is dead:
/// then nothing of V8 may be touched. A handle scope for each entry would cost as much as the call that it serves: outermost
/// entries share the held one, which is emptied every so many entries and every frame.
class Entry {
public:
  Entry() : entered(runtime::is_alive() && runtime::is_main_thread()) {
    if (!entered) [[unlikely]] return;
    nested = runtime::vitals.entry_depth++ > 0;
    if (nested) ::new (static_cast<void *>(scope)) v8::HandleScope(runtime::isolate);
    else if (--runtime::vitals.entry_credit <= 0) [[unlikely]] runtime::recycle_handles();
  }
  ~Entry() {
    if (!entered) [[unlikely]] return;
    if (nested) reinterpret_cast<v8::HandleScope *>(scope)->~HandleScope();
    runtime::vitals.entry_depth--;
  }
  Entry(const Entry &) = delete;
  Entry &operator=(const Entry &) = delete;
  bool ok() const { return entered; }
  /// JavaScript was running already.
  bool is_nested() const { return nested; }
private:
  bool entered, nested = false;
  alignas(v8::HandleScope) unsigned char scope[sizeof(v8::HandleScope)];
};

namespace runtime {

/// What catches for outermost calls while `vitals.catches_below` is not 0.
v8::TryCatch &shared_catcher();
/// Until the next pump each call catches for itself.
void drop_shared_catcher();

} // namespace runtime

/// Catches what one call into JavaScript throws. V8's TryCatch costs an eighth of a small call, so the outermost calls of a frame share one that
/// the pump leaves behind. It is not there while Node's own callbacks run, whose exceptions are Node's to handle. V8 tells by addresses
/// on the stack which handler is the inner one: a call that is not clearly further in than the shared one was made has its own, as a nested call has.
class Catcher {
public:
  explicit Catcher(const Entry &entry) : shares(!entry.is_nested() && reinterpret_cast<uintptr_t>(this) < runtime::vitals.catches_below) {
    if (!shares) [[unlikely]] ::new (static_cast<void *>(own)) v8::TryCatch(runtime::isolate);
  }
  ~Catcher() {
    if (!shares) [[unlikely]] get().~TryCatch();
    else if (get().HasCaught()) [[unlikely]] runtime::drop_shared_catcher();
  }
  Catcher(const Catcher &) = delete;
  Catcher &operator=(const Catcher &) = delete;
  v8::TryCatch &get() { return shares ? runtime::shared_catcher() : *reinterpret_cast<v8::TryCatch *>(own); }
private:
  bool shares;
  alignas(v8::TryCatch) unsigned char own[sizeof(v8::TryCatch)];
};

/// A Global's value without a new handle, for as long as the Global keeps it.
template <class T>
v8::Local<T> strong(const v8::Global<T> &global) {
#ifdef V8_ENABLE_DIRECT_HANDLE
  return global.Get(runtime::isolate);
#else
  static_assert(sizeof(v8::Local<T>) == sizeof(v8::Global<T>));
  return *reinterpret_cast<const v8::Local<T> *>(&global);
#endif
}

/// An error line of the engine that is about our own work, not about a script's line.
void print_engine_error(const std::string &text, const char *function);

/// Prints what `catcher` holds as a script error of the engine, with the TypeScript stack, and goes on.
void report_exception(v8::TryCatch &catcher, std::string_view where);

v8::Local<v8::String> js_string(std::string_view utf8);
/// For names that occur often: V8 keeps one copy.
v8::Local<v8::String> js_name(std::string_view utf8);
std::string from_js(v8::Local<v8::Value> value);

void throw_type_error(std::string_view message);
void throw_error(std::string_view message);

} // namespace gts
