#include "callables.h"
#include <mutex>
#include <vector>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

struct FunctionCallable {
  v8::Global<v8::Function> function;
  v8::Global<v8::Function> on_free; // called if the engine drops the Callable; used by to_signal
  int hash = 0;
  bool discards_result = false;
};

std::mutex queue_mutex;
std::vector<FunctionCallable *> freed_queue;

void call(void *userdata, const GDExtensionConstVariantPtr *args, GDExtensionInt count, GDExtensionVariantPtr result, GDExtensionCallError *error) {
  error->error = GDEXTENSION_CALL_OK;
  Entry entry;
  if (!entry.ok()) {
    if (runtime::is_alive()) {
      print_engine_error("A JavaScript function was called on another thread. JavaScript runs on the main thread only: use call_deferred, or connect with CONNECT_DEFERRED", "Callable.call");
      error->error = GDEXTENSION_CALL_ERROR_INVALID_METHOD;
    }
    return;
  }
  Catcher catcher(entry);
  // V8 reads it before the function runs, which may disconnect itself.
  Local<v8::Function> function = strong(static_cast<FunctionCallable *>(userdata)->function);
  const bool discards_result = static_cast<FunctionCallable *>(userdata)->discards_result;
  Local<Value> few[8];
  std::vector<Local<Value>> many;
  Local<Value> *values = few;
  if (count > 8) {
    many.resize(static_cast<size_t>(count));
    values = many.data();
  }
  for (GDExtensionInt i = 0; i < count; i++) values[i] = argument_to_js(args[i]);
  Local<Value> returned;
  if (!function->Call(runtime::isolate, runtime::context(), v8::Undefined(runtime::isolate), static_cast<int>(count), values).ToLocal(&returned)) {
    report_exception(catcher.get(), "callable");
    return;
  }
  if (discards_result || returned->IsUndefined() || returned->IsPromise()) return;
  gd::variant_destroy(result);
  if (convert(returned, result)) return;
  const std::string name = from_js(function->GetDebugName());
  throw_unfit(name.empty() ? "the result of a function" : "the result of " + name);
  report_exception(catcher.get(), "result of a callable");
}

void destroy(FunctionCallable *callable) {
  if (!callable->on_free.IsEmpty() && runtime::is_alive()) {
    v8::HandleScope scope(runtime::isolate);
    v8::TryCatch catcher(runtime::isolate);
    Local<v8::Function> on_free = callable->on_free.Get(runtime::isolate);
    if (on_free->Call(runtime::context(), v8::Undefined(runtime::isolate), 0, nullptr).IsEmpty()) report_exception(catcher, "to_signal");
  }
  if (!runtime::has_isolate()) {
    // The isolate is gone and with it the handles' storage.
    callable->function.Clear();
    callable->on_free.Clear();
  }
  delete callable;
}

void free_callable(void *userdata) {
  auto *callable = static_cast<FunctionCallable *>(userdata);
  // Waiters must not run inside the engine's call that freed the emitter: leave them, too, for the next pump.
  if (runtime::has_isolate() && (!runtime::is_main_thread() || !callable->on_free.IsEmpty())) {
    std::lock_guard lock(queue_mutex);
    freed_queue.push_back(callable);
    runtime::leave_for_frame();
    return;
  }
  destroy(callable);
}

uint32_t hash(void *userdata) { return static_cast<uint32_t>(static_cast<FunctionCallable *>(userdata)->hash); }

GDExtensionBool equal(void *a, void *b) {
  if (a == b) return true;
  if (!runtime::is_main_thread() || !runtime::has_isolate()) return false;
  return static_cast<FunctionCallable *>(a)->function == static_cast<FunctionCallable *>(b)->function;
}

GDExtensionBool less_than(void *a, void *b) { return a < b; }
GDExtensionBool is_valid(void *) { return runtime::is_alive(); }

void to_string(void *userdata, GDExtensionBool *valid, GDExtensionStringPtr out) {
  *valid = false;
  Entry entry;
  if (!entry.ok()) return;
  std::string name = from_js(static_cast<FunctionCallable *>(userdata)->function.Get(runtime::isolate)->GetDebugName());
  // `out` is the engine's initialised String.
  assign_string(out, name.empty() ? "JavaScript function" : name);
  *valid = true;
}

GDExtensionInt argument_count(void *, GDExtensionBool *valid) {
  *valid = false; // JavaScript functions take any number
  return 0;
}

void create(Local<v8::Function> function, Local<Value> on_free, bool discards_result, void *out) {
  auto *callable = new FunctionCallable();
  callable->discards_result = discards_result;
  callable->function.Reset(runtime::isolate, function);
  if (on_free->IsFunction()) callable->on_free.Reset(runtime::isolate, on_free.As<v8::Function>());
  callable->hash = function->GetIdentityHash();
  GDExtensionCallableCustomInfo2 info{};
  info.callable_userdata = callable;
  info.token = gd::library;
  info.call_func = call;
  info.is_valid_func = is_valid;
  info.free_func = free_callable;
  info.hash_func = hash;
  info.equal_func = equal;
  info.less_than_func = less_than;
  info.to_string_func = to_string;
  info.get_argument_count_func = argument_count;
  gd::callable_custom_create2(out, &info);
}

/// connectOnce(object, signal, function, on_free): for to_signal.
void connect_once(const v8::FunctionCallbackInfo<Value> &info);

} // namespace

void make_callable(Local<v8::Function> function, void *out, bool discards_result) { create(function, v8::Undefined(runtime::isolate), discards_result, out); }

v8::MaybeLocal<v8::Function> callable_function(void *callable) {
  void *userdata = gd::callable_custom_get_userdata(callable, gd::library);
  if (!userdata) return {};
  return static_cast<FunctionCallable *>(userdata)->function.Get(runtime::isolate);
}

void drain_callable_queue() {
  std::vector<FunctionCallable *> freed;
  {
    std::lock_guard lock(queue_mutex);
    freed.swap(freed_queue);
  }
  for (FunctionCallable *callable : freed) destroy(callable);
}

} // namespace gts

#include "objects.h"

namespace gts {
namespace {

void connect_once(const v8::FunctionCallbackInfo<Value> &info) {
  static MethodBind connect{"Object", "connect", 1518946055};
  Peer *peer = peer_of(info[0]);
  if (!peer || !peer->object) return throw_freed(info[0].As<v8::Object>(), "to_signal");
  Storage name, callable;
  if (!to_native(TypeRef{T_STRING_NAME, nullptr, nullptr, false}, info[1], name.ptr())) return throw_unfit("Object.to_signal: parameter 'signal'");
  create(info[2].As<v8::Function>(), info[3], true, callable.ptr());
  constexpr int64_t connect_one_shot = 4;
  int64_t flags = connect_one_shot, error = 0;
  const void *args[] = {name.ptr(), callable.ptr(), &flags};
  connect.call(peer->object, args, &error);
  destroy_value[T_CALLABLE](callable.ptr());
  destroy_value[T_STRING_NAME](name.ptr());
  info.GetReturnValue().Set(static_cast<int32_t>(error));
}

} // namespace

void install_callables(Local<v8::Object> target) {
  auto context = runtime::context();
  target->Set(context, js_name("connectOnce"), v8::Function::New(context, connect_once).ToLocalChecked()).Check();
}

} // namespace gts
