#include "script.h"
#include "editor.h"
#include "instance.h"
#include "language.h"
#include "objects.h"

namespace gts {

using v8::Local;
using v8::Value;

namespace {

v8::Global<v8::Function> load_script, describe_class;
std::mutex scripts_mutex;
std::set<Script *> scripts;

} // namespace

ClassSource Script::class_source() {
  std::lock_guard lock(mutex);
  if (!found_in_source) found_in_source = read_class_source(source, path);
  return *found_in_source;
}

void Script::set_source(std::string text) {
  std::lock_guard lock(mutex);
  source = std::move(text);
  found_in_source.reset();
}

namespace {

Variant name_variant(const StringName &name) { return Variant::of(T_STRING_NAME, name.ptr()); }
Variant text_variant(std::string_view text) { return Variant::of(T_STRING, String(text).ptr()); }
Variant int_variant(int64_t number) { return Variant::of(T_INT, &number); }

/// An engine Dictionary that destroys itself.
struct Dictionary {
  Storage storage;
  Dictionary() { construct_default[T_DICTIONARY](storage.ptr(), nullptr); }
  ~Dictionary() { destroy_value[T_DICTIONARY](storage.ptr()); }
  Dictionary(const Dictionary &) = delete;
  Dictionary &operator=(const Dictionary &) = delete;
  void set(std::string_view key, const Variant &value) { dictionary_set(storage.ptr(), key, value); }
  Variant variant() { return Variant::of(T_DICTIONARY, storage.ptr()); }
  /// For a result: `result` is an initialised Dictionary.
  void move_to(void *result) { std::swap(storage.as<void *>(), *static_cast<void **>(result)); }
};

struct ArrayValue {
  Storage storage;
  ArrayValue() { construct_default[T_ARRAY](storage.ptr(), nullptr); }
  ~ArrayValue() { destroy_value[T_ARRAY](storage.ptr()); }
  ArrayValue(const ArrayValue &) = delete;
  ArrayValue &operator=(const ArrayValue &) = delete;
  Variant variant() { return Variant::of(T_ARRAY, storage.ptr()); }
};

void describe_property(Dictionary &into, const std::string &name, int type, const StringName &class_name, uint32_t hint, const void *hint_string, uint32_t usage) {
  into.set("name", text_variant(name));
  into.set("class_name", name_variant(class_name));
  into.set("type", int_variant(type >= T_VARIANT ? T_NIL : type));
  into.set("hint", int_variant(hint));
  into.set("hint_string", Variant::of(T_STRING, const_cast<void *>(hint_string)));
  into.set("usage", int_variant(usage));
}

void describe_method(Dictionary &into, const ScriptMethod &method) {
  constexpr uint32_t usage_nil_is_variant = 131072, usage_default = 6;
  into.set("name", text_variant(method.text));
  ArrayValue args, defaults;
  String empty;
  for (int i = 0; i < method.argument_count; i++) {
    Dictionary argument;
    describe_property(argument, "arg" + std::to_string(i), T_NIL, StringName(""), 0, empty.ptr(), usage_default | usage_nil_is_variant);
    array_push(args.storage.ptr(), argument.variant());
  }
  Dictionary result;
  describe_property(result, "", T_NIL, StringName(""), 0, empty.ptr(), usage_default | usage_nil_is_variant);
  into.set("args", args.variant());
  into.set("default_args", defaults.variant());
  into.set("return", result.variant());
  constexpr int64_t method_flag_normal = 1;
  into.set("flags", int_variant(method_flag_normal));
}

Script &script_of(ExtensionObject *self) { return *static_cast<Script *>(self); }

void can_instantiate(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  bool possible = script_class ? script_class->tool || !is_editor() : !runtime::is_main_thread() && !is_editor();
  *static_cast<GDExtensionBool *>(result) = possible;
}

void is_valid(ExtensionObject *self, const void *const *, void *result) {
  // A module that is not built yet, or no script class at all, is no error: the editor opens every .ts file it sees.
  *static_cast<GDExtensionBool *>(result) = script_of(self).get_class() != nullptr;
}

void is_tool(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  *static_cast<GDExtensionBool *>(result) = script_class && script_class->tool;
}

void get_instance_base_type(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  if (script_class) assign_name(result, script_class->base_type);
}

void instance_create(ExtensionObject *self, const void *const *args, void *result) {
  Script &script = script_of(self);
  void *owner = *static_cast<void *const *>(args[0]);
  *static_cast<void **>(result) = nullptr;
  auto script_class = script.get_class();
  if (!script_class && runtime::is_main_thread()) return;
  if (script_class && !is_class(owner, script_class->base_type.c_str())) {
    std::string text = "Script '" + (script.path.empty() ? script_class->name : script.path) + "' extends " + script_class->base_type + ", so it cannot be attached to this object";
    gd::print_script_error_with_message(text.c_str(), text.c_str(), "attach", script.path.c_str(), 1, true);
    return;
  }
  *static_cast<void **>(result) = create_script_instance(&script, owner);
}

void placeholder_create(ExtensionObject *self, const void *const *args, void *result) {
  Script &script = script_of(self);
  void *owner = *static_cast<void *const *>(args[0]);
  void *placeholder = gd::placeholder_script_instance_create(language_object(), script.object, owner);
  script.placeholders.emplace(placeholder, owner);
  *static_cast<void **>(result) = placeholder;
  script.update_placeholder(placeholder, nullptr);
  if (!script.help_knows) update_help(script);
}

void placeholder_erased(ExtensionObject *self, const void *const *args, void *) {
  script_of(self).placeholders.erase(*static_cast<void *const *>(args[0]));
}

void is_placeholder_fallback_enabled(ExtensionObject *self, const void *const *, void *result) {
  *static_cast<GDExtensionBool *>(result) = script_of(self).get_class() == nullptr;
}

void instance_has(ExtensionObject *self, const void *const *args, void *result) {
  *static_cast<GDExtensionBool *>(result) = instance_uses(&script_of(self), *static_cast<void *const *>(args[0]));
}

void inherits_script(ExtensionObject *self, const void *const *args, void *result) {
  *static_cast<GDExtensionBool *>(result) = false;
  Entry entry;
  if (!entry.ok()) return;
  auto *other = dynamic_cast_script(*static_cast<void *const *>(args[0]));
  auto own = script_of(self).get_class();
  auto base = other ? other->get_class() : nullptr;
  if (!own || !base) return;
  Local<v8::Object> wanted = base->constructor.Get(runtime::isolate);
  Local<Value> current = own->constructor.Get(runtime::isolate);
  while (current->IsObject()) {
    if (current == wanted) {
      *static_cast<GDExtensionBool *>(result) = true;
      return;
    }
    current = current.As<v8::Object>()->GetPrototypeV2();
  }
}

/// The script of the class that this one extends, if that has a file.
void get_base_script(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  if (!script_class || script_class->base_path.empty() || !runtime::is_main_thread()) return;
  static MethodBind load{"ResourceLoader", "load", 3358495409};
  String path(script_class->base_path), type_hint;
  int64_t reuse = 1;
  const void *args[] = {path.ptr(), type_hint.ptr(), &reuse};
  load.call(gd::global_get_singleton(interned("ResourceLoader").ptr()), args, result);
}

void has_source_code(ExtensionObject *self, const void *const *, void *result) {
  *static_cast<GDExtensionBool *>(result) = !script_of(self).source.empty();
}
void get_source_code(ExtensionObject *self, const void *const *, void *result) { assign_string(result, script_of(self).source); }
void set_source_code(ExtensionObject *self, const void *const *args, void *) { script_of(self).set_source(to_utf8(args[0])); }

/// The editor has saved or read the source. What runs is built from it: hot reload takes that when it is there.
void reload(ExtensionObject *self, const void *const *, void *result) {
  script_of(self).update_placeholders();
  update_help(script_of(self));
  *static_cast<int64_t *>(result) = 0;
}

void update_exports(ExtensionObject *self, const void *const *, void *) { script_of(self).update_placeholders(); }

/// As for other scripts without a global name: the path in quotes.
void get_doc_class_name(ExtensionObject *self, const void *const *, void *result) {
  const std::string &path = script_of(self).path;
  if (path.starts_with("res://")) assign_name(result, "\"" + path.substr(6) + "\"");
}

void script_has_method(ExtensionObject *self, const void *const *args, void *result) {
  auto script_class = script_of(self).get_class();
  *static_cast<GDExtensionBool *>(result) = script_class && script_class->find_method(args[0]);
}

void get_method_info(ExtensionObject *self, const void *const *args, void *result) {
  auto script_class = script_of(self).get_class();
  ScriptMethod *method = script_class ? script_class->find_method(args[0]) : nullptr;
  if (!method) return;
  Dictionary info;
  describe_method(info, *method);
  info.move_to(result);
}

void get_method_argument_count(ExtensionObject *self, const void *const *args, void *result) {
  auto script_class = script_of(self).get_class();
  ScriptMethod *method = script_class ? script_class->find_method(args[0]) : nullptr;
  if (!method) return;
  int64_t count = method->argument_count;
  assign_variant(result, T_INT, &count);
}

void has_script_signal(ExtensionObject *self, const void *const *args, void *result) {
  *static_cast<GDExtensionBool *>(result) = false;
  auto script_class = script_of(self).get_class();
  if (!script_class) return;
  std::string name = name_to_utf8(args[0]);
  for (const ScriptSignal &signal : script_class->signals) {
    if (signal.name == name) *static_cast<GDExtensionBool *>(result) = true;
  }
}

void get_script_signal_list(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  if (!script_class) return;
  String empty;
  for (const ScriptSignal &signal : script_class->signals) {
    Dictionary info;
    ArrayValue args;
    for (const auto &argument : signal.arguments) {
      Dictionary described;
      constexpr uint32_t usage_default = 6;
      describe_property(described, argument.name, argument.type, StringName(argument.class_name), 0, empty.ptr(), usage_default);
      array_push(args.storage.ptr(), described.variant());
    }
    info.set("name", text_variant(signal.name));
    info.set("args", args.variant());
    array_push(result, info.variant());
  }
}

void has_property_default_value(ExtensionObject *self, const void *const *args, void *result) {
  auto script_class = script_of(self).get_class();
  *static_cast<GDExtensionBool *>(result) = script_class && script_class->find_property(args[0]);
}

void get_property_default_value(ExtensionObject *self, const void *const *args, void *result) {
  auto script_class = script_of(self).get_class();
  ScriptProperty *property = script_class ? script_class->find_property(args[0]) : nullptr;
  if (!property) return;
  gd::variant_destroy(result);
  gd::variant_new_copy(result, property->default_value.ptr());
}

void get_script_method_list(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  if (!script_class) return;
  for (auto &method : script_class->methods) {
    Dictionary info;
    describe_method(info, *method);
    array_push(result, info.variant());
  }
}

void property_list_into(const ScriptClass &script_class, void *array) {
  constexpr uint32_t usage_category = 128;
  std::string category;
  for (auto &property : script_class.properties) {
    if (is_editor()) {
      begin_category(*property, category, [&](const std::string &name, const std::string &path) {
        Dictionary heading;
        describe_property(heading, name, T_NIL, StringName(""), 0, String(path).ptr(), usage_category);
        array_push(array, heading.variant());
      });
    }
    Dictionary info;
    describe_property(info, property->text, property->type.type, property->class_name, property->hint, property->hint_string.ptr(), property->usage);
    array_push(array, info.variant());
  }
}

void get_script_property_list(ExtensionObject *self, const void *const *, void *result) {
  if (auto script_class = script_of(self).get_class()) property_list_into(*script_class, result);
}

void get_members(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  if (!script_class) return;
  for (auto &property : script_class->properties) {
    if (property->is_member) array_push(result, name_variant(property->name));
  }
}

void get_rpc_config(ExtensionObject *self, const void *const *, void *result) {
  auto script_class = script_of(self).get_class();
  gd::variant_destroy(result);
  if (script_class) gd::variant_new_copy(result, script_class->rpc_config.ptr());
  else gd::variant_new_nil(result);
}

void get_language(ExtensionObject *, const void *const *, void *result) { *static_cast<void **>(result) = language_object(); }

const VirtualMethod script_methods[] = {
    {"_editor_can_reload_from_file", return_true},
    {"_placeholder_erased", placeholder_erased},
    {"_can_instantiate", can_instantiate},
    {"_get_base_script", get_base_script},
    {"_get_global_name", get_global_name},
    {"_inherits_script", inherits_script},
    {"_get_instance_base_type", get_instance_base_type},
    {"_instance_create", instance_create},
    {"_placeholder_instance_create", placeholder_create},
    {"_instance_has", instance_has},
    {"_has_source_code", has_source_code},
    {"_get_source_code", get_source_code},
    {"_set_source_code", set_source_code},
    {"_reload", reload},
    {"_get_doc_class_name", get_doc_class_name},
    {"_get_documentation", get_documentation},
    {"_get_class_icon_path", get_class_icon_path},
    {"_has_method", script_has_method},
    {"_has_static_method", return_false},
    {"_get_script_method_argument_count", get_method_argument_count},
    {"_get_method_info", get_method_info},
    {"_is_tool", is_tool},
    {"_is_valid", is_valid},
    {"_is_abstract", is_abstract},
    {"_get_language", get_language},
    {"_has_script_signal", has_script_signal},
    {"_get_script_signal_list", get_script_signal_list},
    {"_has_property_default_value", has_property_default_value},
    {"_get_property_default_value", get_property_default_value},
    {"_update_exports", update_exports},
    {"_get_script_method_list", get_script_method_list},
    {"_get_script_property_list", get_script_property_list},
    {"_get_member_line", get_member_line},
    {"_get_constants", return_nothing},
    {"_get_members", get_members},
    {"_is_placeholder_fallback_enabled", is_placeholder_fallback_enabled},
    {"_get_rpc_config", get_rpc_config},
};

ExtensionObject *make_script() {
  auto *script = new Script();
  std::lock_guard lock(scripts_mutex);
  scripts.insert(script);
  return script;
}

/// attachClass(object, constructor): an instance that JavaScript constructs gets its script. Returns the Script.
void script_for_class(const v8::FunctionCallbackInfo<Value> &info) {
  void *object = script_extension_class.create(true);
  auto *script = static_cast<Script *>(extension_object(object));
  if (!script->adopt_class(info[0].As<v8::Function>())) return gd::object_destroy(object);
  info.GetReturnValue().Set(wrap_object(object, true));
}

void set_script_hooks(const v8::FunctionCallbackInfo<Value> &info) {
  load_script.Reset(runtime::isolate, info[0].As<v8::Function>());
  describe_class.Reset(runtime::isolate, info[1].As<v8::Function>());
}

} // namespace

ExtensionClass script_extension_class("TypeScript", "ScriptExtension", make_script, script_methods, sizeof script_methods / sizeof *script_methods);

Script::~Script() {
  std::lock_guard lock(scripts_mutex);
  scripts.erase(this);
}

std::shared_ptr<ScriptClass> Script::get_class() {
  {
    std::lock_guard lock(mutex);
    if (state != State::unknown) return script_class;
  }
  Entry entry;
  if (!entry.ok() || path.empty() || load_script.IsEmpty()) return nullptr;
  {
    std::lock_guard lock(mutex);
    state = State::loading;
  }
  v8::TryCatch catcher(runtime::isolate);
  Local<Value> argument = js_string(path), description;
  std::shared_ptr<ScriptClass> loaded;
  if (!load_script.Get(runtime::isolate)->Call(runtime::context(), v8::Undefined(runtime::isolate), 1, &argument).ToLocal(&description)) {
    report_exception(catcher, path);
  } else if (description->IsObject()) {
    loaded = read_class(description.As<v8::Object>());
  }
  std::lock_guard lock(mutex);
  script_class = loaded;
  state = loaded ? State::loaded : State::absent;
  return script_class;
}

void Script::replace_class(std::shared_ptr<ScriptClass> next) {
  std::lock_guard lock(mutex);
  script_class = std::move(next);
  state = State::loaded;
}

bool Script::was_asked() {
  std::lock_guard lock(mutex);
  return state == State::loaded || state == State::absent;
}

bool Script::adopt_class(Local<v8::Function> constructor) {
  Local<Value> argument = constructor, description;
  if (!describe_class.Get(runtime::isolate)->Call(runtime::context(), v8::Undefined(runtime::isolate), 1, &argument).ToLocal(&description) || !description->IsObject()) return false;
  std::lock_guard lock(mutex);
  script_class = read_class(description.As<v8::Object>());
  state = State::loaded;
  return true;
}

void Script::release_handles() {
  std::lock_guard lock(mutex);
  if (script_class) script_class->release_handles();
}

/// What `owner` has for a property, as the type that the property has now. False when it has that type already, has nothing, or no value of
/// that type can be made of it. A scene that was written by hand has 9 for 9.0, and a property may have been declared anew.
static bool converted_value(void *owner, const ScriptProperty &property, Variant &converted) {
  static MethodBind get{"Object", "get", 2760726917};
  Variant value;
  const void *args[] = {property.name.ptr()};
  get.call(owner, args, value.ptr());
  int wanted = property.type.type;
  if (wanted == T_VARIANT || wanted == T_NIL || value.type() == T_NIL || value.type() == wanted) return false;
  const void *pointers[] = {value.ptr()};
  GDExtensionCallError error{};
  gd::variant_construct(static_cast<GDExtensionVariantType>(wanted), converted.ptr(), pointers, 1, &error);
  return error.error == GDEXTENSION_CALL_OK;
}

void Script::update_placeholder(void *placeholder, void *owner) {
  auto current = get_class();
  if (!current) return; // keep the values that the scene has
  ArrayValue list;
  Dictionary values;
  property_list_into(*current, list.storage.ptr());
  for (auto &property : current->properties) {
    if (!property->is_member) continue;
    // The engine takes from here what is missing or has another type.
    Variant converted;
    bool kept = owner && converted_value(owner, *property, converted);
    values.set(property->text, kept ? converted : property->default_value);
  }
  gd::placeholder_script_instance_update(placeholder, list.storage.ptr(), values.storage.ptr());
}

void Script::update_placeholders() {
  for (auto [placeholder, owner] : placeholders) update_placeholder(placeholder, owner);
}

Script *dynamic_cast_script(void *object) {
  return object && is_class(object, "TypeScript") ? static_cast<Script *>(extension_object(object)) : nullptr;
}

void *create_script(const std::string &path) {
  void *object = script_extension_class.create(true);
  if (auto *script = static_cast<Script *>(extension_object(object))) script->path = path;
  return object;
}

std::vector<Script *> file_scripts() {
  std::lock_guard lock(scripts_mutex);
  std::vector<Script *> found;
  for (Script *script : scripts) {
    if (!script->path.empty()) found.push_back(script);
  }
  return found;
}

void install_scripts(Local<v8::Object> target) {
  auto context = runtime::context();
  auto set = [&](const char *name, v8::FunctionCallback callback) {
    target->Set(context, js_name(name), v8::Function::New(context, callback).ToLocalChecked()).Check();
  };
  set("scriptForClass", script_for_class);
  set("setScriptHooks", set_script_hooks);
}

void release_scripts() {
  load_script.Reset();
  describe_class.Reset();
  release_editor();
  // Scripts that the engine still holds outlive V8; their handles may not.
  std::lock_guard lock(scripts_mutex);
  for (Script *script : scripts) script->release_handles();
}

bool is_editor() {
  static const bool editor = [] {
    MethodBind bind{"Engine", "is_editor_hint", 36873697};
    GDExtensionBool result = false;
    bind.call(gd::global_get_singleton(interned("Engine").ptr()), nullptr, &result);
    return result != 0;
  }();
  return editor;
}

} // namespace gts
