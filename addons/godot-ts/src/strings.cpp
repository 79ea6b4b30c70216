// Strings and names between JavaScript and the engine, and values in words for messages.
#include "conversion.h"
#include <memory>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

struct NameEntry {
  v8::Global<v8::String> text;
  StringName name;
  std::unique_ptr<Variant> variant; // of the name; the table is made before the engine's functions are known
};
constexpr size_t name_cache_size = 1024;
NameEntry name_cache[name_cache_size];

} // namespace

Local<v8::String> engine_string_to_js(const void *engine_string) {
  char buffer[512];
  GDExtensionInt length = gd::string_to_utf8_chars(engine_string, buffer, sizeof buffer);
  if (length <= static_cast<GDExtensionInt>(sizeof buffer)) return js_string({buffer, static_cast<size_t>(length)});
  return js_string(to_utf8(engine_string));
}

void js_to_engine_string(Local<v8::String> text, void *out) {
  auto length = static_cast<uint32_t>(text->Length());
  if (text->IsOneByte()) {
    char buffer[512];
    std::string large;
    char *target = buffer;
    if (length > sizeof buffer) {
      large.resize(length);
      target = large.data();
    }
    text->WriteOneByteV2(runtime::isolate, 0, length, reinterpret_cast<uint8_t *>(target));
    gd::string_new_with_latin1_chars_and_len(out, target, length);
    return;
  }
  std::u16string wide(length, u'\0');
  text->WriteV2(runtime::isolate, 0, length, reinterpret_cast<uint16_t *>(wide.data()));
  gd::string_new_with_utf16_chars_and_len2(out, wide.data(), length, true);
}

namespace {
/// Names in scripts are literals: the same string object every time, which a small table finds without looking at its text.
NameEntry &entry_of(Local<v8::String> text) {
  static NameEntry *last = nullptr; // loops name the same thing
  if (last && last->text == text) return *last;
  NameEntry &entry = name_cache[static_cast<uint32_t>(text->GetIdentityHash()) % name_cache_size];
  if (!(entry.text == text)) [[unlikely]] {
    std::string utf8 = from_js(text);
    entry.name = StringName(utf8);
    entry.variant = std::make_unique<Variant>(Variant::of(T_STRING_NAME, entry.name.ptr()));
    entry.text.Reset(runtime::isolate, text);
  }
  last = &entry;
  return entry;
}
} // namespace

void js_to_string_name(Local<v8::String> text, void *out) {
  static const GDExtensionPtrConstructor copy = gd::variant_get_ptr_constructor(GDEXTENSION_VARIANT_TYPE_STRING_NAME, 1);
  const void *args[] = {entry_of(text).name.ptr()};
  copy(out, args);
}

const void *js_to_kept_name(Local<v8::String> text) { return entry_of(text).name.ptr(); }

void js_to_name_variant(Local<v8::String> text, void *out) { gd::variant_new_copy(out, entry_of(text).variant->ptr()); }

Local<v8::String> string_name_to_js(const void *engine_string_name) { return js_string(name_to_utf8(engine_string_name)); }

std::string describe(Local<Value> value) {
  if (value->IsUndefined()) return "undefined";
  if (value->IsNull()) return "null";
  if (value->IsString()) return "a string";
  if (value->IsBoolean()) return "a boolean";
  if (value->IsNumber()) {
    double number = value.As<v8::Number>()->Value();
    return "the number " + from_js(v8::Number::New(runtime::isolate, number));
  }
  if (value->IsBigInt()) return "a bigint";
  if (value->IsSymbol()) return "a symbol";
  if (value->IsFunction()) return "a function";
  if (value->IsArray()) return "an array";
  if (value->IsObject()) {
    // The class's own name: V8's GetConstructorName() does not see computed names.
    std::string name;
    v8::TryCatch ignored(runtime::isolate);
    Local<Value> constructor, class_name;
    if (value.As<v8::Object>()->Get(runtime::context(), js_name("constructor")).ToLocal(&constructor) && constructor->IsFunction() &&
        constructor.As<v8::Object>()->Get(runtime::context(), js_name("name")).ToLocal(&class_name) && class_name->IsString())
      name = from_js(class_name);
    if (name.empty()) name = "Object";
    return name == "Object" ? "a plain object" : "a " + name;
  }
  return "an unknown value";
}

std::string describe(const TypeRef &ref) {
  switch (ref.type) {
    case T_BOOL: return "a boolean";
    case T_INT: return "an integer (number or bigint)";
    case T_FLOAT: return "a number";
    case T_STRING: case T_STRING_NAME: return "a string";
    case T_NODE_PATH: return "a string or NodePath";
    case T_CALLABLE: return "a function or Callable";
    case T_OBJECT: return ref.class_name ? std::string(ref.class_name) + " or null" : "an engine object or null";
    case T_DICTIONARY: return "a plain object or Map";
    case T_ARRAY: return "an array";
    case T_PACKED_BYTE: return "a Uint8Array";
    case T_PACKED_INT32: return "an Int32Array";
    case T_PACKED_INT64: return "a BigInt64Array";
    case T_PACKED_FLOAT32: return "a Float32Array";
    case T_PACKED_FLOAT64: return "a Float64Array";
    case T_PACKED_STRING: return "an array of strings";
    case T_PACKED_VECTOR2: return "an array of Vector2";
    case T_PACKED_VECTOR3: return "an array of Vector3";
    case T_PACKED_VECTOR4: return "an array of Vector4";
    case T_PACKED_COLOR: return "an array of Color";
    default: return std::string("a ") + type_name(ref.type);
  }
}

void release_strings() {
  for (NameEntry &entry : name_cache) {
    entry.text.Reset();
    entry.name = StringName();
    entry.variant.reset();
  }
}

} // namespace gts
