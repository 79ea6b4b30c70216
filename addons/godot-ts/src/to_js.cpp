// Values from the engine to JavaScript.
#include "callables.h"
#include "conversion.h"
#include "objects.h"
#include <cmath>
#include <cstring>
#include <vector>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

v8::Global<v8::Value> last_number;

template <class ArrayType>
Local<Value> packed_to_view(int type, void *packed, size_t element_size) {
  int64_t count = packed_size(type, packed);
  auto buffer = v8::ArrayBuffer::New(runtime::isolate, static_cast<size_t>(count) * element_size);
  if (count) std::memcpy(buffer->Data(), packed_data(type, packed, count), static_cast<size_t>(count) * element_size);
  return ArrayType::New(buffer, 0, static_cast<size_t>(count));
}

Local<Value> packed_vectors_to_js(int type, int element, void *packed) {
  int64_t count = packed_size(type, packed);
  auto *data = static_cast<char *>(packed_data(type, packed, count));
  size_t size = packed_element_size(type);
  std::vector<Local<Value>> items;
  for (int64_t i = 0; i < count; i++) {
    native_to_scratch(element, data + static_cast<size_t>(i) * size, scratch);
    items.push_back(unpack(element));
  }
  return v8::Array::New(runtime::isolate, items.data(), items.size());
}

Local<Value> array_to_js(const void *array) {
  Depth guard;
  if (guard.is_too_deep()) return v8::Null(runtime::isolate);
  int64_t count = array_size(array);
  std::vector<Local<Value>> items;
  items.reserve(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; i++) items.push_back(variant_to_js(gd::array_operator_index_const(array, i)));
  return v8::Array::New(runtime::isolate, items.data(), items.size());
}

Local<Value> dictionary_to_js(const void *dictionary) {
  static const GDExtensionPtrBuiltInMethod keys_method =
      gd::variant_get_ptr_builtin_method(GDEXTENSION_VARIANT_TYPE_DICTIONARY, interned("keys").ptr(), 4144163970);
  Local<v8::Object> object = v8::Object::New(runtime::isolate);
  Depth guard;
  if (guard.is_too_deep()) return object;
  Storage keys;
  construct_default[T_ARRAY](keys.ptr(), nullptr);
  keys_method(const_cast<void *>(dictionary), nullptr, keys.ptr(), 0);
  int64_t count = array_size(keys.ptr());
  auto key_at = [&](int64_t i) { return gd::array_operator_index_const(keys.ptr(), i); };
  bool only_texts = true;
  for (int64_t i = 0; only_texts && i < count; i++) {
    int type = gd::variant_get_type(const_cast<void *>(static_cast<const void *>(key_at(i))));
    only_texts = type == T_STRING || type == T_STRING_NAME;
  }
  Local<v8::Map> map;
  if (!only_texts) map = v8::Map::New(runtime::isolate);
  for (int64_t i = 0; i < count; i++) {
    const void *key = key_at(i);
    Local<Value> name = variant_to_js(key), value = variant_to_js(gd::dictionary_operator_index_const(dictionary, key));
    if (only_texts) object->CreateDataProperty(runtime::context(), name.As<v8::String>(), value).Check();
    else if (map->Set(runtime::context(), name, value).IsEmpty()) break;
  }
  if (!only_texts) object = map;
  destroy_value[T_ARRAY](keys.ptr());
  return object;
}

} // namespace

Local<Value> int_to_js(int64_t value) {
  if (value >= INT32_MIN && value <= INT32_MAX) return v8::Integer::New(runtime::isolate, static_cast<int32_t>(value));
  if (std::abs(static_cast<double>(value)) <= max_safe_integer) return v8::Number::New(runtime::isolate, static_cast<double>(value));
  return v8::BigInt::New(runtime::isolate, value);
}

Local<Value> to_js(const TypeRef &ref, void *value) {
  v8::Isolate *isolate = runtime::isolate;
  switch (ref.type) {
    case T_VOID: return v8::Undefined(isolate);
    case T_NIL: return v8::Null(isolate);
    case T_BOOL: return v8::Boolean::New(isolate, *static_cast<GDExtensionBool *>(value) != 0);
    case T_INT: return int_to_js(*static_cast<int64_t *>(value));
    case T_FLOAT: return v8::Number::New(isolate, *static_cast<double *>(value));
    case T_STRING: return engine_string_to_js(value);
    case T_STRING_NAME: return string_name_to_js(value);
    case T_OBJECT: return wrap_object(*static_cast<void **>(value), ref.refcounted);
    case T_CALLABLE: {
      Local<v8::Function> function;
      if (callable_function(value).ToLocal(&function)) return function;
      [[fallthrough]];
    }
    case T_NODE_PATH:
    case T_SIGNAL: return make_box(ref.type, Variant::of(ref.type, value).ptr());
    case T_ARRAY: return array_to_js(value);
    case T_DICTIONARY: return dictionary_to_js(value);
    case T_PACKED_BYTE: return packed_to_view<v8::Uint8Array>(ref.type, value, 1);
    case T_PACKED_INT32: return packed_to_view<v8::Int32Array>(ref.type, value, 4);
    case T_PACKED_INT64: return packed_to_view<v8::BigInt64Array>(ref.type, value, 8);
    case T_PACKED_FLOAT32: return packed_to_view<v8::Float32Array>(ref.type, value, 4);
    case T_PACKED_FLOAT64: return packed_to_view<v8::Float64Array>(ref.type, value, 8);
    case T_PACKED_STRING: {
      int64_t count = packed_size(ref.type, value);
      std::vector<Local<Value>> items;
      for (int64_t i = 0; i < count; i++) items.push_back(engine_string_to_js(gd::packed_string_array_operator_index(value, i)));
      return v8::Array::New(isolate, items.data(), items.size());
    }
    case T_PACKED_VECTOR2: return packed_vectors_to_js(ref.type, T_VECTOR2, value);
    case T_PACKED_VECTOR3: return packed_vectors_to_js(ref.type, T_VECTOR3, value);
    case T_PACKED_VECTOR4: return packed_vectors_to_js(ref.type, T_VECTOR4, value);
    case T_PACKED_COLOR: return packed_vectors_to_js(ref.type, T_COLOR, value);
    case T_VARIANT: return variant_to_js(value);
    default:
      if (ref.type == T_RID || component_count(ref.type)) {
        native_to_scratch(ref.type, value, scratch);
        return unpack(ref.type);
      }
      return v8::Undefined(isolate);
  }
}

Local<Value> variant_to_js(const void *variant) {
  int type = gd::variant_get_type(const_cast<void *>(variant));
  if (type == T_NIL) return v8::Null(runtime::isolate);
  if (type == T_NODE_PATH || type == T_SIGNAL) return make_box(type, variant);
  if (type == T_OBJECT) { // a Variant keeps the address of an object that was freed
    uint64_t id = gd::variant_get_object_instance_id(variant);
    return wrap_object(id ? gd::object_get_instance_from_id(id) : nullptr, false);
  }
  Storage value;
  variant_to[type](value.ptr(), const_cast<void *>(variant));
  Local<Value> result = to_js(TypeRef{type, nullptr, nullptr, false}, value.ptr());
  destroy_native(type, value.ptr());
  return result;
}

Local<Value> argument_to_js(const void *variant) {
  if (plain_variants_known) [[likely]] {
    const auto *plain = static_cast<const PlainVariant *>(variant);
    switch (plain->type) {
      case T_NIL: return v8::Null(runtime::isolate);
      case T_BOOL: return v8::Boolean::New(runtime::isolate, plain->boolean);
      case T_INT: return int_to_js(plain->integer);
      case T_FLOAT: return v8::Number::New(runtime::isolate, plain->real);
      default: break;
    }
  }
  return variant_to_js(variant);
}

Local<Value> only_argument_to_js(const void *variant) {
  const auto *plain = static_cast<const PlainVariant *>(variant);
  if (!plain_variants_known || plain->type != T_FLOAT) return argument_to_js(variant);
  static int64_t last_bits = 0;
  if (last_number.IsEmpty() || last_bits != plain->integer) {
    last_bits = plain->integer;
    last_number.Reset(runtime::isolate, v8::Number::New(runtime::isolate, plain->real));
  }
  return strong(last_number);
}

void release_to_js() { last_number.Reset(); }

} // namespace gts
