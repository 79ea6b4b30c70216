// What is known about a loaded script class.
#include "script.h"

namespace gts {

using v8::Local;
using v8::Value;

namespace {

std::string text_at(Local<v8::Object> object, const char *key) {
  Local<Value> value;
  if (!object->Get(runtime::context(), js_name(key)).ToLocal(&value) || !value->IsString()) return {};
  return from_js(value);
}

int number_at(Local<v8::Object> object, const char *key) {
  Local<Value> value;
  if (!object->Get(runtime::context(), js_name(key)).ToLocal(&value) || !value->IsNumber()) return 0;
  return static_cast<int>(value->IntegerValue(runtime::context()).FromMaybe(0));
}

Local<Value> at(Local<v8::Object> object, const char *key) {
  Local<Value> value;
  return object->Get(runtime::context(), js_name(key)).ToLocal(&value) ? value : v8::Undefined(runtime::isolate).As<Value>();
}

template <class Callback>
void each(Local<Value> list, Callback callback) {
  if (!list->IsArray()) return;
  auto array = list.As<v8::Array>();
  for (uint32_t i = 0; i < array->Length(); i++) {
    Local<Value> item;
    if (array->Get(runtime::context(), i).ToLocal(&item) && item->IsObject()) callback(item.As<v8::Object>());
  }
}

/// `Array[int]`: the one type, or those of keys and values.
void read_elements(ScriptProperty &property, Local<Value> list) {
  each(list, [&](Local<v8::Object> item) {
    auto element = std::make_unique<ElementType>();
    element->class_name = text_at(item, "class_name");
    element->ref.type = number_at(item, "type");
    if (element->ref.type == T_OBJECT) {
      element->ref.class_name = element->class_name.c_str();
      element->ref.class_tag = gd::classdb_get_class_tag(StringName(element->class_name).ptr());
    }
    property.elements.push_back(std::move(element));
  });
  if (property.elements.empty()) return;
  property.type.keeps_type = true;
  property.type.element = &property.elements.back()->ref;
  if (property.type.type == T_DICTIONARY) property.type.key = &property.elements.front()->ref;
}

} // namespace

std::shared_ptr<ScriptClass> read_class(Local<v8::Object> description) {
  auto result = std::make_shared<ScriptClass>();
  v8::Isolate *isolate = runtime::isolate;
  result->name = text_at(description, "name");
  result->global_name = text_at(description, "global_name");
  result->base_type = text_at(description, "base");
  result->base_path = text_at(description, "base_path");
  result->icon = text_at(description, "icon");
  result->tool = at(description, "tool")->IsTrue();
  result->constructor.Reset(isolate, at(description, "constructor").As<v8::Function>());
  each(at(description, "methods"), [&](Local<v8::Object> item) {
    auto method = std::make_unique<ScriptMethod>();
    method->text = text_at(item, "name");
    method->name = StringName(method->text);
    method->argument_count = number_at(item, "length");
    method->function.Reset(isolate, at(item, "function").As<v8::Function>());
    ScriptMethod *kept = method.get();
    if (kept->text == "_notification") result->notification = kept;
    if (kept->text == "_get") result->get = kept;
    if (kept->text == "_set") result->set = kept;
    if (kept->text == "_to_string") result->to_string = kept;
    if (kept->text == "_get_property_list") result->get_property_list = kept;
    if (kept->text == "_validate_property") result->validate_property = kept;
    result->method_by_key[kept->name.key()] = kept;
    result->methods.push_back(std::move(method));
  });
  each(at(description, "properties"), [&](Local<v8::Object> item) {
    auto property = std::make_unique<ScriptProperty>();
    property->text = text_at(item, "name");
    property->name = StringName(property->text);
    property->owner = text_at(item, "owner");
    property->class_text = text_at(item, "class_name");
    property->class_name = StringName(property->class_text);
    assign_string(property->hint_string.ptr(), text_at(item, "hint_string"));
    property->type.type = number_at(item, "type");
    read_elements(*property, at(item, "elements"));
    property->hint = static_cast<uint32_t>(number_at(item, "hint"));
    property->usage = static_cast<uint32_t>(number_at(item, "usage"));
    property->is_member = at(item, "member")->IsTrue();
    property->key.Reset(isolate, js_name(property->text));
    if (property->is_member) {
      v8::TryCatch ignored(isolate); // a default that the engine cannot hold is no default
      Local<Value> value = at(item, "default_value");
      uint64_t variant[3];
      bool typed = property->type.type < T_VARIANT && property->type.type != T_NIL && property->type.type != T_OBJECT;
      bool built = typed ? to_variant_of(property->type, value, variant, "default") : to_variant(value, variant);
      if (!built && typed && !value->IsNullOrUndefined()) {
        ignored.Reset();
        gd::variant_destroy(variant);
        built = to_variant(value, variant);
      }
      property->default_value = Variant(static_cast<const void *>(variant));
      gd::variant_destroy(variant);
      result->property_by_key[property->name.key()] = property.get();
    }
    result->properties.push_back(std::move(property));
  });
  each(at(description, "signals"), [&](Local<v8::Object> item) {
    ScriptSignal signal;
    signal.name = text_at(item, "name");
    signal.key = StringName(signal.name);
    result->signal_keys.insert(signal.key.key());
    each(at(item, "arguments"), [&](Local<v8::Object> argument) {
      signal.arguments.push_back({text_at(argument, "name"), number_at(argument, "type"), text_at(argument, "class_name")});
    });
    result->signals.push_back(std::move(signal));
  });
  if (Local<Value> config = at(description, "rpc_config"); config->IsObject()) {
    v8::TryCatch ignored(isolate);
    Variant value;
    if (to_variant(config, value.ptr())) result->rpc_config = value;
  }
  return result;
}

ScriptMethod *ScriptClass::find_method(const void *string_name) const {
  auto found = method_by_key.find(*static_cast<void *const *>(string_name));
  return found == method_by_key.end() ? nullptr : found->second;
}

ScriptProperty *ScriptClass::find_property(const void *string_name) const {
  auto found = property_by_key.find(*static_cast<void *const *>(string_name));
  return found == property_by_key.end() ? nullptr : found->second;
}

void ScriptClass::release_handles() {
  constructor.Reset();
  for (auto &method : methods) method->function.Reset();
  for (auto &property : properties) property->key.Reset();
}

ScriptClass::~ScriptClass() {
  if (runtime::has_isolate() && runtime::is_main_thread()) return;
  constructor.Clear();
  for (auto &method : methods) method->function.Clear();
  for (auto &property : properties) property->key.Clear();
}

} // namespace gts
