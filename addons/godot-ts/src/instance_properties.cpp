// What an instance says of its properties, to the inspector, to scenes and to other scripts.
#include "script_instance.h"

namespace gts {

using v8::Local;
using v8::Value;

namespace {

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

GDExtensionVariantType get_property_type(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, GDExtensionBool *valid) {
  ScriptInstance *instance = self_of(data);
  ScriptProperty *property = instance->script_class ? instance->script_class->find_property(name) : nullptr;
  *valid = property != nullptr;
  return static_cast<GDExtensionVariantType>(property && property->type.type < T_VARIANT ? property->type.type : T_NIL);
}

} // namespace

void describe_properties(GDExtensionScriptInstanceInfo3 &info) {
  info.get_property_list_func = get_property_list;
  info.free_property_list_func = free_property_list;
  info.get_class_category_func = get_class_category;
  info.property_can_revert_func = property_can_revert;
  info.property_get_revert_func = property_get_revert;
  info.get_property_state_func = get_property_state;
  info.get_property_type_func = get_property_type;
  info.validate_property_func = validate_property;
}

} // namespace gts
