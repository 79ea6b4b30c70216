#include "instance.h"
#include "language.h"
#include "objects.h"
#include <atomic>

namespace gts {

using v8::Local;
using v8::Value;

/// A property as the inspector and scenes see it, with texts of its own.
struct PropertyRow {
  StringName name, class_name;
  String hint_string;
};

/// What the engine reads until it gives the list back.
struct PropertyList {
  std::vector<GDExtensionPropertyInfo> infos;
  std::vector<std::unique_ptr<PropertyRow>> rows; // of the properties that the script made up or changed
};

/// What every call reads comes first, in one line of the processor's cache.
struct alignas(64) ScriptInstance {
  Script *script;
  std::shared_ptr<ScriptClass> script_class; // may come later, if created on another thread
  void *owner;
  v8::Global<v8::Object> self; // only for owners that are not RefCounted: those are held by their Peer alone
  std::atomic<bool> ready{false};
  std::atomic<bool> has_stash{false}; // the stash is not empty
  bool refcounted;
  bool failed = false;
  std::mutex mutex;
  std::vector<std::pair<Variant, Variant>> stash; // properties set on other threads before the object exists in JavaScript
  std::vector<std::unique_ptr<PropertyList>> lists;
};

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

MethodBind bind_init_ref{"RefCounted", "init_ref", 2240911060};
MethodBind bind_unreference{"RefCounted", "unreference", 2240911060};

ScriptInstance *self_of(GDExtensionScriptInstanceDataPtr data) { return static_cast<ScriptInstance *>(data); }

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

/// The JavaScript object of the instance, made now if it was put off. Main thread only, in an Entry. Empty if it failed.
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

inline Local<Value> call_method(Local<v8::Object> self, ScriptMethod *method, int count, Local<Value> *args, bool &ok) {
  Local<Value> result;
  ok = strong(method->function)->Call(runtime::isolate, runtime::context(), self, count, args).ToLocal(&result);
  return result;
}

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
    } else if (!to_variant(value, result)) {
      report_exception(catcher, instance->script_class->name + "." + property->text);
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
    if (!to_variant(value, result)) report_exception(catcher, instance->script_class->name + "._get");
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

Local<Value> field(Local<v8::Object> object, const char *key) {
  Local<Value> value;
  return object->Get(runtime::context(), js_name(key)).ToLocal(&value) ? value : v8::Undefined(runtime::isolate).As<Value>();
}

uint32_t number_field(Local<v8::Object> object, const char *key, uint32_t otherwise) {
  Local<Value> value = field(object, key);
  return value->IsNumber() ? value->Uint32Value(runtime::context()).FromMaybe(otherwise) : otherwise;
}

std::string text_field(Local<v8::Object> object, const char *key) {
  Local<Value> value = field(object, key);
  return value->IsString() ? from_js(value) : std::string();
}

/// What the script's _get_property_list returns.
template <class Add>
void add_made_up_properties(ScriptClass &script_class, Local<v8::Object> self, Add add) {
  const std::string where = script_class.name + "._get_property_list";
  v8::TryCatch catcher(runtime::isolate);
  bool ok = false;
  Local<Value> returned = call_method(self, script_class.get_property_list, 0, nullptr, ok);
  if (!ok) return report_exception(catcher, where);
  if (returned->IsNullOrUndefined()) return;
  if (!returned->IsArray()) {
    throw_type_error(where + " must return an array of { name, type }, got " + describe(returned));
    return report_exception(catcher, where);
  }
  auto items = returned.As<v8::Array>();
  constexpr uint32_t usage_default = 6;
  for (uint32_t i = 0; i < items->Length(); i++) {
    Local<Value> item;
    if (!items->Get(runtime::context(), i).ToLocal(&item)) return report_exception(catcher, where);
    std::string name = item->IsObject() ? text_field(item.As<v8::Object>(), "name") : std::string();
    if (name.empty()) {
      throw_type_error(where + ": element " + std::to_string(i) + " must be an object with a name, got " + describe(item));
      return report_exception(catcher, where);
    }
    auto object = item.As<v8::Object>();
    uint32_t type = number_field(object, "type", T_NIL);
    add(type < T_VARIANT ? static_cast<int>(type) : T_NIL, StringName(name), StringName(text_field(object, "class_name")), number_field(object, "hint", 0), text_field(object, "hint_string"), number_field(object, "usage", usage_default));
  }
}

/// The script may change how a property is shown and whether it is saved; its name stays.
GDExtensionBool validate_property(GDExtensionScriptInstanceDataPtr data, GDExtensionPropertyInfo *info) {
  ScriptInstance *instance = self_of(data);
  ScriptClass *script_class = instance->script_class.get();
  if (!script_class || !script_class->validate_property) return false;
  Entry entry;
  if (!entry.ok()) return false;
  Local<v8::Object> self = ensure_peer(instance);
  if (self.IsEmpty()) return false;
  v8::TryCatch catcher(runtime::isolate);
  auto context = runtime::context();
  Local<v8::Object> object = v8::Object::New(runtime::isolate);
  auto set = [&](const char *key, Local<Value> value) { object->Set(context, js_name(key), value).Check(); };
  set("name", string_name_to_js(info->name));
  set("class_name", string_name_to_js(info->class_name));
  set("type", v8::Integer::New(runtime::isolate, info->type));
  set("hint", v8::Integer::NewFromUnsigned(runtime::isolate, info->hint));
  set("hint_string", engine_string_to_js(info->hint_string));
  set("usage", v8::Integer::NewFromUnsigned(runtime::isolate, info->usage));
  Local<Value> argument = object;
  bool ok = false;
  call_method(self, script_class->validate_property, 1, &argument, ok);
  if (!ok) {
    report_exception(catcher, script_class->name + "._validate_property");
    return false;
  }
  uint32_t type = number_field(object, "type", info->type);
  if (type < T_VARIANT) info->type = static_cast<GDExtensionVariantType>(type);
  info->hint = number_field(object, "hint", info->hint);
  info->usage = number_field(object, "usage", info->usage);
  assign_name(info->class_name, text_field(object, "class_name"));
  assign_string(info->hint_string, text_field(object, "hint_string"));
  return true;
}

const GDExtensionPropertyInfo *get_property_list(GDExtensionScriptInstanceDataPtr data, uint32_t *count) {
  ScriptInstance *instance = self_of(data);
  *count = 0;
  auto script_class = instance->script_class ? instance->script_class : instance->script->get_class();
  if (!script_class) return nullptr;
  auto list = std::make_unique<PropertyList>();
  auto add = [&](int type, StringName name, StringName class_name, uint32_t hint, std::string_view hint_string, uint32_t usage) {
    auto row = std::make_unique<PropertyRow>();
    row->name = std::move(name);
    row->class_name = std::move(class_name);
    assign_string(row->hint_string.ptr(), hint_string);
    list->infos.push_back({static_cast<GDExtensionVariantType>(type >= T_VARIANT ? T_NIL : type), row->name.ptr(), row->class_name.ptr(), hint, row->hint_string.ptr(), usage});
    list->rows.push_back(std::move(row));
  };
  constexpr uint32_t usage_category = 128;
  std::string category;
  for (auto &property : script_class->properties) {
    if (is_editor()) begin_category(*property, category, [&](const std::string &name, const std::string &path) { add(T_NIL, StringName(name), StringName(""), 0, path, usage_category); });
    add(property->type.type, StringName(property->text), StringName(property->class_text), property->hint, to_utf8(property->hint_string.ptr()), property->usage);
  }
  if (script_class->get_property_list || script_class->validate_property) {
    Entry entry; // on other threads, and in the editor's placeholders, a scene has just what the class declares
    Local<v8::Object> self;
    if (entry.ok()) self = ensure_peer(instance);
    if (!self.IsEmpty() && script_class->get_property_list) add_made_up_properties(*script_class, self, add);
    if (!self.IsEmpty() && script_class->validate_property) {
      for (GDExtensionPropertyInfo &info : list->infos) validate_property(data, &info);
    }
  }
  if (list->infos.empty()) return nullptr;
  *count = static_cast<uint32_t>(list->infos.size());
  std::lock_guard lock(instance->mutex);
  instance->lists.push_back(std::move(list));
  return instance->lists.back()->infos.data();
}

void free_property_list(GDExtensionScriptInstanceDataPtr data, const GDExtensionPropertyInfo *list, uint32_t) {
  ScriptInstance *instance = self_of(data);
  std::lock_guard lock(instance->mutex);
  std::erase_if(instance->lists, [&](auto &held) { return held->infos.data() == list; });
}

/// The list has the headings of all scripts that its properties are from.
GDExtensionBool get_class_category(GDExtensionScriptInstanceDataPtr, GDExtensionPropertyInfo *) { return false; }

GDExtensionBool property_can_revert(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name) {
  ScriptInstance *instance = self_of(data);
  return instance->script_class && instance->script_class->find_property(name);
}

GDExtensionBool property_get_revert(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, GDExtensionVariantPtr result) {
  ScriptInstance *instance = self_of(data);
  ScriptProperty *property = instance->script_class ? instance->script_class->find_property(name) : nullptr;
  if (!property) return false;
  gd::variant_destroy(result);
  gd::variant_new_copy(result, property->default_value.ptr());
  return true;
}

GDExtensionObjectPtr get_owner(GDExtensionScriptInstanceDataPtr data) { return self_of(data)->owner; }

void get_property_state(GDExtensionScriptInstanceDataPtr data, GDExtensionScriptInstancePropertyStateAdd add, void *userdata) {
  ScriptInstance *instance = self_of(data);
  if (!instance->script_class) return;
  constexpr uint32_t usage_storage = 2;
  for (auto &property : instance->script_class->properties) {
    if (!(property->usage & usage_storage)) continue;
    Variant value;
    if (get_property(data, property->name.ptr(), value.ptr())) add(property->name.ptr(), value.ptr(), userdata);
  }
}

const GDExtensionMethodInfo *get_method_list(GDExtensionScriptInstanceDataPtr, uint32_t *count) {
  *count = 0; // Script._get_script_method_list has them
  return nullptr;
}

void free_method_list(GDExtensionScriptInstanceDataPtr, const GDExtensionMethodInfo *, uint32_t) {}

GDExtensionVariantType get_property_type(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, GDExtensionBool *valid) {
  ScriptInstance *instance = self_of(data);
  ScriptProperty *property = instance->script_class ? instance->script_class->find_property(name) : nullptr;
  *valid = property != nullptr;
  return static_cast<GDExtensionVariantType>(property && property->type.type < T_VARIANT ? property->type.type : T_NIL);
}

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
  error->error = GDEXTENSION_CALL_OK;
  v8::TryCatch catcher(runtime::isolate);
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
    report_exception(catcher, script_class->name + "." + method->text);
    return;
  }
  if (returned->IsUndefined() || returned->IsPromise()) return;
  gd::variant_destroy(result);
  if (!to_variant(returned, result)) report_exception(catcher, "result of " + script_class->name + "." + method->text);
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
  v8::TryCatch catcher(runtime::isolate);
  Local<Value> args[] = {v8::Integer::New(runtime::isolate, what)};
  bool ok = false;
  call_method(self, instance->script_class->notification, 1, args, ok);
  if (!ok) report_exception(catcher, instance->script_class->name + "._notification");
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
  if (!runtime::has_isolate()) instance->self.Clear();
  else if (!runtime::is_main_thread()) leave_for_main_thread(std::move(instance->self));
  void *script = instance->script->object;
  if (runtime::is_main_thread() && runtime::is_alive() && runtime::entry_depth > 0) gone_classes.push_back(std::move(instance->script_class));
  {
    std::lock_guard lock(instances_mutex);
    auto found = instances.find(instance->owner);
    if (found != instances.end() && found->second == instance) instances.erase(found);
  }
  delete instance;
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
    made.get_property_list_func = get_property_list;
    made.free_property_list_func = free_property_list;
    made.get_class_category_func = get_class_category;
    made.property_can_revert_func = property_can_revert;
    made.property_get_revert_func = property_get_revert;
    made.get_owner_func = get_owner;
    made.get_property_state_func = get_property_state;
    made.get_method_list_func = get_method_list;
    made.free_method_list_func = free_method_list;
    made.get_property_type_func = get_property_type;
    made.validate_property_func = validate_property;
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
  return gd::script_instance_create3(&instance_info(hears_notifications), instance);
}

void drop_gone_classes() { gone_classes.clear(); }

bool has_script_instance(void *object) { return find_instance(object) != nullptr; }

v8::MaybeLocal<v8::Object> script_peer(void *object) {
  ScriptInstance *instance = find_instance(object);
  if (!instance) return {};
  Local<v8::Object> self = ensure_peer(instance);
  if (self.IsEmpty()) return {};
  return self;
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
  if (instance->script_class) gone_classes.push_back(std::move(instance->script_class));
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
