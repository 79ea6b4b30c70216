// What a call of the engine did to an array or dictionary, done to JavaScript's own.
#include "method.h"
#include <cstring>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

v8::Global<v8::Function> replace_contents;

/// The bytes of a typed array or buffer; its length is fixed.
bool write_bytes(v8::ArrayBuffer *buffer, size_t offset, size_t length, int type, void *value) {
  int64_t count = packed_size(type, value);
  if (static_cast<size_t>(count) * packed_element_size(type) != length) {
    throw_type_error(std::string("a ") + type_name(type) + " is a typed array in JavaScript, which cannot change its length");
    return false;
  }
  if (length) std::memcpy(static_cast<char *>(buffer->Data()) + offset, packed_data(type, value, count), length);
  return true;
}

void set_replace_contents(const v8::FunctionCallbackInfo<Value> &info) { replace_contents.Reset(runtime::isolate, info[0].As<v8::Function>()); }

} // namespace

bool write_back(Local<Value> target, int type, void *value) {
  if (target->IsArrayBufferView()) {
    auto view = target.As<v8::ArrayBufferView>();
    return write_bytes(*view->Buffer(), view->ByteOffset(), view->ByteLength(), type, value);
  }
  if (target->IsArrayBuffer()) return write_bytes(*target.As<v8::ArrayBuffer>(), 0, target.As<v8::ArrayBuffer>()->ByteLength(), type, value);
  Local<Value> arguments[] = {target, to_js(TypeRef{type, nullptr, nullptr, false}, value)}, ignored;
  return replace_contents.Get(runtime::isolate)->Call(runtime::context(), v8::Undefined(runtime::isolate), 2, arguments).ToLocal(&ignored);
}

void install_write_back(Local<v8::Object> target) {
  auto function = v8::Function::New(runtime::context(), set_replace_contents).ToLocalChecked();
  target->Set(runtime::context(), js_name("setReplaceContents"), function).Check();
}

void release_write_back() { replace_contents.Reset(); }

} // namespace gts
