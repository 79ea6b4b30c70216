#include "language.h"
#include "script_instance.h"

namespace gts {

using v8::Local;
using v8::Value;

namespace {

// By owner. The engine can be asked for an object's script instance too, but it mistakes the editor's placeholders for ours.
std::mutex instances_mutex;
std::unordered_map<void *, ScriptInstance *> instances;

ScriptInstance *find_instance(void *owner) {
  std::lock_guard lock(instances_mutex);
  auto found = instances.find(owner);
  return found == instances.end() ? nullptr : found->second;
}

/// Classes of instances that went while a script ran, which may be one of their methods: kept until none runs.
std::vector<std::shared_ptr<ScriptClass>> gone_classes;
/// Instances that other threads freed: V8's handles and the order of calls are the main thread's.
std::vector<ScriptInstance *> gone_elsewhere;

void keep_for_frame(std::shared_ptr<ScriptClass> gone) {
  gone_classes.push_back(std::move(gone));
  runtime::leave_for_frame();
}

MethodBind bind_init_ref{"RefCounted", "init_ref", 2240911060};
MethodBind bind_unreference{"RefCounted", "unreference", 2240911060};

Local<v8::Object> peer_handle(ScriptInstance *instance) {
  if (!instance->self.IsEmpty()) return strong(instance->self);
  auto *peer = static_cast<Peer *>(gd::object_get_instance_binding(instance->owner, gd::library, nullptr));
  if (!peer || peer->handle.IsEmpty()) return {};
  return peer->handle.Get(runtime::isolate);
}

void set_member(ScriptInstance *instance, Local<v8::Object> self, ScriptProperty *property, const void *value) {
  v8::TryCatch catcher(runtime::isolate);
  if (self->Set(runtime::context(), property->key.Get(runtime::isolate), variant_to_js(value)).IsNothing()) report_exception(catcher, instance->script_class->name + "." + property->text);
}

} // namespace

Local<v8::Object> ensure_peer(ScriptInstance *instance) {
  if (instance->ready && !instance->has_stash) return peer_handle(instance);
  if (instance->failed) return {};
  if (!instance->script_class) instance->script_class = instance->script->get_class();
  if (!instance->script_class) {
    instance->failed = true;
    return {};
  }
  Local<v8::Object> self;
  if (!instance->ready) {
    v8::TryCatch catcher(runtime::isolate);
    Local<v8::Function> constructor = instance->script_class->constructor.Get(runtime::isolate);
    instance->ready = true; // the constructor may call into the engine, and the engine back into us
    self = peer_handle(instance);
    bool exists = !self.IsEmpty() && self->InstanceOf(runtime::context(), constructor).FromMaybe(false);
    if (!exists && !construct_peer(constructor, instance->owner).ToLocal(&self)) {
      report_exception(catcher, instance->script_class->name + " (constructor)");
      instance->failed = true;
      instance->ready = false;
      return {};
    }
    if (!instance->refcounted) instance->self.Reset(runtime::isolate, self);
  } else {
    self = peer_handle(instance);
  }
  std::vector<std::pair<Variant, Variant>> stash;
  {
    std::lock_guard lock(instance->mutex);
    stash.swap(instance->stash);
    instance->has_stash = false;
  }
  for (auto &[name, value] : stash) {
    Storage key;
    variant_to[T_STRING_NAME](key.ptr(), name.ptr());
    if (ScriptProperty *property = instance->script_class->find_property(key.ptr())) set_member(instance, self, property, value.ptr());
    destroy_value[T_STRING_NAME](key.ptr());
  }
  return self;
}

namespace {

GDExtensionBool set_property(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, GDExtensionConstVariantPtr value) {
  ScriptInstance *instance = self_of(data);
  Entry entry;
  if (!entry.ok()) {
    if (!runtime::is_alive() || instance->ready) return false;
    if (instance->script_class && !instance->script_class->find_property(name)) return false;
    std::lock_guard lock(instance->mutex);
    instance->stash.emplace_back(Variant::of(T_STRING_NAME, const_cast<void *>(name)), Variant(value));
    instance->has_stash = true;
    return true;
  }
  Local<v8::Object> self = ensure_peer(instance);
  if (self.IsEmpty()) return false;
  if (ScriptProperty *property = instance->script_class->find_property(name)) {
    set_member(instance, self, property, value);
    return true;
  }
  if (ScriptMethod *setter = instance->script_class->set) {
    v8::TryCatch catcher(runtime::isolate);
    Local<Value> args[] = {string_name_to_js(name), variant_to_js(value)};
    bool ok = false;
    Local<Value> result = call_method(self, setter, 2, args, ok);
    if (!ok) report_exception(catcher, instance->script_class->name + "._set");
    return ok && result->IsTrue();
  }
  return false;
}

} // namespace

GDExtensionBool get_property(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, GDExtensionVariantPtr result) {
  ScriptInstance *instance = self_of(data);
  Entry entry;
  if (!entry.ok()) {
    std::lock_guard lock(instance->mutex);
    for (auto found = instance->stash.rbegin(); found != instance->stash.rend(); ++found) {
      Storage key;
      variant_to[T_STRING_NAME](key.ptr(), found->first.ptr());
      bool same = key.as<void *>() == *static_cast<void *const *>(name);
      destroy_value[T_STRING_NAME](key.ptr());
      if (!same) continue;
      gd::variant_destroy(result);
      gd::variant_new_copy(result, found->second.ptr());
      return true;
    }
    if (!instance->script_class || instance->ready) return false;
    ScriptProperty *property = instance->script_class->find_property(name);
    if (!property) return false;
    gd::variant_destroy(result);
    gd::variant_new_copy(result, property->default_value.ptr());
    return true;
  }
  Local<v8::Object> self = ensure_peer(instance);
  if (self.IsEmpty()) return false;
  v8::TryCatch catcher(runtime::isolate);
  if (ScriptProperty *property = instance->script_class->find_property(name)) {
    Local<Value> value;
    if (!self->Get(runtime::context(), property->key.Get(runtime::isolate)).ToLocal(&value)) {
      report_exception(catcher, instance->script_class->name + "." + property->text);
      return true;
    }
    Storage typed;
    gd::variant_destroy(result);
    if (property->type.type < T_VARIANT && property->type.type != T_NIL && to_native(property->type, value, typed.ptr())) {
      variant_from[property->type.type](result, typed.ptr());
      destroy_native(property->type.type, typed.ptr());
      return true;
    }
    const std::string where = instance->script_class->name + "." + property->text;
    if (property->type.keeps_type) { // the engine gets it without the types, so that nothing is lost
      throw_unfit(where, property->type, value);
      report_exception(catcher, where);
      catcher.Reset();
    }
    if (!convert(value, result)) {
      throw_unfit(where);
      report_exception(catcher, where);
    }
    return true;
  }
  if (ScriptMethod *getter = instance->script_class->get) {
    Local<Value> args[] = {string_name_to_js(name)};
    bool ok = false;
    Local<Value> value = call_method(self, getter, 1, args, ok);
    if (!ok) {
      report_exception(catcher, instance->script_class->name + "._get");
      return false;
    }
    if (value->IsUndefined()) return false;
    gd::variant_destroy(result);
    if (!convert(value, result)) {
      throw_unfit("the result of " + instance->script_class->name + "._get");
      report_exception(catcher, instance->script_class->name + "._get");
    }
    return true;
  }
  // `node.landed` and `node.boost` in GDScript are a Signal and a Callable.
  const bool is_signal = instance->script_class->signal_keys.contains(*static_cast<void *const *>(name));
  if (is_signal || instance->script_class->find_method(name)) {
    int type = is_signal ? T_SIGNAL : T_CALLABLE;
    constexpr int32_t from_object_and_name = 2;
    Storage value;
    const void *args[] = {&instance->owner, name};
    gd::variant_get_ptr_constructor(static_cast<GDExtensionVariantType>(type), from_object_and_name)(value.ptr(), args);
    assign_variant(result, type, value.ptr());
    destroy_value[type](value.ptr());
    return true;
  }
  return false;
}

namespace {

GDExtensionObjectPtr get_owner(GDExtensionScriptInstanceDataPtr data) { return self_of(data)->owner; }

const GDExtensionMethodInfo *get_method_list(GDExtensionScriptInstanceDataPtr, uint32_t *count) {
  *count = 0; // Script._get_script_method_list has them
  return nullptr;
}

void free_method_list(GDExtensionScriptInstanceDataPtr, const GDExtensionMethodInfo *, uint32_t) {}

GDExtensionBool has_method(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name) {
  ScriptInstance *instance = self_of(data);
  if (!instance->script_class && runtime::is_main_thread() && runtime::is_alive()) instance->script_class = instance->script->get_class();
  return instance->script_class && instance->script_class->find_method(name) != nullptr;
}

GDExtensionInt get_method_argument_count(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, GDExtensionBool *valid) {
  ScriptInstance *instance = self_of(data);
  ScriptMethod *method = instance->script_class ? instance->script_class->find_method(name) : nullptr;
  *valid = method != nullptr;
  return method ? method->argument_count : 0;
}

void call(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, const GDExtensionConstVariantPtr *args, GDExtensionInt count, GDExtensionVariantPtr result, GDExtensionCallError *error) {
  ScriptInstance *instance = self_of(data);
  error->error = GDEXTENSION_CALL_ERROR_INVALID_METHOD;
  Entry entry;
  if (!entry.ok()) {
    if (!runtime::is_alive() || !instance->script_class || !instance->script_class->find_method(name)) return;
    print_engine_error(instance->script_class->name + "." + name_to_utf8(name) + " was called on another thread. JavaScript runs on the main thread only: use call_deferred", "call");
    return;
  }
  // The method may free its own node, and the instance with it: what is needed later is read now.
  ScriptClass *script_class = instance->script_class.get();
  ScriptMethod *method = nullptr;
  if (script_class && !(method = script_class->find_method_cached(name))) return;
  Local<v8::Object> self;
  if (instance->ready && !instance->has_stash && !instance->self.IsEmpty()) [[likely]] self = strong(instance->self);
  else self = ensure_peer(instance);
  if (self.IsEmpty()) return;
  if (!method) {
    script_class = instance->script_class.get();
    if (!(method = script_class->find_method_cached(name))) return;
  }
  if (!entry.is_nested()) note_call(instance);
  error->error = GDEXTENSION_CALL_OK;
  Catcher catcher(entry);
  Local<Value> few[8];
  std::vector<Local<Value>> many;
  Local<Value> *values = few;
  if (count > 8) {
    many.resize(static_cast<size_t>(count));
    values = many.data();
  }
  if (count == 1) values[0] = only_argument_to_js(args[0]);
  else for (GDExtensionInt i = 0; i < count; i++) values[i] = argument_to_js(args[i]);
  bool ok = false;
  Local<Value> returned = call_method(self, method, static_cast<int>(count), values, ok);
  if (!ok) [[unlikely]] {
    report_exception(catcher.get(), script_class->name + "." + method->text);
    return;
  }
  if (returned->IsUndefined() || returned->IsPromise()) return;
  gd::variant_destroy(result);
  if (convert(returned, result)) return;
  throw_unfit("the result of " + script_class->name + "." + method->text);
  report_exception(catcher.get(), "result of " + script_class->name + "." + method->text);
}

void notification(GDExtensionScriptInstanceDataPtr data, int32_t what, GDExtensionBool) {
  ScriptInstance *instance = self_of(data);
  if (instance->ready && !instance->script_class->notification && !instance->has_stash) return;
  constexpr int32_t predelete = 1, process = 17, physics_process = 16;
  if (!instance->ready && (what == predelete || what == process || what == physics_process)) return;
  Entry entry;
  if (!entry.ok()) return;
  Local<v8::Object> self = ensure_peer(instance); // this also makes what another thread put off
  if (self.IsEmpty() || !instance->script_class->notification) return;
  Catcher catcher(entry);
  Local<Value> args[] = {v8::Integer::New(runtime::isolate, what)};
  bool ok = false;
  call_method(self, instance->script_class->notification, 1, args, ok);
  if (!ok) report_exception(catcher.get(), instance->script_class->name + "._notification");
}

void to_string(GDExtensionScriptInstanceDataPtr data, GDExtensionBool *valid, GDExtensionStringPtr out) {
  ScriptInstance *instance = self_of(data);
  *valid = false;
  if (!instance->script_class || !instance->script_class->to_string) return;
  Entry entry;
  if (!entry.ok()) return;
  Local<v8::Object> self = ensure_peer(instance);
  if (self.IsEmpty()) return;
  v8::TryCatch catcher(runtime::isolate);
  bool ok = false;
  Local<Value> text = call_method(self, instance->script_class->to_string, 0, nullptr, ok);
  if (!ok) return report_exception(catcher, instance->script_class->name + "._to_string");
  if (!text->IsString()) return;
  assign_string(out, from_js(text));
  *valid = true;
}

void refcount_incremented(GDExtensionScriptInstanceDataPtr) {}
GDExtensionBool refcount_decremented(GDExtensionScriptInstanceDataPtr) { return true; }
GDExtensionObjectPtr get_script(GDExtensionScriptInstanceDataPtr data) { return self_of(data)->script->object; }
GDExtensionBool is_placeholder(GDExtensionScriptInstanceDataPtr) { return false; }
GDExtensionScriptLanguagePtr get_language(GDExtensionScriptInstanceDataPtr) { return language_object(); }

void free_instance(GDExtensionScriptInstanceDataPtr data) {
  ScriptInstance *instance = self_of(data);
  void *script = instance->script->object;
  const bool main_thread = runtime::is_main_thread();
  if (main_thread && runtime::is_alive() && runtime::vitals.entry_depth > 0) keep_for_frame(std::move(instance->script_class));
  {
    std::lock_guard lock(instances_mutex);
    auto found = instances.find(instance->owner);
    if (found != instances.end() && found->second == instance) instances.erase(found);
    if (!main_thread && runtime::has_isolate()) {
      gone_elsewhere.push_back(instance);
      runtime::leave_for_frame();
    }
  }
  if (!runtime::has_isolate()) instance->self.Clear();
  if (main_thread || !runtime::has_isolate()) {
    leave_call_order(instance);
    delete instance;
  }
  GDExtensionBool die = false;
  bind_unreference.call(script, nullptr, &die);
  if (die) gd::object_destroy(script);
}

/// `hears_notifications`: else the engine need not ask for each of the many that a node gets.
GDExtensionScriptInstanceInfo3 &instance_info(bool hears_notifications) {
  static GDExtensionScriptInstanceInfo3 hearing = [] {
    GDExtensionScriptInstanceInfo3 made{};
    made.set_func = set_property;
    made.get_func = get_property;
    describe_properties(made);
    made.get_owner_func = get_owner;
    made.get_method_list_func = get_method_list;
    made.free_method_list_func = free_method_list;
    made.has_method_func = has_method;
    made.get_method_argument_count_func = get_method_argument_count;
    made.call_func = call;
    made.notification_func = notification;
    made.to_string_func = to_string;
    made.refcount_incremented_func = refcount_incremented;
    made.refcount_decremented_func = refcount_decremented;
    made.get_script_func = get_script;
    made.is_placeholder_func = is_placeholder;
    made.get_language_func = get_language;
    made.free_func = free_instance;
    return made;
  }();
  static GDExtensionScriptInstanceInfo3 deaf = [] {
    GDExtensionScriptInstanceInfo3 made = hearing;
    made.notification_func = nullptr;
    return made;
  }();
  return hears_notifications ? hearing : deaf;
}

} // namespace

void *create_script_instance(Script *script, void *owner) {
  auto *instance = new ScriptInstance();
  instance->script = script;
  instance->owner = owner;
  instance->refcounted = gd::object_cast_to(owner, gd::classdb_get_class_tag(interned("RefCounted").ptr())) != nullptr;
  instance->script_class = script->get_class();
  if (runtime::is_main_thread()) {
    Entry entry;
    if (!entry.ok() || ensure_peer(instance).IsEmpty()) {
      delete instance;
      return nullptr;
    }
  }
  // The instance must hold its script itself, or the script goes away under it.
  GDExtensionBool ok = false;
  bind_init_ref.call(script->object, nullptr, &ok);
  {
    std::lock_guard lock(instances_mutex);
    instances[owner] = instance;
  }
  // One that another thread made is completed by its first notification on the main thread.
  const bool hears_notifications = !instance->ready || instance->script_class->notification;
  instance->engine_part = gd::script_instance_create3(&instance_info(hears_notifications), instance);
  return instance->engine_part;
}

void drop_gone_instances() {
  gone_classes.clear();
  std::vector<ScriptInstance *> gone;
  {
    std::lock_guard lock(instances_mutex);
    gone.swap(gone_elsewhere);
  }
  for (ScriptInstance *instance : gone) {
    leave_call_order(instance);
    delete instance;
  }
}

bool has_script_instance(void *object) { return find_instance(object) != nullptr; }

v8::MaybeLocal<v8::Object> script_peer(void *object) {
  ScriptInstance *instance = find_instance(object);
  if (!instance) return {};
  Local<v8::Object> self = ensure_peer(instance);
  if (self.IsEmpty()) return {};
  return self;
}

void keep_peer(void *object, Local<v8::Object> self) {
  ScriptInstance *instance = find_instance(object);
  if (instance && instance->ready && !instance->refcounted) instance->self.Reset(runtime::isolate, self);
}

void let_go_of_peer(void *object) {
  if (ScriptInstance *instance = find_instance(object)) instance->self.Reset();
}

std::vector<void *> owners_of(Script *script) {
  std::lock_guard lock(instances_mutex);
  std::vector<void *> owners;
  for (auto &[owner, instance] : instances) {
    if (instance->script == script) owners.push_back(owner);
  }
  return owners;
}

v8::MaybeLocal<v8::Object> change_class(void *owner, std::shared_ptr<ScriptClass> next) {
  ScriptInstance *instance = find_instance(owner);
  if (!instance) return {};
  // The engine keeps the address of the table: those that heard nothing so far hear from now on.
  if (next->notification) instance_info(false).notification_func = notification;
  if (instance->script_class) keep_for_frame(std::move(instance->script_class));
  instance->script_class = std::move(next);
  instance->failed = false;
  if (!instance->ready) return {};
  Local<v8::Object> self = ensure_peer(instance);
  if (self.IsEmpty()) return {};
  return self;
}

bool instance_uses(Script *script, void *object) {
  ScriptInstance *instance = find_instance(object);
  return instance && instance->script == script;
}

} // namespace gts
