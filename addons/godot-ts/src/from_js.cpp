// Values from JavaScript to the engine.
#include "callables.h"
#include "conversion.h"
#include "objects.h"
#include <cmath>
#include <cstring>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

/// Longer arrays are sparse ones, or mistakes: their Variants alone would take a gigabyte.
constexpr uint32_t max_array_length = 1u << 25;

bool number_to_int(Local<Value> value, int64_t &out) {
  if (value->IsInt32()) {
    out = value.As<v8::Int32>()->Value();
    return true;
  }
  if (value->IsNumber()) {
    double number = value.As<v8::Number>()->Value();
    if (!(std::abs(number) <= max_safe_integer) || number != std::trunc(number)) return false;
    out = static_cast<int64_t>(number);
    return true;
  }
  if (value->IsBigInt()) {
    bool lossless = false;
    out = value.As<v8::BigInt>()->Int64Value(&lossless);
    if (lossless) return true;
    out = static_cast<int64_t>(value.As<v8::BigInt>()->Uint64Value(&lossless)); // 64-bit masks
    return lossless;
  }
  return false;
}

bool packed_from_view(int type, Local<v8::ArrayBufferView> view, size_t element_size, void *out) {
  construct_default[type](out, nullptr);
  auto count = static_cast<int64_t>(view->ByteLength() / element_size);
  packed_resize(type, out, count);
  if (count) view->CopyContents(packed_data(type, out, count), view->ByteLength());
  return true;
}

bool too_long(uint32_t length) {
  if (length <= max_array_length) return false;
  throw_type_error("an array of " + std::to_string(length) + " elements is too long for the engine: at most " + std::to_string(max_array_length));
  return true;
}

/// Packed arrays of vectors and colours, from an array of them or a Float32Array of their components.
bool packed_vectors(int type, int element, Local<Value> value, void *out) {
  size_t size = packed_element_size(type);
  if (value->IsFloat32Array()) {
    auto view = value.As<v8::ArrayBufferView>();
    return view->ByteLength() % size == 0 && packed_from_view(type, view, size, out);
  }
  if (!value->IsArray()) return false;
  auto array = value.As<v8::Array>();
  uint32_t length = array->Length(); // reading an element may change it
  if (too_long(length)) return false;
  construct_default[type](out, nullptr);
  packed_resize(type, out, length);
  auto *data = static_cast<char *>(packed_data(type, out, length));
  TypeRef ref{element, nullptr, nullptr, false};
  for (uint32_t i = 0; i < length; i++) {
    Local<Value> item;
    if (!array->Get(runtime::context(), i).ToLocal(&item) || !to_native(ref, item, data + i * size)) {
      destroy_value[type](out);
      return false;
    }
  }
  return true;
}

bool packed_strings(Local<Value> value, void *out) {
  if (!value->IsArray()) return false;
  auto array = value.As<v8::Array>();
  uint32_t length = array->Length(); // reading an element may change it
  if (too_long(length)) return false;
  construct_default[T_PACKED_STRING](out, nullptr);
  packed_resize(T_PACKED_STRING, out, length);
  for (uint32_t i = 0; i < length; i++) {
    Local<Value> item;
    if (!array->Get(runtime::context(), i).ToLocal(&item) || !item->IsString()) {
      destroy_value[T_PACKED_STRING](out);
      return false;
    }
    void *slot = gd::packed_string_array_operator_index(out, i);
    destroy_value[T_STRING](slot);
    js_to_engine_string(item.As<v8::String>(), slot);
  }
  return true;
}

bool array_from_js(Local<v8::Array> array, void *out) {
  Depth guard;
  if (guard.is_too_deep()) {
    throw_type_error("circular or too deeply nested data cannot be passed to the engine");
    return false;
  }
  uint32_t length = array->Length();
  if (too_long(length)) return false;
  construct_default[T_ARRAY](out, nullptr);
  array_resize(out, length);
  for (uint32_t i = 0; i < length; i++) {
    Local<Value> item;
    uint64_t variant[3];
    if (!array->Get(runtime::context(), i).ToLocal(&item) || !to_variant(item, variant)) {
      destroy_value[T_ARRAY](out);
      return false;
    }
    std::memcpy(gd::array_operator_index(out, i), variant, sizeof variant); // the slot was nil, which owns nothing
  }
  return true;
}

bool dictionary_put(void *dictionary, Local<Value> key, Local<Value> value) {
  Variant key_variant, item;
  if (!to_variant(key, key_variant.ptr()) || !to_variant(value, item.ptr())) return false;
  void *slot = gd::dictionary_operator_index(dictionary, key_variant.ptr());
  gd::variant_destroy(slot);
  gd::variant_new_copy(slot, item.ptr());
  return true;
}

bool dictionary_from_js(Local<v8::Object> object, void *out) {
  Depth guard;
  if (guard.is_too_deep()) {
    throw_type_error("circular or too deeply nested data cannot be passed to the engine");
    return false;
  }
  auto context = runtime::context();
  construct_default[T_DICTIONARY](out, nullptr);
  bool ok = true;
  if (object->IsMap()) {
    Local<v8::Array> entries = object.As<v8::Map>()->AsArray();
    for (uint32_t i = 0; ok && i + 1 < entries->Length(); i += 2) {
      Local<Value> key, value;
      ok = entries->Get(context, i).ToLocal(&key) && entries->Get(context, i + 1).ToLocal(&value) && dictionary_put(out, key, value);
    }
  } else {
    Local<v8::Array> keys;
    ok = object->GetOwnPropertyNames(context, static_cast<v8::PropertyFilter>(v8::ONLY_ENUMERABLE | v8::SKIP_SYMBOLS), v8::KeyConversionMode::kConvertToString).ToLocal(&keys);
    for (uint32_t i = 0; ok && i < keys->Length(); i++) {
      Local<Value> key, value;
      ok = keys->Get(context, i).ToLocal(&key) && object->Get(context, key).ToLocal(&value) && dictionary_put(out, key, value);
    }
  }
  if (!ok) destroy_value[T_DICTIONARY](out);
  return ok;
}

bool is_plain_object(Local<v8::Object> object) {
  Local<Value> prototype = object->GetPrototypeV2();
  if (prototype->IsNull()) return true;
  if (!prototype->IsObject()) return false;
  return prototype.As<v8::Object>()->GetPrototypeV2()->IsNull(); // Object.prototype, of whatever context
}

bool object_from_js(const TypeRef &ref, Local<Value> value, void *out) {
  if (value->IsNullOrUndefined()) {
    *static_cast<void **>(out) = nullptr;
    return true;
  }
  Peer *peer = peer_of(value);
  if (!peer) return false;
  if (!peer->object) {
    throw_freed(value.As<v8::Object>(), "passing it to the engine");
    return false;
  }
  if (ref.class_tag && !gd::object_cast_to(peer->object, ref.class_tag)) return false;
  *static_cast<void **>(out) = peer->object;
  return true;
}

} // namespace

bool to_native(const TypeRef &ref, Local<Value> value, void *out) {
  switch (ref.type) {
    case T_BOOL:
      if (!value->IsBoolean()) return false;
      *static_cast<GDExtensionBool *>(out) = value->IsTrue();
      return true;
    case T_INT: return number_to_int(value, *static_cast<int64_t *>(out));
    case T_FLOAT:
      if (!value->IsNumber()) return false;
      *static_cast<double *>(out) = value.As<v8::Number>()->Value();
      return true;
    case T_STRING:
      if (!value->IsString()) return false;
      js_to_engine_string(value.As<v8::String>(), out);
      return true;
    case T_STRING_NAME:
      if (!value->IsString()) return false;
      js_to_string_name(value.As<v8::String>(), out);
      return true;
    case T_NODE_PATH: {
      if (value->IsString()) {
        Storage text;
        js_to_engine_string(value.As<v8::String>(), text.ptr());
        static const GDExtensionPtrConstructor from_string = gd::variant_get_ptr_constructor(GDEXTENSION_VARIANT_TYPE_NODE_PATH, 2);
        const void *args[] = {text.ptr()};
        from_string(out, args);
        destroy_value[T_STRING](text.ptr());
        return true;
      }
      [[fallthrough]];
    }
    case T_SIGNAL: {
      void *variant = boxed_variant(value);
      if (!variant || gd::variant_get_type(variant) != static_cast<GDExtensionVariantType>(ref.type)) return false;
      variant_to[ref.type](out, variant);
      return true;
    }
    case T_CALLABLE: {
      if (value->IsFunction()) {
        make_callable(value.As<v8::Function>(), out);
        return true;
      }
      if (value->IsNull()) {
        construct_default[T_CALLABLE](out, nullptr);
        return true;
      }
      void *variant = boxed_variant(value);
      if (!variant || gd::variant_get_type(variant) != GDEXTENSION_VARIANT_TYPE_CALLABLE) return false;
      variant_to[T_CALLABLE](out, variant);
      return true;
    }
    case T_OBJECT: return object_from_js(ref, value, out);
    case T_ARRAY: return value->IsArray() && array_from_js(value.As<v8::Array>(), out);
    case T_DICTIONARY:
      if (!value->IsObject()) return false;
      if (!value->IsMap() && !is_plain_object(value.As<v8::Object>())) return false;
      return dictionary_from_js(value.As<v8::Object>(), out);
    case T_PACKED_BYTE:
      if (value->IsArrayBuffer()) {
        auto buffer = value.As<v8::ArrayBuffer>();
        return packed_from_view(T_PACKED_BYTE, v8::Uint8Array::New(buffer, 0, buffer->ByteLength()), 1, out);
      }
      return (value->IsUint8Array() || value->IsUint8ClampedArray()) && packed_from_view(T_PACKED_BYTE, value.As<v8::ArrayBufferView>(), 1, out);
    case T_PACKED_INT32: return value->IsInt32Array() && packed_from_view(T_PACKED_INT32, value.As<v8::ArrayBufferView>(), 4, out);
    case T_PACKED_INT64: return value->IsBigInt64Array() && packed_from_view(T_PACKED_INT64, value.As<v8::ArrayBufferView>(), 8, out);
    case T_PACKED_FLOAT32: return value->IsFloat32Array() && packed_from_view(T_PACKED_FLOAT32, value.As<v8::ArrayBufferView>(), 4, out);
    case T_PACKED_FLOAT64: return value->IsFloat64Array() && packed_from_view(T_PACKED_FLOAT64, value.As<v8::ArrayBufferView>(), 8, out);
    case T_PACKED_STRING: return packed_strings(value, out);
    case T_PACKED_VECTOR2: return packed_vectors(T_PACKED_VECTOR2, T_VECTOR2, value, out);
    case T_PACKED_VECTOR3: return packed_vectors(T_PACKED_VECTOR3, T_VECTOR3, value, out);
    case T_PACKED_VECTOR4: return packed_vectors(T_PACKED_VECTOR4, T_VECTOR4, value, out);
    case T_PACKED_COLOR: return packed_vectors(T_PACKED_COLOR, T_COLOR, value, out);
    case T_VARIANT: return to_variant(value, out);
    default:
      if (ref.type == T_RID || component_count(ref.type)) {
        if (!value->IsObject() || value_type_of(value.As<v8::Object>()) != ref.type) return false;
        if (!pack(ref.type, value.As<v8::Object>())) return false;
        scratch_to_native(ref.type, scratch, out);
        return true;
      }
      return false;
  }
}

void destroy_native(int type, void *value) {
  if (type == T_VARIANT) gd::variant_destroy(value);
  else if (type < T_VARIANT_COUNT && destroy_value[type]) destroy_value[type](value);
}

void init_native(int type, void *out) {
  if (type == T_VARIANT) gd::variant_new_nil(out);
  else if (type == T_OBJECT) *static_cast<void **>(out) = nullptr;
  else if (type < T_VARIANT_COUNT && type != T_NIL && construct_default[type]) construct_default[type](out, nullptr);
}

bool to_variant(Local<Value> value, void *out) {
  auto build = [&](int type) {
    Storage storage;
    if (!to_native(TypeRef{type, nullptr, nullptr, false}, value, storage.ptr())) return false;
    variant_from[type](out, storage.ptr());
    destroy_native(type, storage.ptr());
    return true;
  };
  auto fail = [&](std::string_view message) {
    gd::variant_new_nil(out);
    throw_type_error(message);
    return false;
  };
  auto failed = [&] { // to_native threw already
    gd::variant_new_nil(out);
    return false;
  };
  if (value->IsNullOrUndefined()) {
    gd::variant_new_nil(out);
    return true;
  }
  if (value->IsBoolean()) return build(T_BOOL);
  if (value->IsNumber()) {
    int64_t integer;
    double number = value.As<v8::Number>()->Value();
    if (number_to_int(value, integer) && !(number == 0 && std::signbit(number))) {
      variant_from[T_INT](out, &integer);
      return true;
    }
    variant_from[T_FLOAT](out, &number);
    return true;
  }
  if (value->IsString()) return build(T_STRING);
  if (value->IsBigInt()) return build(T_INT) || fail("this BigInt does not fit into 64 bits");
  if (value->IsSymbol()) return fail("a symbol cannot be passed to the engine");
  if (value->IsFunction()) return build(T_CALLABLE);
  if (peer_of(value)) return build(T_OBJECT) || failed();
  if (value->IsArray()) return build(T_ARRAY) || failed();
  if (value->IsUint8Array() || value->IsUint8ClampedArray() || value->IsArrayBuffer()) return build(T_PACKED_BYTE);
  if (value->IsFloat32Array()) return build(T_PACKED_FLOAT32);
  if (value->IsFloat64Array()) return build(T_PACKED_FLOAT64);
  if (value->IsInt32Array()) return build(T_PACKED_INT32);
  if (value->IsBigInt64Array()) return build(T_PACKED_INT64);
  if (void *variant = boxed_variant(value)) {
    gd::variant_new_copy(out, variant);
    return true;
  }
  auto object = value.As<v8::Object>();
  if (int type = value_type_of(object)) return build(type) || failed();
  if (object->IsMap() || (is_plain_object(object) && !object->IsPromise())) return build(T_DICTIONARY) || failed();
  if (!value->IsArrayBufferView()) return fail(describe(value) + " cannot be passed to the engine (objects that can: plain ones, arrays, Maps, and what \"godot\" makes)");
  return fail(describe(value) + " cannot be passed to the engine (typed arrays that can: Uint8Array, Int32Array, BigInt64Array, Float32Array, Float64Array)");
}

bool to_variant_of(const TypeRef &ref, Local<Value> value, void *out, std::string_view where) {
  if (ref.type == T_VARIANT) return to_variant(value, out);
  Storage storage;
  if (to_native(ref, value, storage.ptr())) {
    variant_from[ref.type](out, storage.ptr());
    destroy_native(ref.type, storage.ptr());
    return true;
  }
  gd::variant_new_nil(out);
  if (runtime::isolate->HasPendingException()) return false;
  throw_type_error(std::string(where) + " must be " + describe(ref) + ", got " + describe(value));
  return false;
}

} // namespace gts
