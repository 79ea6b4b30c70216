// The JavaScript classes of the engine's value types, and how their numbers get in and out.
#include "conversion.h"
#include <algorithm>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

struct ValueClass {
  v8::Global<v8::Function> constructor, pack, unpack;
};
ValueClass value_classes[T_VARIANT_COUNT];
v8::Global<v8::Symbol> type_symbol;

struct PrototypeEntry {
  v8::Global<v8::Object> prototype;
  int type = T_NIL;
};
constexpr size_t prototype_cache_size = 128;
PrototypeEntry prototype_cache[prototype_cache_size];

v8::Global<v8::Function> make_value_class;

/// The class of a type, made by JavaScript at first use.
ValueClass &value_class_of(int type) {
  ValueClass &found = value_classes[type];
  if (found.constructor.IsEmpty()) [[unlikely]] {
    Local<Value> argument = v8::Integer::New(runtime::isolate, type), ignored;
    // It fails only when JavaScript cannot run at all, as when the stack is full; the exception is the caller's.
    if (!make_value_class.Get(runtime::isolate)->Call(runtime::isolate, runtime::context(), v8::Undefined(runtime::isolate), 1, &argument).ToLocal(&ignored)) return found;
  }
  return found;
}

void set_value_class_hook(const v8::FunctionCallbackInfo<Value> &info) { make_value_class.Reset(runtime::isolate, info[0].As<v8::Function>()); }

void set_value_class(const v8::FunctionCallbackInfo<Value> &info) {
  int type = info[0].As<v8::Int32>()->Value();
  auto set = [&](v8::Global<v8::Function> &slot, Local<Value> value) {
    if (value->IsFunction()) slot.Reset(runtime::isolate, value.As<v8::Function>());
  };
  set(value_classes[type].constructor, info[1]);
  set(value_classes[type].pack, info[2]);
  set(value_classes[type].unpack, info[3]);
}

} // namespace

Local<v8::Function> value_constructor(int type) { return value_class_of(type).constructor.Get(runtime::isolate); }

Local<Value> unpack(int type) {
  Local<v8::Function> function = value_classes[type].unpack.Get(runtime::isolate);
  if (function.IsEmpty()) [[unlikely]] {
    double numbers[16];
    std::copy(scratch, scratch + 16, numbers); // making the class may use the scratch
    function = value_class_of(type).unpack.Get(runtime::isolate);
    std::copy(numbers, numbers + 16, scratch);
    if (function.IsEmpty()) return v8::Null(runtime::isolate);
  }
  Local<Value> result;
  if (!function->Call(runtime::context(), v8::Undefined(runtime::isolate), 0, nullptr).ToLocal(&result)) return v8::Null(runtime::isolate);
  return result;
}

int value_type_of(Local<v8::Object> object) {
  if (object->IsProxy()) [[unlikely]] {
    Local<Value> target = object.As<v8::Proxy>()->GetTarget();
    return target->IsObject() ? value_type_of(target.As<v8::Object>()) : T_NIL;
  }
  Local<Value> prototype = object->GetPrototypeV2();
  if (!prototype->IsObject()) return T_NIL;
  // The type belongs to the prototype; remember it there, because looking a symbol up walks the whole chain.
  PrototypeEntry &entry = prototype_cache[static_cast<uint32_t>(prototype.As<v8::Object>()->GetIdentityHash()) % prototype_cache_size];
  if (!(entry.prototype == prototype)) {
    Local<Value> type;
    if (!prototype.As<v8::Object>()->Get(runtime::context(), type_symbol.Get(runtime::isolate)).ToLocal(&type)) return T_NIL;
    entry.type = type->IsInt32() ? type.As<v8::Int32>()->Value() : T_NIL;
    entry.prototype.Reset(runtime::isolate, prototype.As<v8::Object>());
  }
  return entry.type;
}

bool pack(int type, Local<v8::Object> object) {
  Local<Value> argument = object, result;
  Local<v8::Function> function = value_classes[type].pack.Get(runtime::isolate);
  if (!function->Call(runtime::context(), v8::Undefined(runtime::isolate), 1, &argument).ToLocal(&result)) return false;
  if (result->IsString()) note_reason(from_js(result));
  return !result->IsString();
}

/// describe(value): "a string", "the number 5", for messages.
static void describe_value(const v8::FunctionCallbackInfo<Value> &info) { info.GetReturnValue().Set(js_string(describe(info[0]))); }

void install_value_classes(Local<v8::Object> target) {
  auto context = runtime::context();
  Local<v8::Symbol> symbol = v8::Symbol::New(runtime::isolate, js_name("variant type"));
  type_symbol.Reset(runtime::isolate, symbol);
  target->Set(context, js_name("typeSymbol"), symbol).Check();
  Local<v8::Array> names = v8::Array::New(runtime::isolate, T_VARIANT_COUNT);
  for (int type = 0; type < T_VARIANT_COUNT; type++) names->Set(context, static_cast<uint32_t>(type), js_name(type_name(type))).Check();
  target->Set(context, js_name("variantTypes"), names).Check();
  target->Set(context, js_name("describe"), v8::Function::New(context, describe_value).ToLocalChecked()).Check();
  target->Set(context, js_name("setValueClass"), v8::Function::New(context, set_value_class).ToLocalChecked()).Check();
  target->Set(context, js_name("setValueClassHook"), v8::Function::New(context, set_value_class_hook).ToLocalChecked()).Check();
}

void release_value_classes() {
  for (auto &value_class : value_classes) {
    value_class.constructor.Reset();
    value_class.pack.Reset();
    value_class.unpack.Reset();
  }
  for (PrototypeEntry &entry : prototype_cache) entry.prototype.Reset();
  type_symbol.Reset();
  make_value_class.Reset();
}

} // namespace gts
