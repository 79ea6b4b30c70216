// NodePaths, Callables and Signals: JavaScript objects that hold a value of the engine.
#include "conversion.h"
#include <unordered_set>
#include <vector>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

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
      if (!convert(info[i], slot.ptr())) return throw_unfit(std::string("new ") + type_name(type) + ": argument " + std::to_string(i));
      pointers.push_back(slot.ptr());
    }
    GDExtensionCallError error{};
    gd::variant_construct(static_cast<GDExtensionVariantType>(type), value.ptr(), pointers.data(), static_cast<int32_t>(pointers.size()), &error);
    if (error.error != GDEXTENSION_CALL_OK) return throw_type_error(std::string("no constructor of ") + type_name(type) + " takes (" + describe_all(info, 1) + ")");
  }
  Box *box = new Box{std::move(value), {}};
  boxes.insert(box);
  Local<v8::Object> self = info.This();
  self->SetAlignedPointerInInternalField(0, box_tag);
  self->SetAlignedPointerInInternalField(1, box);
  box->handle.Reset(runtime::isolate, self);
  box->handle.SetWeak(box, collect_box, v8::WeakCallbackType::kParameter);
}

} // namespace

Local<Value> make_box(int type, const void *variant) {
  Local<v8::Function> constructor = value_constructor(type);
  if (constructor.IsEmpty()) return v8::Null(runtime::isolate);
  pending_box = variant;
  Local<Value> result = v8::Null(runtime::isolate);
  Local<v8::Object> object;
  if (constructor->NewInstance(runtime::context()).ToLocal(&object)) result = object;
  pending_box = nullptr;
  return result;
}

void *boxed_variant(Local<Value> value) {
  if (!value->IsObject()) return nullptr;
  auto object = value.As<v8::Object>();
  if (object->InternalFieldCount() < 2 || object->GetAlignedPointerFromInternalField(0) != box_tag) return nullptr;
  return static_cast<Box *>(object->GetAlignedPointerFromInternalField(1))->value.ptr();
}

void install_boxes(Local<v8::Object> target) {
  auto context = runtime::context();
  auto box_template = v8::FunctionTemplate::New(runtime::isolate, construct_box);
  box_template->SetClassName(js_name("NativeBox"));
  box_template->InstanceTemplate()->SetInternalFieldCount(2);
  Local<v8::Function> constructor = box_template->GetFunction(context).ToLocalChecked();
  box_constructor.Reset(runtime::isolate, constructor);
  target->Set(context, js_name("NativeBox"), constructor).Check();
}

void release_boxes() {
  box_constructor.Reset();
  for (Box *box : boxes) {
    box->handle.Reset();
    delete box;
  }
  boxes.clear();
}

} // namespace gts
