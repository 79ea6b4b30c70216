#include "runtime.h"
#include "api_data.h"
#include "callables.h"
#include "convert.h"
#include "editor.h"
#include "instance.h"
#include "methods.h"
#include "node_environment.h"
#include "objects.h"
#include "own_sources.h"
#include "platform.h"
#include "script.h"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <node.h>
#include <optional>
#include <thread>
#include <uv.h>
#include <vector>

namespace gts {

using v8::Local;
using v8::Value;

double scratch[scratch_length];

namespace runtime {

v8::Isolate *isolate = nullptr;
Vitals vitals;
v8::Local<v8::Context> held_context;

using node_environment::platform;
using node_environment::setup;

namespace {

enum class State { stopped, running, exiting, stopping };
State state = State::stopped;

void set_state(State next) {
  state = next;
  vitals.alive = next == State::running;
}

std::optional<int> exit_code;
double start_ms = 0; // of the main thread
v8::Global<v8::Function> format_exception;
v8::Global<v8::Function> frame_hook;
v8::Global<v8::Object> tick_resource; // what Node's callback scopes want to be about

/// Handle scopes may not be made with `new`; std::optional does it in place.
struct ScopeInPlace {
  v8::HandleScope scope;
  ScopeInPlace() : scope(isolate) {}
};

/// JavaScript runs that no Entry began: those that it begins are nested ones.
struct Busy {
  Busy() { vitals.entry_depth++; }
  ~Busy() { vitals.entry_depth--; }
  Busy(const Busy &) = delete;
  Busy &operator=(const Busy &) = delete;
};

/// Held for the life of the environment: taking them for every call would triple its cost.
struct HeldScopes {
  v8::Locker locker;
  v8::Isolate::Scope isolate_scope;
  v8::HandleScope handle_scope; // of the context
  v8::Context::Scope context_scope;
  std::optional<ScopeInPlace> entry_scope; // of outermost entries
  HeldScopes() : locker(isolate), isolate_scope(isolate), handle_scope(isolate), context_scope(setup->context()) {}
};

/// How long the last pumps took, for the benchmark.
struct PumpTimes {
  static constexpr size_t length = 256;
  double last_us[length];
  size_t count = 0;
  void add(Clock::duration time) { last_us[count++ % length] = std::chrono::duration<double, std::micro>(time).count(); }
  double median_us() const {
    const size_t used = std::min(count, length);
    if (used == 0) return 0;
    std::vector<double> times(last_us, last_us + used);
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(used / 2), times.end());
    return times[used / 2];
  }
};
PumpTimes pump_times, again_times;

HeldScopes *held = nullptr;

alignas(v8::TryCatch) unsigned char catcher_place[sizeof(v8::TryCatch)];

/// For calls from further in than who asks, until drop_shared_catcher(). Not while JavaScript is on the stack.
void make_shared_catcher() {
  constexpr uintptr_t frames_of_v8 = 256; // it notes a place that lies a little further in than `here`
  char here = 0;
  ::new (static_cast<void *>(catcher_place)) v8::TryCatch(isolate);
  vitals.catches_below = reinterpret_cast<uintptr_t>(&here) - frames_of_v8;
}

void *engine() { return gd::global_get_singleton(interned("Engine").ptr()); }

/// SceneTree.quit(code), once there is a tree.
void quit_engine() {
  static MethodBind get_main_loop{"Engine", "get_main_loop", 1016888095};
  static MethodBind quit{"SceneTree", "quit", 1995695955};
  void *loop = nullptr;
  get_main_loop.call(engine(), nullptr, &loop);
  if (!loop || !is_class(loop, "SceneTree")) return;
  int64_t code = exit_code.value_or(0);
  const void *args[] = {&code};
  quit.call(loop, args, nullptr);
}

void on_process_exit(node::Environment *environment, int code) {
  if (state == State::stopping) return;
  exit_code = code;
  set_state(State::exiting);
  quit_engine();
  node::Stop(environment); // unwinds the JavaScript stack: nothing after process.exit() runs
}

/// V8 aborts the process at its limit. Say so while that can still be said, and leave room to save something; once.
size_t on_near_heap_limit(void *, size_t current, size_t) {
  static bool reported = false;
  if (reported) return current;
  reported = true;
  vitals.alive = false; // a logger of the engine may be a script: none may run now
  print_engine_error("JavaScript has used up nearly all of its " + std::to_string(current >> 20) + " MB of memory. The limit is raised by a quarter, once; at the next one V8 ends the process. "
                     "Free what is not needed, or set godot_ts/heap_limit_mb in the project settings", "heap limit");
  vitals.alive = state == State::running;
  return current + current / 4;
}

const ApiRecord *find_record(const ApiRecord *records, size_t count, std::string_view name) {
  const ApiRecord *end = records + count;
  const ApiRecord *found = std::lower_bound(records, end, name, [](const ApiRecord &record, std::string_view wanted) { return std::string_view(record.name) < wanted; });
  return found != end && found->name == name ? found : nullptr;
}

/// apiRecord("class:Node3D"): its JSON text, undefined if there is none.
void api_record(const v8::FunctionCallbackInfo<Value> &info) {
  if (const ApiRecord *record = find_record(api_records, api_record_count, from_js(info[0]))) info.GetReturnValue().Set(js_string({record->text, record->length}));
}

/// apiNames("class:"): what follows the prefix, of all records that have it.
void api_names(const v8::FunctionCallbackInfo<Value> &info) {
  std::string prefix = from_js(info[0]);
  std::vector<Local<Value>> names;
  for (size_t i = 0; i < api_record_count; i++) {
    std::string_view name = api_records[i].name;
    if (name.substr(0, prefix.size()) == prefix) names.push_back(js_string(name.substr(prefix.size())));
  }
  info.GetReturnValue().Set(v8::Array::New(isolate, names.data(), names.size()));
}

/// The engine's strings end at a NUL character: what is printed has a sign in its place.
std::string printable(std::string text) {
  for (size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at)) text.replace(at, 1, "\u2400");
  return text;
}

void print_line(const v8::FunctionCallbackInfo<Value> &info) {
  static const GDExtensionPtrUtilityFunction print = gd::variant_get_ptr_utility_function(interned("print").ptr(), 2648703342);
  String text(printable(from_js(info[0])));
  Variant value = Variant::of(T_STRING, text.ptr());
  const void *args[] = {value.ptr()};
  if (print) print(nullptr, args, 1);
}

/// printError(kind, message, function, file, line); kind 0 script error, 1 error, 2 warning
void print_error(const v8::FunctionCallbackInfo<Value> &info) {
  int kind = info[0].As<v8::Int32>()->Value();
  std::string message = printable(from_js(info[1])), function = from_js(info[2]), file = from_js(info[3]);
  int32_t line = info[4]->IsInt32() ? info[4].As<v8::Int32>()->Value() : 0;
  if (kind == 0) gd::print_script_error_with_message(message.c_str(), message.c_str(), function.c_str(), file.c_str(), line, true);
  else if (kind == 1) gd::print_error_with_message(message.c_str(), message.c_str(), function.c_str(), file.c_str(), line, true);
  else gd::print_warning_with_message(message.c_str(), message.c_str(), function.c_str(), file.c_str(), line, true);
}

/// globalizePath("res://"): the folder of the project, empty in an exported game.
void globalize_path(const v8::FunctionCallbackInfo<Value> &info) {
  static MethodBind globalize{"ProjectSettings", "globalize_path", 3135753539};
  String path(from_js(info[0])), result;
  const void *args[] = {path.ptr()};
  globalize.call(gd::global_get_singleton(interned("ProjectSettings").ptr()), args, result.ptr());
  info.GetReturnValue().Set(engine_string_to_js(result.ptr()));
}

/// readFile("res://dist/x.js"): text through the engine's file access, which also sees packed files; undefined if there is none.
void read_file(const v8::FunctionCallbackInfo<Value> &info) {
  static MethodBind exists{"FileAccess", "file_exists", 2323990056}, read{"FileAccess", "get_file_as_string", 1703090593};
  Storage path;
  if (!js_to_engine_string(info[0].As<v8::String>(), path.ptr())) return; // no file has such a name
  const void *args[] = {path.ptr()};
  GDExtensionBool found = false;
  exists.call(nullptr, args, &found);
  if (found) {
    String text;
    read.call(nullptr, args, text.ptr());
    info.GetReturnValue().Set(engine_string_to_js(text.ptr()));
  }
  destroy_value[T_STRING](path.ptr());
}

/// fileExists("res://scripts/a.ts")
void file_exists(const v8::FunctionCallbackInfo<Value> &info) {
  static MethodBind exists{"FileAccess", "file_exists", 2323990056};
  Storage path;
  if (!js_to_engine_string(info[0].As<v8::String>(), path.ptr())) return info.GetReturnValue().Set(false);
  const void *args[] = {path.ptr()};
  GDExtensionBool found = false;
  exists.call(nullptr, args, &found);
  destroy_value[T_STRING](path.ptr());
  info.GetReturnValue().Set(found != 0);
}

/// locationOf(error): { file, line, column } where V8 says that it is; of a syntax error, the place in the text.
void location_of(const v8::FunctionCallbackInfo<Value> &info) {
  Local<v8::Message> message = v8::Exception::CreateMessage(isolate, info[0]);
  Local<Value> file = message->GetScriptResourceName();
  if (!file->IsString()) return;
  Local<v8::Object> result = v8::Object::New(isolate);
  result->Set(context(), js_name("file"), file).Check();
  result->Set(context(), js_name("line"), v8::Integer::New(isolate, message->GetLineNumber(context()).FromMaybe(0))).Check();
  result->Set(context(), js_name("column"), v8::Integer::New(isolate, message->GetStartColumn(context()).FromMaybe(0) + 1)).Check();
  info.GetReturnValue().Set(result);
}

void set_runtime_hooks(const v8::FunctionCallbackInfo<Value> &info) {
  format_exception.Reset(isolate, info[0].As<v8::Function>());
  if (info[1]->IsFunction()) frame_hook.Reset(isolate, info[1].As<v8::Function>());
}

void get_editor(const v8::FunctionCallbackInfo<Value> &info) { info.GetReturnValue().Set(is_editor()); }

/// userArguments(): what follows `--` on the engine's command line.
void user_arguments(const v8::FunctionCallbackInfo<Value> &info) {
  static MethodBind get{"OS", "get_cmdline_user_args", 2981934095};
  Storage list;
  init_native(T_PACKED_STRING, list.ptr());
  get.call(gd::global_get_singleton(interned("OS").ptr()), nullptr, list.ptr());
  info.GetReturnValue().Set(to_js(TypeRef{T_PACKED_STRING, nullptr, nullptr, false}, list.ptr()));
  destroy_native(T_PACKED_STRING, list.ptr());
}

/// measures(pumps): what was measured since the last call, and whether pumps are measured from now on.
void get_measures(const v8::FunctionCallbackInfo<Value> &info) {
  Local<v8::Object> result = v8::Object::New(isolate);
  auto set = [&](const char *name, double value) { result->Set(context(), js_name(name), v8::Number::New(isolate, value)).Check(); };
  set("startMs", start_ms);
  set("startThreadMs", node_environment::thread_ms());
  set("sourcesFromCode", source_count().from_code);
  set("sourcesParsed", source_count().parsed);
  set("idlePumpUs", pump_times.median_us());
  set("idlePumpAgainUs", again_times.median_us());
  pump_times.count = again_times.count = 0;
  vitals.measures_pumps = info[0]->IsTrue();
  info.GetReturnValue().Set(result);
}

void init_binding(Local<v8::Object> exports, Local<Value>, Local<v8::Context> binding_context, void *) {
  if (v8::Isolate::GetCurrent() != isolate) {
    // Node drops an exception that is thrown here, so whatever a worker reads of the binding throws it.
    v8::Isolate *other = v8::Isolate::GetCurrent();
    auto refuse = [](const v8::FunctionCallbackInfo<Value> &info) {
      info.GetIsolate()->ThrowException(v8::Exception::Error(v8::String::NewFromUtf8Literal(info.GetIsolate(), "The engine can be used on the main thread only, not in a worker")));
    };
    Local<v8::String> name = v8::String::NewFromUtf8Literal(other, "loadSource");
    exports->Set(binding_context, name, v8::Function::New(binding_context, refuse).ToLocalChecked()).Check();
    return;
  }
  auto set = [&](const char *name, v8::FunctionCallback callback) {
    exports->Set(binding_context, js_name(name), v8::Function::New(binding_context, callback).ToLocalChecked()).Check();
  };
  set("apiRecord", api_record);
  set("apiNames", api_names);
  set("loadSource", load_source);
  set("printLine", print_line);
  set("printError", print_error);
  set("globalizePath", globalize_path);
  set("readFile", read_file);
  set("fileExists", file_exists);
  set("locationOf", location_of);
  set("setRuntimeHooks", set_runtime_hooks);
  set("isEditor", get_editor);
  set("userArguments", user_arguments);
  set("measures", get_measures);
  auto store = v8::ArrayBuffer::NewBackingStore(scratch, sizeof scratch, [](void *, size_t, void *) {}, nullptr);
  auto buffer = v8::ArrayBuffer::New(isolate, std::move(store));
  exports->Set(binding_context, js_name("scratch"), v8::Float64Array::New(buffer, 0, scratch_length)).Check();
  install_convert(exports);
  install_objects(exports);
  install_callables(exports);
  install_methods(exports);
  install_scripts(exports);
  install_reload(exports);
  install_editor(exports);
}

v8::MaybeLocal<Value> call_member(Local<v8::Object> object, std::string_view member, std::string_view argument) {
  Local<Value> function, given = js_name(argument);
  if (!object->Get(context(), js_name(member)).ToLocal(&function)) return {};
  return function.As<v8::Function>()->Call(context(), object, 1, &given);
}

/// The first of ours to run, once Node is ready: boot.js, with our functions, and `require` for Node's own modules.
v8::MaybeLocal<Value> boot(const node::StartExecutionCallbackInfo &info) {
  Local<Value> native, function;
  if (!call_member(info.process_object, "_linkedBinding", "godot_ts").ToLocal(&native)) return {};
  if (!call_member(native.As<v8::Object>(), "loadSource", "boot").ToLocal(&function)) return {};
  Local<Value> arguments[] = {native, info.native_require, v8::Object::New(isolate)};
  return function.As<v8::Function>()->Call(context(), v8::Undefined(isolate), 3, arguments);
}

double milliseconds_since(Clock::time_point begin) { return std::chrono::duration<double, std::milli>(Clock::now() - begin).count(); }

} // namespace

bool has_isolate() { return isolate != nullptr; }

namespace {

constexpr int entries_between = 64;

void empty_held_scope() {
  held->entry_scope.reset();
  held->entry_scope.emplace();
}

/// Whether an outermost entry began since the last pump: only those leave promise jobs and ticks behind.
bool scripts_have_run() { return vitals.entry_credit != entries_between; }

} // namespace

v8::TryCatch &shared_catcher() { return *reinterpret_cast<v8::TryCatch *>(catcher_place); }

void drop_shared_catcher() {
  if (vitals.catches_below == 0) return;
  vitals.catches_below = 0;
  shared_catcher().~TryCatch();
}

void recycle_handles() {
  vitals.entry_credit = entries_between - 1; // without the one that asks
  empty_held_scope();
}

void start_early() {
  const auto begin = Clock::now();
  vitals.main_thread = thread_mark();
  if (std::string reason = platform::export_node_symbols(); !reason.empty()) std::fprintf(stderr, "godot-ts: native Node addons will not load: %s\n", reason.c_str());
  node_environment::begin();
  start_ms = milliseconds_since(begin);
}

bool start() {
  const auto begin = Clock::now();
  if (const auto problems = node_environment::finish(); !setup) {
    for (const std::string &problem : problems) std::fprintf(stderr, "godot-ts: %s\n", problem.c_str());
    return false;
  }
  isolate = setup->isolate();
  isolate->AddNearHeapLimitCallback(on_near_heap_limit, nullptr);
  held = new HeldScopes();
  held_context = setup->context();
  tick_resource.Reset(isolate, v8::Object::New(isolate));
  platform::watch_events(uv_backend_fd(setup->event_loop()));
  set_state(State::running);
  node::AddLinkedBinding(setup->env(), "godot_ts", init_binding, nullptr);
  node::SetProcessExitHandler(setup->env(), on_process_exit);
  {
    Busy busy;
    v8::HandleScope scope(isolate);
    v8::TryCatch catcher(isolate);
    if (node::LoadEnvironment(setup->env(), boot).IsEmpty()) {
      report_exception(catcher, "start");
      stop();
      return false;
    }
  }
  start_ms += milliseconds_since(begin);
  return true;
}

void main_loop_started() {
  if (state == State::exiting) quit_engine();
}

namespace {

/// What only asks to run whenever the loop turns, like an immediate that nobody waits for, gets its turn twice a second.
constexpr int most_left_out = 32;

/// Whether a frame is more than a look at `vitals` and one question to the system. In most frames it is not.
inline bool frame_has_work() {
  if (!is_alive() || vitals.has_leftovers.load(std::memory_order_relaxed) || scripts_have_run() || vitals.entry_depth != 0) return true;
  if (vitals.left_out + 1 >= most_left_out) return true;
  // The clock is code and memory of others, which are as cold: only who waits for it asks.
  if (vitals.next_due != Clock::time_point::max() && Clock::now() >= vitals.next_due) return true;
  if (platform::has_event()) return true;
  vitals.left_out++;
  return false;
}

/// Whether a turn of the event loop would find anything: something due, begun or ended, or an event of the system. In most frames
/// nothing is, and the turn costs several times what asking does. V8's own tasks and other threads wake the loop as well.
bool loop_has_work() {
  const auto now = Clock::now();
  if (vitals.next_due == Clock::time_point::min()) {
    uv_loop_t *loop = setup->event_loop();
    uv_update_time(loop);
    const int wait_ms = uv_backend_timeout(loop);
    // The loop's clock drops what is less than a millisecond: better a turn too early, which finds nothing, than one too late.
    vitals.next_due = wait_ms < 0 ? Clock::time_point::max() : now + std::chrono::milliseconds(std::max(wait_ms - 1, 0));
  }
  if (++vitals.left_out < most_left_out && now < vitals.next_due && !platform::has_event()) return false;
  vitals.left_out = 0;
  return true;
}

void turn_frame() {
  if (state == State::exiting) quit_engine(); // process.exit() during boot, before there was a tree
  if (!is_alive()) return;
  const bool outermost = vitals.entry_depth == 0; // else a script has the engine run a frame, and its class may be among the leftovers
  if (outermost) drop_shared_catcher();
  const bool has_leftovers = outermost ? vitals.has_leftovers.exchange(false, std::memory_order_acquire) : vitals.has_leftovers.load(std::memory_order_acquire);
  const bool has_jobs = !outermost || scripts_have_run() || has_leftovers; // who waits for something that went hears of it
  if (outermost) {
    if (has_jobs) empty_held_scope();
    vitals.entry_credit = entries_between;
    if (has_leftovers) drop_gone_instances();
  }
  Busy busy;
  if (has_leftovers) {
    drain_object_queue();
    drain_callable_queue();
  }
  if (has_jobs) vitals.next_due = Clock::time_point::min(); // a script may have asked for something
  const bool turns = loop_has_work();
  if (!turns && !has_jobs) return;
  v8::HandleScope scope(isolate);
  if (turns) {
    uv_run(setup->event_loop(), UV_RUN_NOWAIT);
    // Not DrainTasks: it waits for V8's background work and can hold a frame for 30 ms.
    if (is_alive()) platform->FlushForegroundTasks(isolate);
  }
  // Closing a callback scope runs process.nextTick and promise jobs.
  if (is_alive()) node::CallbackScope callback_scope(isolate, strong(tick_resource), {0, 0});
  vitals.next_due = Clock::time_point::min();
}

/// pump() as the benchmark sees it, and once more.
void measure_frame() {
  const auto begin = Clock::now();
  if (frame_has_work()) turn_frame();
  if (!vitals.measures_pumps || !is_alive()) return;
  const auto end = Clock::now();
  pump_times.add(end - begin);
  if (frame_has_work()) turn_frame();
  again_times.add(Clock::now() - end);
}

} // namespace

void wait_for_frame() {
  const auto limit = Clock::now() + std::chrono::milliseconds(200);
  const unsigned before = vitals.frames.load(std::memory_order_relaxed);
  while (vitals.frames.load(std::memory_order_relaxed) == before && Clock::now() < limit) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void pump() {
  vitals.frames.store(vitals.frames.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); // only this thread writes
  if (vitals.measures_pumps) [[unlikely]] measure_frame();
  else if (frame_has_work()) turn_frame();
  if (vitals.catches_below == 0 && vitals.entry_depth == 0 && is_alive()) make_shared_catcher();
}

namespace {

/// Ends what runs, and lets go of all that is V8's.
void leave() {
  drop_shared_catcher();
  {
    Busy busy;
    v8::HandleScope scope(isolate);
    v8::TryCatch catcher(isolate);
    if (state == State::running) {
      (void)node::EmitProcessBeforeExit(setup->env());
      (void)node::EmitProcessExit(setup->env());
    }
    set_state(State::stopping);
    drain_callable_queue();
    drop_gone_instances();
    release_scripts();
    release_objects();
    release_convert();
    release_methods();
    format_exception.Reset();
    frame_hook.Reset();
    tick_resource.Reset();
    node::Stop(setup->env());
  }
  platform::watch_events(-1);
  held_context.Clear();
  delete held;
  held = nullptr;
}

} // namespace

void stop() {
  if (isolate) leave();
  node_environment::end();
  isolate = nullptr;
  set_state(State::stopped);
}

} // namespace runtime

void print_engine_error(const std::string &text, const char *function) {
  // The engine prints the message alone if there is one.
  gd::print_error_with_message(text.c_str(), text.c_str(), function, "godot-ts", 0, true);
}

void report_exception(v8::TryCatch &catcher, std::string_view where) {
  if (!catcher.HasCaught() || catcher.HasTerminated() || runtime::isolate->IsExecutionTerminating()) return;
  Local<Value> exception = catcher.Exception();
  Local<v8::Message> message = catcher.Message();
  catcher.Reset();
  if (!runtime::format_exception.IsEmpty()) {
    Local<Value> arguments[] = {exception, js_string(where)};
    Local<Value> result;
    if (runtime::format_exception.Get(runtime::isolate)->Call(runtime::context(), v8::Undefined(runtime::isolate), 2, arguments).ToLocal(&result)) return; // it printed
    catcher.Reset();
  }
  // No JavaScript can run here, as when the stack is full: say what V8 itself knows.
  std::string text = message.IsEmpty() ? "an exception" : from_js(message->Get());
  std::string file = message.IsEmpty() ? "?" : from_js(message->GetScriptResourceName());
  int32_t line = message.IsEmpty() ? 0 : message->GetLineNumber(runtime::context()).FromMaybe(0);
  gd::print_script_error_with_message(text.c_str(), text.c_str(), std::string(where).c_str(), file.c_str(), line, true);
}

Local<v8::String> js_string(std::string_view utf8) {
  return v8::String::NewFromUtf8(runtime::isolate, utf8.data(), v8::NewStringType::kNormal, static_cast<int>(utf8.size())).ToLocalChecked();
}

Local<v8::String> js_name(std::string_view utf8) {
  return v8::String::NewFromUtf8(runtime::isolate, utf8.data(), v8::NewStringType::kInternalized, static_cast<int>(utf8.size())).ToLocalChecked();
}

std::string from_js(Local<Value> value) {
  v8::String::Utf8Value text(runtime::isolate, value);
  return *text ? std::string(*text, static_cast<size_t>(text.length())) : std::string();
}

void throw_type_error(std::string_view message) { runtime::isolate->ThrowException(v8::Exception::TypeError(js_string(message))); }
void throw_error(std::string_view message) { runtime::isolate->ThrowException(v8::Exception::Error(js_string(message))); }

} // namespace gts
