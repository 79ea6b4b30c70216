// What the files that make up the script instance share.
#pragma once
#include "call_order.h"
#include "instance.h"
#include "objects.h"
#include <atomic>

namespace gts {

/// A property as the inspector and scenes see it, with texts of its own.
struct PropertyRow {
  StringName name, class_name;
  String hint_string;
};

/// What the engine reads until it gives the list back.
struct PropertyList {
  std::vector<GDExtensionPropertyInfo> infos;
  std::vector<std::unique_ptr<PropertyRow>> rows; // of the properties that the script made up or changed
};

/// What every call reads comes first, in one line of the processor's cache.
struct alignas(64) ScriptInstance {
  Script *script;
  std::shared_ptr<ScriptClass> script_class; // may come later, if created on another thread
  void *owner;
  v8::Global<v8::Object> self; // only for owners that are not RefCounted: those are held by their Peer alone
  std::atomic<bool> ready{false};
  std::atomic<bool> has_stash{false}; // the stash is not empty
  bool refcounted;
  bool failed = false;
  void *engine_part = nullptr; // what the engine made of this instance
  CallOrder order;
  // The first cache line ends here.
  std::mutex mutex;
  std::vector<std::pair<Variant, Variant>> stash; // properties set on other threads before the object exists in JavaScript
  std::vector<std::unique_ptr<PropertyList>> lists;
};

inline ScriptInstance *self_of(GDExtensionScriptInstanceDataPtr data) { return static_cast<ScriptInstance *>(data); }

/// The JavaScript object of the instance, made now if it was put off. Main thread only, in an Entry. Empty if it failed.
v8::Local<v8::Object> ensure_peer(ScriptInstance *instance);

inline v8::Local<v8::Value> call_method(v8::Local<v8::Object> self, ScriptMethod *method, int count, v8::Local<v8::Value> *args, bool &ok) {
  v8::Local<v8::Value> result;
  ok = strong(method->function)->Call(runtime::isolate, runtime::context(), self, count, args).ToLocal(&result);
  return result;
}

GDExtensionBool get_property(GDExtensionScriptInstanceDataPtr data, GDExtensionConstStringNamePtr name, GDExtensionVariantPtr result);

/// Sets what the engine asks about properties: lists, types, defaults.
void describe_properties(GDExtensionScriptInstanceInfo3 &info);

} // namespace gts
