#include "convert.h"
#include "callables.h"
#include "objects.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_set>
#include <vector>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

constexpr double max_safe_integer = 9007199254740991.0;
constexpr int max_depth = 64;
/// Longer arrays are sparse ones, or mistakes: their Variants alone would take a gigabyte.
constexpr uint32_t max_array_length = 1u << 25;

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

v8::Global<v8::Value> last_number;

/// Recursion into arrays and objects, to refuse circular data.
int depth = 0;
struct Depth {
  Depth() { depth++; }
  ~Depth() { depth--; }
};

alignas(16) char box_tag_target;
void *const box_tag = &box_tag_target;
v8::Global<v8::Function> box_constructor;
const void *pending_box = nullptr;

struct Box {
  Variant value;
  v8::Global<v8::Object> handle;
};

std::unordered_set<Box *> boxes;

void collect_box(const v8::WeakCallbackInfo<Box> &info) {
  Box *box = info.GetParameter();
  box->handle.Reset();
  boxes.erase(box);
  info.SetSecondPassCallback([](const v8::WeakCallbackInfo<Box> &second) { delete second.GetParameter(); });
}

/// `new NativeBox(type, ...arguments)`: the engine constructs the value; or, from C++, takes over pending_box.
void construct_box(const v8::FunctionCallbackInfo<Value> &info) {
  if (!info.IsConstructCall()) return throw_type_error("this class must be called with new");
  Variant value;
  if (pending_box) {
    value = Variant(pending_box);
    pending_box = nullptr;
  } else {
    if (!info[0]->IsInt32()) return throw_type_error("this class cannot be constructed by itself"); // reached by its prototype
    int type = info[0].As<v8::Int32>()->Value();
    if (type != T_NODE_PATH && type != T_CALLABLE && type != T_SIGNAL) return throw_type_error("this class cannot be constructed by itself");
    std::vector<Variant> args(static_cast<size_t>(info.Length() - 1));
    std::vector<const void *> pointers;
    for (int i = 1; i < info.Length(); i++) {
      Variant &slot = args[static_cast<size_t>(i - 1)];
      if (!to_variant(info[i], slot.ptr())) return;
      pointers.push_back(slot.ptr());
    }
    GDExtensionCallError error{};
    gd::variant_construct(static_cast<GDExtensionVariantType>(type), value.ptr(), pointers.data(), static_cast<int32_t>(pointers.size()), &error);
    if (error.error != GDEXTENSION_CALL_OK) return throw_type_error(std::string("no constructor of ") + type_name(type) + " takes these arguments");
  }
  Box *box = new Box{std::move(value), {}};
  boxes.insert(box);
  Local<v8::Object> self = info.This();
  self->SetAlignedPointerInInternalField(0, box_tag);
  self->SetAlignedPointerInInternalField(1, box);
  box->handle.Reset(runtime::isolate, self);
  box->handle.SetWeak(box, collect_box, v8::WeakCallbackType::kParameter);
}

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

Local<Value> make_box(int type, const void *variant) {
  Local<v8::Function> constructor = value_class_of(type).constructor.Get(runtime::isolate);
  if (constructor.IsEmpty()) return v8::Null(runtime::isolate);
  pending_box = variant;
  Local<Value> result = v8::Null(runtime::isolate);
  Local<v8::Object> object;
  if (constructor->NewInstance(runtime::context()).ToLocal(&object)) result = object;
  pending_box = nullptr;
  return result;
}

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

/// The Variant type of an instance of a value class, T_NIL for other objects.
int value_type_of(Local<v8::Object> object) {
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
  return function->Call(runtime::context(), v8::Undefined(runtime::isolate), 1, &argument).ToLocal(&result);
}

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
  if (depth > max_depth) {
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
  if (depth > max_depth) {
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
  if (depth > max_depth) return v8::Null(runtime::isolate);
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
  if (depth > max_depth) return object;
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

Local<Value> int_to_js(int64_t value) {
  if (value >= INT32_MIN && value <= INT32_MAX) return v8::Integer::New(runtime::isolate, static_cast<int32_t>(value));
  if (std::abs(static_cast<double>(value)) <= max_safe_integer) return v8::Number::New(runtime::isolate, static_cast<double>(value));
  return v8::BigInt::New(runtime::isolate, value);
}

void *boxed_variant(Local<Value> value) {
  if (!value->IsObject()) return nullptr;
  auto object = value.As<v8::Object>();
  if (object->InternalFieldCount() < 2 || object->GetAlignedPointerFromInternalField(0) != box_tag) return nullptr;
  return static_cast<Box *>(object->GetAlignedPointerFromInternalField(1))->value.ptr();
}

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

void install_convert(Local<v8::Object> target) {
  v8::Isolate *isolate = runtime::isolate;
  auto context = runtime::context();
  Local<v8::Symbol> symbol = v8::Symbol::New(isolate, js_name("variant type"));
  type_symbol.Reset(isolate, symbol);
  target->Set(context, js_name("typeSymbol"), symbol).Check();
  target->Set(context, js_name("setValueClass"), v8::Function::New(context, set_value_class).ToLocalChecked()).Check();
  target->Set(context, js_name("setValueClassHook"), v8::Function::New(context, set_value_class_hook).ToLocalChecked()).Check();
  auto box_template = v8::FunctionTemplate::New(isolate, construct_box);
  box_template->SetClassName(js_name("NativeBox"));
  box_template->InstanceTemplate()->SetInternalFieldCount(2);
  Local<v8::Function> constructor = box_template->GetFunction(context).ToLocalChecked();
  box_constructor.Reset(isolate, constructor);
  target->Set(context, js_name("NativeBox"), constructor).Check();
}

void release_convert() {
  for (auto &value_class : value_classes) {
    value_class.constructor.Reset();
    value_class.pack.Reset();
    value_class.unpack.Reset();
  }
  for (PrototypeEntry &entry : prototype_cache) entry.prototype.Reset();
  release_strings();
  type_symbol.Reset();
  make_value_class.Reset();
  last_number.Reset();
  box_constructor.Reset();
  for (Box *box : boxes) {
    box->handle.Reset();
    delete box;
  }
  boxes.clear();
}

} // namespace gts
