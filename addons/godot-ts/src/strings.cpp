// Strings and names between JavaScript and the engine, and values in words for messages.
#include "conversion.h"
#include <cstring>
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

namespace {

bool is_lead(char16_t unit) { return (unit & 0xfc00) == 0xd800; }
bool is_trail(char16_t unit) { return (unit & 0xfc00) == 0xdc00; }

/// Halves of pairs that stand alone become U+FFFD, as wherever JavaScript's strings are encoded: for a lone lead the engine's own conversion
/// leaves memory in the string that nobody wrote.
void replace_lone_surrogates(std::u16string &text) {
  for (size_t i = 0; i < text.size(); i++) {
    if (is_lead(text[i]) && i + 1 < text.size() && is_trail(text[i + 1])) i++;
    else if (is_lead(text[i]) || is_trail(text[i])) text[i] = u'\ufffd';
  }
}

std::u16string utf16_of(Local<v8::String> text) {
  std::u16string wide(static_cast<size_t>(text->Length()), u'\0');
  text->WriteV2(runtime::isolate, 0, static_cast<uint32_t>(wide.size()), reinterpret_cast<uint16_t *>(wide.data()));
  return wide;
}

} // namespace

void note_nul(Local<v8::String> text) {
  note_reason("a string with a NUL character, at index " + std::to_string(utf16_of(text).find(u'\0')) + ", cannot be passed to the engine, whose strings end there");
}

bool js_to_engine_string(Local<v8::String> text, void *out) {
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
    if (std::memchr(target, '\0', length)) return false;
    gd::string_new_with_latin1_chars_and_len(out, target, length);
    return true;
  }
  std::u16string wide = utf16_of(text);
  if (wide.find(u'\0') != std::u16string::npos) return false;
  replace_lone_surrogates(wide);
  gd::string_new_with_utf16_chars_and_len2(out, wide.data(), length, true);
  return true;
}

namespace {
/// Names in scripts are literals: the same string object every time, which a small table finds without looking at its text. nullptr for a name
/// with a NUL character.
NameEntry *entry_of(Local<v8::String> text) {
  static NameEntry *last = nullptr; // loops name the same thing
  if (last && last->text == text) return last;
  NameEntry &entry = name_cache[static_cast<uint32_t>(text->GetIdentityHash()) % name_cache_size];
  if (!(entry.text == text)) [[unlikely]] {
    std::string utf8 = from_js(text);
    if (utf8.find('\0') != std::string::npos) [[unlikely]] return nullptr;
    entry.name = StringName(utf8);
    entry.variant = std::make_unique<Variant>(Variant::of(T_STRING_NAME, entry.name.ptr()));
    entry.text.Reset(runtime::isolate, text);
  }
  last = &entry;
  return last;
}
} // namespace

bool js_to_string_name(Local<v8::String> text, void *out) {
  static const GDExtensionPtrConstructor copy = gd::variant_get_ptr_constructor(GDEXTENSION_VARIANT_TYPE_STRING_NAME, 1);
  NameEntry *entry = entry_of(text);
  if (!entry) return false;
  const void *args[] = {entry->name.ptr()};
  copy(out, args);
  return true;
}

const void *js_to_kept_name(Local<v8::String> text) {
  NameEntry *entry = entry_of(text);
  return entry ? entry->name.ptr() : nullptr;
}

bool js_to_name_variant(Local<v8::String> text, void *out) {
  NameEntry *entry = entry_of(text);
  if (entry) gd::variant_new_copy(out, entry->variant->ptr());
  return entry != nullptr;
}

Local<v8::String> string_name_to_js(const void *engine_string_name) { return js_string(name_to_utf8(engine_string_name)); }

std::string with_article(const std::string &name) { return (!name.empty() && std::string_view("AEIOUaeiou").find(name[0]) != std::string_view::npos ? "an " : "a ") + name; }

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
  if (value->IsProxy()) return "a Proxy of " + describe(value.As<v8::Proxy>()->GetTarget());
  if (value->IsGeneratorObject()) return "a generator";
  if (value->IsObject()) {
    // The class's own name: V8's GetConstructorName() does not see computed names.
    std::string name;
    v8::TryCatch ignored(runtime::isolate);
    Local<Value> constructor, class_name;
    if (value.As<v8::Object>()->Get(runtime::context(), js_name("constructor")).ToLocal(&constructor) && constructor->IsFunction() &&
        constructor.As<v8::Object>()->Get(runtime::context(), js_name("name")).ToLocal(&class_name) && class_name->IsString())
      name = from_js(class_name);
    if (name.empty()) name = "Object";
    return name == "Object" ? "a plain object" : with_article(name);
  }
  return "an unknown value";
}

std::string describe_all(const v8::FunctionCallbackInfo<Value> &info, int first) {
  std::string text;
  for (int i = first; i < info.Length(); i++) text += (i > first ? ", " : "") + describe(info[i]);
  return text;
}

namespace {
/// "strings", "Vector2i", "arrays of Vector2": what an array is of.
std::string describe_elements(const TypeRef &element) {
  switch (element.type) {
    case T_VARIANT: return "anything";
    case T_BOOL: return "booleans";
    case T_INT: return "integers";
    case T_FLOAT: return "numbers";
    case T_STRING: case T_STRING_NAME: return "strings";
    case T_NODE_PATH: return "strings or NodePaths";
    case T_DICTIONARY: return "plain objects or Maps";
    case T_ARRAY: return "arrays";
    case T_OBJECT: return element.class_name;
    default: break;
  }
  const std::string text = describe(element);
  if (text.starts_with("an array of ")) return "arrays of " + text.substr(12);
  return text.substr(text.find(' ') + 1);
}
} // namespace

std::string describe(const TypeRef &ref) {
  switch (ref.type) {
    case T_BOOL: return "a boolean";
    case T_INT: return "an integer (number or bigint)";
    case T_FLOAT: return "a number";
    case T_STRING: case T_STRING_NAME: return "a string";
    case T_NODE_PATH: return "a string or NodePath";
    case T_CALLABLE: return "a function or Callable";
    case T_OBJECT: return ref.class_name ? with_article(ref.class_name) + " or null" : "an engine object or null";
    case T_DICTIONARY: return ref.key ? "a plain object or Map of " + describe_elements(*ref.key) + " to " + describe_elements(*ref.element) : "a plain object or Map";
    case T_ARRAY: return ref.element ? "an array of " + describe_elements(*ref.element) : "an array";
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
