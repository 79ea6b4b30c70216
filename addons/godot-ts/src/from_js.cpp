// Values from JavaScript to the engine.
#include "callables.h"
#include "conversion.h"
#include "objects.h"
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstring>
#include <vector>

namespace gts {

using v8::Local;
using v8::Value;

Unfit unfit;

void note_reason(std::string reason) { unfit = {true, {}, std::move(reason), {}}; }

namespace {

bool build(const TypeRef &ref, Local<Value> value, void *out);
bool build_variant(Local<Value> value, void *out);

/// An element of an array was refused, or reading it threw.
void note_element(uint32_t index, Local<Value> item) {
  if (item.IsEmpty() || runtime::isolate->HasPendingException()) return;
  if (!unfit.noted) unfit = {true, {}, {}, "an array whose element " + std::to_string(index) + " is " + describe(item)};
  else if (unfit.has_reason()) unfit.path.insert(0, "[" + std::to_string(index) + "]");
}

/// An entry of a dictionary was refused, or reading it threw: `part` is its key or value.
void note_key(Local<Value> key, Local<Value> part) {
  if (runtime::isolate->HasPendingException()) return;
  Local<v8::String> quoted;
  const bool plain = (key->IsString() || key->IsNumber()) && v8::JSON::Stringify(runtime::context(), key).ToLocal(&quoted);
  const std::string text = key->IsString() ? from_js(key) : "";
  const bool is_name = !text.empty() && std::all_of(text.begin(), text.end(), [](char unit) { return std::isalpha(static_cast<unsigned char>(unit)) || unit == '_'; });
  const std::string place = is_name ? "." + text : "[" + (plain ? from_js(quoted) : describe(key)) + "]";
  if (unfit.has_reason()) unfit.path.insert(0, place);
  else unfit = {true, {}, {}, key == part ? "one whose key " + place + " is " + describe(key) : "one whose " + place + " is " + describe(part)};
}

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
  note_reason("an array of " + std::to_string(length) + " elements is too long for the engine: at most " + std::to_string(max_array_length));
  return true;
}

/// An array, or what a proxy of one says that is in it: to scripts that is one, too. Empty for anything else, or after a trap threw.
v8::MaybeLocal<v8::Array> as_array(Local<Value> value) {
  if (value->IsArray()) return value.As<v8::Array>();
  Local<Value> target = value;
  while (target->IsProxy()) target = target.As<v8::Proxy>()->GetTarget();
  if (!target->IsArray() || too_long(target.As<v8::Array>()->Length())) return {};
  auto context = runtime::context();
  auto proxy = value.As<v8::Object>();
  std::vector<Local<Value>> items(target.As<v8::Array>()->Length());
  for (uint32_t i = 0; i < items.size(); i++) {
    if (!proxy->Get(context, i).ToLocal(&items[i])) return {};
  }
  return v8::Array::New(runtime::isolate, items.data(), items.size());
}

/// Packed arrays of vectors and colours, from an array of them or a Float32Array of their components.
bool packed_vectors(int type, int element, Local<Value> value, void *out) {
  size_t size = packed_element_size(type);
  if (value->IsFloat32Array()) {
    auto view = value.As<v8::ArrayBufferView>();
    return view->ByteLength() % size == 0 && packed_from_view(type, view, size, out);
  }
  Local<v8::Array> array;
  if (!as_array(value).ToLocal(&array)) return false;
  uint32_t length = array->Length(); // reading an element may change it
  if (too_long(length)) return false;
  construct_default[type](out, nullptr);
  packed_resize(type, out, length);
  auto *data = static_cast<char *>(packed_data(type, out, length));
  TypeRef ref{element, nullptr, nullptr, false};
  for (uint32_t i = 0; i < length; i++) {
    Local<Value> item;
    if (!array->Get(runtime::context(), i).ToLocal(&item) || !build(ref, item, data + i * size)) {
      note_element(i, item);
      destroy_value[type](out);
      return false;
    }
  }
  return true;
}

bool packed_strings(Local<Value> value, void *out) {
  Local<v8::Array> array;
  if (!as_array(value).ToLocal(&array)) return false;
  uint32_t length = array->Length(); // reading an element may change it
  if (too_long(length)) return false;
  construct_default[T_PACKED_STRING](out, nullptr);
  packed_resize(T_PACKED_STRING, out, length);
  const TypeRef ref{T_STRING, nullptr, nullptr, false};
  for (uint32_t i = 0; i < length; i++) {
    Local<Value> item;
    Storage text;
    if (!array->Get(runtime::context(), i).ToLocal(&item) || !build(ref, item, text.ptr())) {
      note_element(i, item);
      destroy_value[T_PACKED_STRING](out);
      return false;
    }
    void *slot = gd::packed_string_array_operator_index(out, i);
    destroy_value[T_STRING](slot);
    std::memcpy(slot, text.ptr(), sizeof(void *)); // a String is one pointer, which the array has now
  }
  return true;
}

bool too_deep(const Depth &guard) {
  if (guard.is_too_deep()) note_reason("circular or too deeply nested data cannot be passed to the engine");
  return guard.is_too_deep();
}

/// A Variant of an element of an array or dictionary whose elements have a type.
bool build_element(const TypeRef &ref, Local<Value> item, void *out) {
  if (ref.type == T_VARIANT) return build_variant(item, out);
  if (ref.type == T_OBJECT && item->IsNullOrUndefined()) {
    gd::variant_new_nil(out);
    return true;
  }
  Storage storage;
  if (!build(ref, item, storage.ptr())) {
    gd::variant_new_nil(out);
    return false;
  }
  variant_from[ref.type](out, storage.ptr());
  destroy_native(ref.type, storage.ptr());
  return true;
}

GDExtensionVariantType engine_type(const TypeRef &ref) { return static_cast<GDExtensionVariantType>(ref.type == T_VARIANT ? T_NIL : ref.type); }
StringName class_of(const TypeRef &ref) { return StringName(ref.type == T_OBJECT && ref.class_name ? ref.class_name : ""); }

bool array_from_js(const TypeRef &ref, Local<v8::Array> array, void *out) {
  Depth guard;
  if (too_deep(guard)) return false;
  uint32_t length = array->Length();
  if (too_long(length)) return false;
  construct_default[T_ARRAY](out, nullptr);
  const TypeRef *element = ref.element;
  if (ref.keeps_type) gd::array_set_typed(out, engine_type(*element), class_of(*element).ptr(), Variant().ptr());
  array_resize(out, length);
  for (uint32_t i = 0; i < length; i++) {
    Local<Value> item;
    uint64_t variant[3];
    if (!array->Get(runtime::context(), i).ToLocal(&item) || !(element ? build_element(*element, item, variant) : build_variant(item, variant))) {
      note_element(i, item);
      destroy_value[T_ARRAY](out);
      return false;
    }
    void *slot = gd::array_operator_index(out, i);
    if (ref.keeps_type) gd::variant_destroy(slot); // else it was nil, which owns nothing
    std::memcpy(slot, variant, sizeof variant);
  }
  return true;
}

bool dictionary_put(const TypeRef &ref, void *dictionary, Local<Value> key, Local<Value> value) {
  static const TypeRef any;
  Variant key_variant, item;
  if (!build_element(ref.key ? *ref.key : any, key, key_variant.ptr())) {
    if (ref.key || key->IsString()) note_key(key, key);
    else unfit.path.insert(0, ".keys()");
    return false;
  }
  if (!build_element(ref.element ? *ref.element : any, value, item.ptr())) {
    note_key(key, value);
    return false;
  }
  void *slot = gd::dictionary_operator_index(dictionary, key_variant.ptr());
  gd::variant_destroy(slot);
  gd::variant_new_copy(slot, item.ptr());
  return true;
}

bool dictionary_from_js(const TypeRef &ref, Local<v8::Object> object, void *out) {
  Depth guard;
  if (too_deep(guard)) return false;
  auto context = runtime::context();
  construct_default[T_DICTIONARY](out, nullptr);
  if (ref.keeps_type) gd::dictionary_set_typed(out, engine_type(*ref.key), class_of(*ref.key).ptr(), Variant().ptr(), engine_type(*ref.element), class_of(*ref.element).ptr(), Variant().ptr());
  bool ok = true;
  if (object->IsMap()) {
    Local<v8::Array> entries = object.As<v8::Map>()->AsArray();
    for (uint32_t i = 0; ok && i + 1 < entries->Length(); i += 2) {
      Local<Value> key, value;
      ok = entries->Get(context, i).ToLocal(&key) && entries->Get(context, i + 1).ToLocal(&value) && dictionary_put(ref, out, key, value);
    }
  } else {
    Local<v8::Array> keys;
    ok = object->GetOwnPropertyNames(context, static_cast<v8::PropertyFilter>(v8::ONLY_ENUMERABLE | v8::SKIP_SYMBOLS), v8::KeyConversionMode::kConvertToString).ToLocal(&keys);
    for (uint32_t i = 0; ok && i < keys->Length(); i++) {
      Local<Value> key, value;
      ok = keys->Get(context, i).ToLocal(&key) && object->Get(context, key).ToLocal(&value) && dictionary_put(ref, out, key, value);
    }
  }
  if (!ok) destroy_value[T_DICTIONARY](out);
  return ok;
}

bool is_of_array(Local<Value> value) {
  while (value->IsProxy()) value = value.As<v8::Proxy>()->GetTarget();
  return value->IsArray();
}

/// Objects without a class, and proxies of them.
bool is_plain_object(Local<v8::Object> object) {
  if (object->IsProxy()) {
    Local<Value> target = object.As<v8::Proxy>()->GetTarget();
    return target->IsNull() || (target->IsObject() && !target->IsMap() && !target->IsFunction() && is_plain_object(target.As<v8::Object>())); // null: it is revoked, and says so when it is read
  }
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

bool refuse_nul(Local<Value> text) {
  note_nul(text.As<v8::String>());
  return false;
}

/// to_native() for parts of a value, too.
bool build(const TypeRef &ref, Local<Value> value, void *out) {
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
      return js_to_engine_string(value.As<v8::String>(), out) || refuse_nul(value);
    case T_STRING_NAME:
      if (!value->IsString()) return false;
      return js_to_string_name(value.As<v8::String>(), out) || refuse_nul(value);
    case T_NODE_PATH: {
      if (value->IsString()) {
        Storage text;
        if (!js_to_engine_string(value.As<v8::String>(), text.ptr())) return refuse_nul(value);
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
        make_callable(value.As<v8::Function>(), out, ref.discards_result);
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
    case T_ARRAY: {
      Local<v8::Array> array;
      return as_array(value).ToLocal(&array) && array_from_js(ref, array, out);
    }
    case T_DICTIONARY:
      if (!value->IsObject()) return false;
      if (!value->IsMap() && !is_plain_object(value.As<v8::Object>())) return false;
      return dictionary_from_js(ref, value.As<v8::Object>(), out);
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
    case T_VARIANT: return build_variant(value, out);
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

bool build_variant(Local<Value> value, void *out) {
  auto build_as = [&](int type) {
    Storage storage;
    if (!build(TypeRef{type, nullptr, nullptr, false}, value, storage.ptr())) return false;
    variant_from[type](out, storage.ptr());
    destroy_native(type, storage.ptr());
    return true;
  };
  auto failed = [&] { // what is wrong was noted already
    gd::variant_new_nil(out);
    return false;
  };
  auto fail = [&](std::string reason) {
    note_reason(std::move(reason));
    return failed();
  };
  if (value->IsNullOrUndefined()) {
    gd::variant_new_nil(out);
    return true;
  }
  if (value->IsBoolean()) return build_as(T_BOOL);
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
  if (value->IsString()) return build_as(T_STRING) || failed();
  if (value->IsBigInt()) return build_as(T_INT) || fail("this BigInt does not fit into 64 bits");
  if (value->IsSymbol()) return fail("a symbol cannot be passed to the engine");
  if (value->IsFunction()) return build_as(T_CALLABLE);
  if (peer_of(value)) return build_as(T_OBJECT) || failed();
  if (value->IsArray()) return build_as(T_ARRAY) || failed();
  if (value->IsUint8Array() || value->IsUint8ClampedArray() || value->IsArrayBuffer()) return build_as(T_PACKED_BYTE);
  if (value->IsFloat32Array()) return build_as(T_PACKED_FLOAT32);
  if (value->IsFloat64Array()) return build_as(T_PACKED_FLOAT64);
  if (value->IsInt32Array()) return build_as(T_PACKED_INT32);
  if (value->IsBigInt64Array()) return build_as(T_PACKED_INT64);
  if (void *variant = boxed_variant(value)) {
    gd::variant_new_copy(out, variant);
    return true;
  }
  auto object = value.As<v8::Object>();
  if (object->IsProxy() && is_of_array(object)) return build_as(T_ARRAY) || failed();
  if (int type = value_type_of(object)) return build_as(type) || failed();
  if (object->IsMap() || (is_plain_object(object) && !object->IsPromise())) return build_as(T_DICTIONARY) || failed();
  if (!value->IsArrayBufferView()) return fail(describe(value) + " cannot be passed to the engine (objects that can: plain ones, arrays, Maps, and what \"godot\" makes)");
  return fail(describe(value) + " cannot be passed to the engine (typed arrays that can: Uint8Array, Int32Array, BigInt64Array, Float32Array, Float64Array)");
}

} // namespace

bool to_native(const TypeRef &ref, Local<Value> value, void *out) {
  unfit.noted = false;
  return build(ref, value, out);
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

bool convert(Local<Value> value, void *out) {
  unfit.noted = false;
  return build_variant(value, out);
}

bool to_variant(Local<Value> value, void *out) {
  if (convert(value, out)) return true;
  throw_unfit({});
  return false;
}

bool to_variant_of(const TypeRef &ref, Local<Value> value, void *out, std::string_view where) {
  unfit.noted = false;
  if (ref.type == T_VARIANT) {
    if (build_variant(value, out)) return true;
  } else {
    Storage storage;
    if (build(ref, value, storage.ptr())) {
      variant_from[ref.type](out, storage.ptr());
      destroy_native(ref.type, storage.ptr());
      return true;
    }
    gd::variant_new_nil(out);
  }
  throw_unfit(where, ref, value);
  return false;
}

void throw_unfit(std::string_view where) {
  if (runtime::isolate->HasPendingException()) return;
  if (!unfit.has_reason()) note_reason("this value cannot be passed to the engine");
  std::string text(where);
  if (!unfit.path.empty()) text += (text.empty() ? "at " : ", at ") + unfit.path;
  throw_type_error(text + (text.empty() ? "" : ": ") + unfit.reason);
}

void throw_unfit(std::string_view where, const TypeRef &ref, Local<Value> value) {
  if (runtime::isolate->HasPendingException()) return;
  if (unfit.has_reason()) return throw_unfit(where);
  throw_type_error(std::string(where) + " must be " + describe(ref) + ", got " + (unfit.noted ? unfit.given : describe(value)));
}

} // namespace gts
