#include "methods.h"
#include "method.h"
#include "objects.h"
#include <algorithm>

namespace gts {

using v8::Local;
using v8::Value;
using Info = v8::FunctionCallbackInfo<Value>;

namespace {

constexpr int flag_static = 1, flag_vararg = 2, flag_const = 4, flag_takes_value = 8;

std::vector<std::unique_ptr<Method>> methods;

v8::Global<v8::ObjectTemplate> data_template;

std::string signature(const Method &method) {
  std::string text;
  for (const Parameter &parameter : method.parameters) text += (text.empty() ? "" : ", ") + parameter.name;
  if (method.is_vararg) text += text.empty() ? "..." : ", ...";
  return text;
}

} // namespace

void throw_count(const Method &method, int given) {
  size_t most = method.parameters.size();
  std::string expected = method.is_vararg ? "at least " + std::to_string(method.required)
                         : method.required == most ? std::to_string(most)
                                                   : std::to_string(method.required) + " to " + std::to_string(most);
  throw_type_error(method.label + "(" + signature(method) + "): expected " + expected + " argument" + (expected == "1" || expected == "at least 1" ? "" : "s") + ", got " + std::to_string(given));
}

void throw_argument(const Method &method, size_t index, Local<Value> value) {
  if (index >= method.parameters.size()) return throw_unfit(method.label + ": argument " + std::to_string(index + 1));
  const Parameter &parameter = method.parameters[index];
  throw_unfit(method.label + ": parameter '" + parameter.name + "'", parameter.type, value);
}

void throw_call_error(const Method &method, const GDExtensionCallError &error) {
  std::string text = method.label + ": ";
  switch (error.error) {
    case GDEXTENSION_CALL_ERROR_INVALID_METHOD: text += "no such method"; break;
    case GDEXTENSION_CALL_ERROR_INVALID_ARGUMENT: text += "argument " + std::to_string(error.argument + 1) + " must be " + describe(TypeRef{error.expected, nullptr, nullptr, false}); break;
    case GDEXTENSION_CALL_ERROR_TOO_MANY_ARGUMENTS: text += "too many arguments, expected " + std::to_string(error.expected); break;
    case GDEXTENSION_CALL_ERROR_TOO_FEW_ARGUMENTS: text += "too few arguments, expected " + std::to_string(error.expected); break;
    case GDEXTENSION_CALL_ERROR_INSTANCE_IS_NULL: text += "the instance is null"; break;
    case GDEXTENSION_CALL_ERROR_METHOD_NOT_CONST: text += "the value is read-only"; break;
    default: text += "the call failed"; break;
  }
  throw_type_error(text);
}

namespace {

/// Whether converting such an argument may run JavaScript: getters, proxies.
bool runs_javascript(int type) {
  return type == T_VARIANT || type == T_ARRAY || type == T_DICTIONARY || type == T_RID || type >= T_PACKED_STRING || component_count(type) > 0;
}

/// Values of which no part leads back to the receiver.
bool is_data(int type) { return type == T_VOID || (type <= T_NODE_PATH && type != T_NIL) || (type >= T_PACKED_BYTE && type < T_VARIANT_COUNT); }

/// Nothing but data goes in and comes out: the engine's objects learn nothing of the receiver, and neither does a script that could
/// look for it later. A number may say who the receiver is.
bool tells_nobody(const Method &method) {
  if (method.kind != Kind::object || method.is_static || method.is_vararg || !is_data(method.result.type) || method.label == "Object.get_instance_id") return false;
  return std::all_of(method.parameters.begin(), method.parameters.end(), [](const Parameter &parameter) { return is_data(parameter.type.type); });
}

TypeRef read_type(Method &method, Local<Value> value, bool is_result) {
  TypeRef ref;
  if (value->IsInt32()) {
    ref.type = value.As<v8::Int32>()->Value();
    return ref;
  }
  ref.type = T_OBJECT;
  std::string name = from_js(value);
  if (name.starts_with("[]")) {
    const bool is_number = name[2] >= '0' && name[2] <= '9';
    Local<Value> element = is_number ? v8::Integer::New(runtime::isolate, std::stoi(name.substr(2))).As<Value>() : js_string(name.substr(2)).As<Value>();
    method.element_types.push_back(std::make_unique<TypeRef>(read_type(method, element, false)));
    ref.type = T_ARRAY;
    ref.element = method.element_types.back().get();
    return ref;
  }
  StringName class_name(name);
  if (name != "Object") ref.class_tag = gd::classdb_get_class_tag(class_name.ptr());
  method.class_names.push_back(std::make_unique<std::string>(name));
  ref.class_name = method.class_names.back()->c_str();
  if (is_result) {
    static MethodBind is_parent_class{"ClassDB", "is_parent_class", 471820014};
    static void *class_db = gd::global_get_singleton(interned("ClassDB").ptr());
    GDExtensionBool refcounted = false;
    const void *args[] = {class_name.ptr(), interned("RefCounted").ptr()};
    is_parent_class.call(class_db, args, &refcounted);
    ref.refcounted = refcounted;
  }
  return ref;
}

/// Reads a default as the tables write it ("-1", "&\"\"", "Vector3(0, 0, 0)"). False for those that only the engine can make.
bool read_default(const TypeRef &type, const std::string &text, Storage &out) {
  if (type.type == T_OBJECT) {
    *static_cast<void **>(out.ptr()) = nullptr;
    return text == "null";
  }
  static const GDExtensionPtrUtilityFunction str_to_var = gd::variant_get_ptr_utility_function(interned("str_to_var").ptr(), 1891498491);
  if (!str_to_var || type.type == T_CALLABLE || type.type == T_SIGNAL) return false;
  String source(text);
  Variant value;
  const void *args[] = {source.ptr()};
  str_to_var(value.ptr(), args, 1);
  if (type.type == T_VARIANT) {
    gd::variant_new_copy(out.ptr(), value.ptr());
    return true;
  }
  if (value.type() == T_NIL) return false;
  variant_to[type.type](out.ptr(), value.ptr());
  return true;
}

/// makeMethod(kind, owner, name, [hash, flags, result, arguments, required, names], packed): the function of an engine method.
void make_method(const Info &info) {
  v8::Isolate *isolate = runtime::isolate;
  auto context = runtime::context();
  auto method = std::make_unique<Method>();
  method->kind = static_cast<Kind>(info[0].As<v8::Int32>()->Value());
  std::string owner = from_js(info[1]), name = from_js(info[2]);
  method->label = owner.empty() ? name : owner + "." + name;
  method->name = StringName(name);
  auto spec = info[3].As<v8::Array>();
  auto at = [&](uint32_t index) { return spec->Get(context, index).ToLocalChecked(); };
  int64_t hash = at(0)->IntegerValue(context).FromJust();
  int flags = at(1).As<v8::Int32>()->Value();
  method->is_static = flags & flag_static;
  method->is_vararg = flags & flag_vararg;
  method->takes_value = flags & flag_takes_value;
  method->changes_value = method->takes_value && !(flags & flag_const);
  method->result = read_type(*method, at(2), true);
  auto types = at(3).As<v8::Array>();
  auto names = at(5).As<v8::Array>();
  method->required = static_cast<size_t>(at(4).As<v8::Int32>()->Value());
  auto defaults = at(6).As<v8::Array>();
  for (uint32_t i = 0; i < types->Length(); i++) {
    TypeRef type = read_type(*method, types->Get(context, i).ToLocalChecked(), false);
    if (type.type == T_UNSUPPORTED) return throw_error(method->label + " takes a raw pointer: only native code can call it");
    Parameter &parameter = method->parameters.emplace_back();
    parameter.type = type;
    parameter.type.discards_result = type.type == T_CALLABLE && name == "connect"; // of a signal
    method->is_checked_again = method->is_checked_again || runs_javascript(type.type);
    parameter.name = from_js(names->Get(context, i).ToLocalChecked());
    if (i >= method->required) {
      parameter.has_default = read_default(type, from_js(defaults->Get(context, i - static_cast<uint32_t>(method->required)).ToLocalChecked()), parameter.default_value);
    }
  }
  if (method->result.type == T_UNSUPPORTED) return throw_error(method->label + " returns a raw pointer: only native code can call it");
  switch (method->kind) {
    case Kind::object:
      method->receivers = class_range(owner);
      method->bind = gd::classdb_get_method_bind(StringName(owner).ptr(), method->name.ptr(), hash);
      break;
    case Kind::builtin:
      method->base_type = info[5].As<v8::Int32>()->Value();
      method->builtin = gd::variant_get_ptr_builtin_method(static_cast<GDExtensionVariantType>(method->base_type), method->name.ptr(), hash);
      break;
    case Kind::utility: method->utility = gd::variant_get_ptr_utility_function(method->name.ptr(), hash); break;
  }
  if (!method->bind && !method->builtin && !method->utility) return throw_error("this engine has no " + method->label + " (the library was built for another version of Godot)");
  method->tells_nobody = tells_nobody(*method);
  v8::FunctionCallback callback = callback_for(*method, info[4]->IsTrue());
  Local<v8::Object> data = data_template.Get(isolate)->NewInstance(context).ToLocalChecked();
  data->SetAlignedPointerInInternalField(0, method.get());
  auto function = v8::Function::New(context, callback, data, static_cast<int>(method->required), v8::ConstructorBehavior::kThrow).ToLocalChecked();
  function->SetName(js_string(name));
  methods.push_back(std::move(method));
  info.GetReturnValue().Set(function);
}

} // namespace

void install_methods(Local<v8::Object> target) {
  auto context = runtime::context();
  auto set = [&](const char *name, v8::FunctionCallback callback) {
    target->Set(context, js_name(name), v8::Function::New(context, callback).ToLocalChecked()).Check();
  };
  auto pointer_template = v8::ObjectTemplate::New(runtime::isolate);
  pointer_template->SetInternalFieldCount(1);
  data_template.Reset(runtime::isolate, pointer_template);
  set("makeMethod", make_method);
  install_operators(target);
  install_write_back(target);
}

void release_methods() {
  methods.clear();
  data_template.Reset();
  release_write_back();
}

} // namespace gts
