#include "objects.h"
#include "instance.h"
#include <unordered_map>

namespace gts {

using v8::Local;
using v8::Value;

namespace {

/// What JavaScript's class of an engine class carries.
struct EngineClass {
  StringName name;
  std::string text;
  v8::Global<v8::Function> constructor;
  v8::Global<v8::FunctionTemplate> made_of;
  bool refcounted = false;
  int constructibility = 0; // see classes.js
  ClassRange range;
};

v8::Global<v8::Function> base_constructor;
v8::Global<v8::FunctionTemplate> base_template;
v8::Global<v8::Private> class_key;
v8::Global<v8::Function> class_for_name, attach_script, make_freed_error;
std::unordered_map<void *, EngineClass *> classes_by_key;
std::vector<EngineClass *> engine_classes;
std::vector<Variant> unknown_names; // keeps names of classes that the tables lack, and so their keys, alive

/// Handshake between C++ and the base constructor: the next construction of `target` stands for `object`.
struct Pending {
  Local<v8::Function> target;
  void *object = nullptr;
  bool adopt_reference = false;
  bool detached = false;
  bool taken = false; // the base constructor has run
};
Pending *pending = nullptr;

MethodBind bind_init_ref{"RefCounted", "init_ref", 2240911060};
MethodBind bind_notification{"Object", "notification", 4023243586};

void *refcounted_tag() {
  static void *tag = gd::classdb_get_class_tag(interned("RefCounted").ptr());
  return tag;
}

void set_peer(Local<v8::Object> self, Peer *peer) {
  int indices[] = {0, 1};
  void *pointers[] = {peer_tag, peer};
  self->SetAlignedPointerInInternalFields(2, indices, pointers);
}

uint32_t class_number_of(void *object);

void adopt(Local<v8::Object> self, void *object, bool adopt_reference, bool stateful) {
  auto *peer = static_cast<Peer *>(gd::object_get_instance_binding(object, gd::library, nullptr));
  if (!peer) {
    peer = make_peer(object, gd::object_cast_to(object, refcounted_tag()) != nullptr, class_number_of(object));
    bind(object, peer);
  } else if (!peer->handle.IsEmpty()) {
    peer->former.emplace_back(runtime::isolate, peer->handle.Get(runtime::isolate));
    peer->handle.ClearWeak();
  }
  peer->weak = false;
  drop_stand_in(peer);
  peer->stateful = peer->stateful || stateful;
  if (peer->refcounted) {
    if (!peer->holds_reference) {
      if (!adopt_reference) {
        GDExtensionBool ok = false;
        bind_init_ref.call(object, nullptr, &ok);
      }
      hold_reference(peer);
    } else if (adopt_reference) {
      unreference(object);
    }
  }
  set_peer(self, peer);
  peer->handle.Reset(runtime::isolate, self);
  update_strength(peer);
}

/// adopt() for an object that was constructed just now: nothing can be bound to it yet, and its one reference is ours.
void adopt_new(Local<v8::Object> self, void *object, const EngineClass &engine_class, bool stateful) {
  const bool refcounted = engine_class.refcounted;
  Peer *peer = make_peer(object, refcounted, engine_class.range.first);
  peer->stateful = stateful;
  bind_new(object, peer);
  set_peer(self, peer);
  peer->handle.Reset(runtime::isolate, self);
  if (!refcounted) return;
  hold_reference(peer);
  make_weak(peer);
}

struct TargetEntry {
  v8::Global<v8::Object> target;
  EngineClass *engine_class = nullptr;
};
constexpr size_t target_cache_size = 64;
TargetEntry target_cache[target_cache_size];

EngineClass *find_engine_class(Local<v8::Object> constructor);

/// The engine class that a class is or extends.
EngineClass *engine_class_of(Local<v8::Object> constructor) {
  static TargetEntry *last = nullptr; // loops construct the same class
  if (last && last->target == constructor) return last->engine_class;
  TargetEntry &entry = target_cache[static_cast<uint32_t>(constructor->GetIdentityHash()) % target_cache_size];
  if (!(entry.target == constructor)) {
    entry.engine_class = find_engine_class(constructor);
    entry.target.Reset(runtime::isolate, constructor);
  }
  last = &entry;
  return entry.engine_class;
}

EngineClass *find_engine_class(Local<v8::Object> constructor) {
  // Private symbols are not inherited, so walk to the nearest engine class.
  auto context = runtime::context();
  Local<v8::Private> key = class_key.Get(runtime::isolate);
  Local<Value> current = constructor;
  while (current->IsObject()) {
    Local<Value> found;
    if (current.As<v8::Object>()->GetPrivate(context, key).ToLocal(&found) && found->IsExternal()) return static_cast<EngineClass *>(found.As<v8::External>()->Value());
    current = current.As<v8::Object>()->GetPrototypeV2();
  }
  return nullptr;
}

/// The constructor of every engine class: `new Node3D()`, and of every script class by `super()`.
void construct(const v8::FunctionCallbackInfo<Value> &info) {
  if (!info.IsConstructCall()) return throw_type_error("engine classes must be called with new");
  Local<v8::Object> self = info.This();
  Local<v8::Object> target = info.NewTarget().As<v8::Object>();
  if (pending && pending->target == target) {
    Pending *job = pending;
    pending = nullptr;
    job->taken = true;
    if (job->detached) {
      Peer *peer = make_peer(nullptr, false, 0);
      set_peer(self, peer);
      peer->handle.Reset(runtime::isolate, self);
      make_weak(peer);
      return;
    }
    EngineClass *engine_class = engine_class_of(target);
    adopt(self, job->object, job->adopt_reference, engine_class && engine_class->constructor != target);
    return;
  }
  EngineClass *engine_class = engine_class_of(target);
  if (!engine_class) return throw_type_error("no engine class to construct: new.target is " + describe(info.NewTarget()) + ", not a class that extends one of \"godot\"");
  if (engine_class->constructibility == 2) return throw_type_error(engine_class->text + " cannot be constructed: it is a singleton, use the one that \"godot\" exports");
  bool is_script_class = engine_class->constructor != target;
  if (engine_class->constructibility == 3 && !is_script_class) return throw_type_error(engine_class->text + " cannot be constructed: it would take the place of a singleton; extend it");
  void *object = engine_class->constructibility != 1 ? gd::classdb_construct_object2(engine_class->name.ptr()) : nullptr;
  if (!object) return throw_type_error(engine_class->text + " cannot be constructed: it is abstract, of the editor, or made by the engine only");
  if (engine_class->refcounted) {
    GDExtensionBool ok = false;
    bind_init_ref.call(object, nullptr, &ok);
  }
  adopt_new(self, object, *engine_class, is_script_class);
  int64_t postinitialize = 0;
  GDExtensionBool reversed = false;
  const void *args[] = {&postinitialize, &reversed};
  bind_notification.call(object, args, nullptr);
  if (is_script_class) {
    Local<Value> arguments[] = {self, target};
    Local<Value> ignored;
    v8::TryCatch catcher(runtime::isolate);
    if (attach_script.Get(runtime::isolate)->Call(runtime::context(), v8::Undefined(runtime::isolate), 2, arguments).ToLocal(&ignored)) {
      if (Peer *peer = peer_of(self); peer->object && !peer->refcounted) hold_loosely(self, peer);
      return;
    }
    if (!engine_class->refcounted) gd::object_destroy(object); // nobody will ever have it
    catcher.ReThrow();
  }
}

v8::MaybeLocal<v8::Object> construct_with(Pending &job) {
  Pending *outer = pending;
  pending = &job;
  auto result = job.target->NewInstance(runtime::context());
  pending = outer;
  return result;
}

/// makeClass(name, parent, refcounted, constructibility, number, descendants): the class of an engine class. A native class of its own, because V8 copies instances of those
/// from a prepared one, and builds those of JavaScript classes that extend a native one from scratch.
void make_class(const v8::FunctionCallbackInfo<Value> &info) {
  v8::Isolate *isolate = runtime::isolate;
  auto context = runtime::context();
  std::string text = from_js(info[0]);
  EngineClass *parent = find_engine_class(info[1].As<v8::Object>());
  auto made_of = v8::FunctionTemplate::New(isolate, construct);
  made_of->SetClassName(js_name(text));
  made_of->Inherit(parent ? strong(parent->made_of) : strong(base_template));
  made_of->InstanceTemplate()->SetInternalFieldCount(2);
  Local<v8::Function> constructor;
  if (!made_of->GetFunction(context).ToLocal(&constructor)) return;
  constructor->SetPrototypeV2(context, info[1].As<v8::Object>()).Check(); // constants and static methods are inherited
  auto *engine_class = new EngineClass{StringName(text), text, {}, {}, info[2]->IsTrue(), info[3].As<v8::Int32>()->Value(), {info[4].As<v8::Uint32>()->Value(), info[5].As<v8::Uint32>()->Value()}};
  engine_class->constructor.Reset(isolate, constructor);
  engine_class->made_of.Reset(isolate, made_of);
  engine_classes.push_back(engine_class);
  classes_by_key[engine_class->name.key()] = engine_class;
  constructor->SetPrivate(context, class_key.Get(isolate), v8::External::New(isolate, engine_class)).Check();
  info.GetReturnValue().Set(constructor);
}

Local<v8::Function> constructor_for(void *object) {
  void *name = nullptr;
  gd::object_get_class_name(object, gd::library, &name);
  auto found = classes_by_key.find(name);
  Local<v8::Function> result;
  if (found != classes_by_key.end()) {
    result = found->second->constructor.Get(runtime::isolate);
  } else {
    Local<Value> argument = string_name_to_js(&name), value;
    if (class_for_name.Get(runtime::isolate)->Call(runtime::context(), v8::Undefined(runtime::isolate), 1, &argument).ToLocal(&value) && value->IsFunction()) result = value.As<v8::Function>();
    // A class that the tables do not know (of an extension, or internal) stands for its nearest known parent from now on.
    EngineClass *known = result.IsEmpty() ? nullptr : engine_class_of(result);
    if (known && known->name.key() != name) {
      unknown_names.push_back(Variant::of(T_STRING_NAME, &name));
      classes_by_key[name] = known;
    }
  }
  destroy_value[T_STRING_NAME](&name);
  return result;
}

/// Of what the object is, whichever script class stands for it.
uint32_t class_number_of(void *object) {
  Local<v8::Function> constructor = constructor_for(object);
  EngineClass *engine_class = constructor.IsEmpty() ? nullptr : engine_class_of(constructor);
  return engine_class ? engine_class->range.first : 0;
}

/// free(object)
void free_object(const v8::FunctionCallbackInfo<Value> &info) {
  Peer *peer = receiver_peer(info.This());
  if (!peer) return throw_type_error("free: not an engine object");
  if (!peer->object) return throw_freed(info.This(), "free");
  if (peer->refcounted) return throw_error("free: objects that extend RefCounted free themselves when nothing refers to them");
  gd::object_destroy(peer->object);
}

void is_instance_valid(const v8::FunctionCallbackInfo<Value> &info) {
  Peer *peer = peer_of(info[0]);
  info.GetReturnValue().Set(peer && peer->object);
}

/// isEnginesMethod.call(object, name): whether `name` would not mean a method of the object's script, whoever wrote that.
void is_engines_method(const v8::FunctionCallbackInfo<Value> &info) {
  Peer *peer = peeked_peer(info.This());
  if (!peer || !peer->object || !info[0]->IsString()) return info.GetReturnValue().Set(false);
  const void *name = js_to_kept_name(info[0].As<v8::String>());
  info.GetReturnValue().Set(name && !gd::object_has_script_method(peer->object, name));
}

void instance_from_id(const v8::FunctionCallbackInfo<Value> &info) {
  int64_t id = 0;
  if (!to_native(TypeRef{T_INT, nullptr, nullptr, false}, info[0], &id)) return throw_unfit("instance_from_id: parameter 'instance_id'", TypeRef{T_INT, nullptr, nullptr, false}, info[0]);
  info.GetReturnValue().Set(wrap_object(gd::object_get_instance_from_id(static_cast<uint64_t>(id)), false));
}

void get_singleton(const v8::FunctionCallbackInfo<Value> &info) {
  StringName name(from_js(info[0]));
  info.GetReturnValue().Set(wrap_object(gd::global_get_singleton(name.ptr()), false));
}

/// constructDetached(class): see construct_detached.
void construct_detached_instance(const v8::FunctionCallbackInfo<Value> &info) {
  Local<v8::Object> result;
  if (construct_detached(info[0].As<v8::Function>()).ToLocal(&result)) info.GetReturnValue().Set(result);
}

void set_object_hooks(const v8::FunctionCallbackInfo<Value> &info) {
  class_for_name.Reset(runtime::isolate, info[0].As<v8::Function>());
  attach_script.Reset(runtime::isolate, info[1].As<v8::Function>());
  make_freed_error.Reset(runtime::isolate, info[2].As<v8::Function>());
}

void get_peer_count(const v8::FunctionCallbackInfo<Value> &info) { info.GetReturnValue().Set(peer_count()); }

} // namespace

Peer *peer_of(Local<Value> value) {
  if (!value->IsObject()) return nullptr;
  auto object = value.As<v8::Object>();
  if (object->InternalFieldCount() < 2 || object->GetAlignedPointerFromInternalField(0) != peer_tag) return nullptr;
  auto *peer = static_cast<Peer *>(object->GetAlignedPointerFromInternalField(1));
  return !peer->object && peer->stands_for ? note_use(object, peer) : peer;
}

ClassRange class_range(const std::string &name) {
  auto found = classes_by_key.find(StringName(name).key());
  return found == classes_by_key.end() ? ClassRange{UINT32_MAX, 0} : found->second->range;
}

Local<Value> wrap_object(void *object, bool adopt_reference) {
  if (!object) return v8::Null(runtime::isolate);
  auto *peer = static_cast<Peer *>(gd::object_get_instance_binding(object, gd::library, nullptr));
  if (peer && !peer->handle.IsEmpty()) {
    if (adopt_reference && peer->refcounted) unreference(object);
    Local<v8::Object> handle = peer->handle.Get(runtime::isolate);
    if (peer->stand_in) note_use(handle, peer->stand_in);
    if (peer->stateful || !has_script_instance(object)) return handle;
  }
  Local<v8::Object> scripted;
  if (script_peer(object).ToLocal(&scripted)) {
    if (adopt_reference && (!peer || peer->handle.IsEmpty())) unreference(object);
    return scripted;
  }
  if (peer && !peer->handle.IsEmpty()) return peer->handle.Get(runtime::isolate);
  Local<v8::Function> constructor = constructor_for(object);
  if (constructor.IsEmpty()) return v8::Null(runtime::isolate);
  Pending job{constructor, object, adopt_reference};
  Local<v8::Object> result;
  if (construct_with(job).ToLocal(&result)) return result;
  return v8::Null(runtime::isolate);
}

v8::MaybeLocal<v8::Object> construct_peer(Local<v8::Function> script_class, void *object) {
  Pending job{script_class, object};
  Local<v8::Object> self;
  if (construct_with(job).ToLocal(&self)) return self;
  // After super() what the constructor left half done stands for the object: again what stood for it before, if anything did.
  auto *peer = static_cast<Peer *>(gd::object_get_instance_binding(object, gd::library, nullptr));
  if (!job.taken || !peer || peer->refcounted) return {};
  v8::Global<v8::Object> half_done = std::move(peer->handle);
  peer->stateful = false;
  if (!peer->former.empty()) {
    peer->handle = std::move(peer->former.back());
    peer->former.pop_back();
  }
  peer->former.push_back(std::move(half_done));
  return {};
}

v8::MaybeLocal<v8::Object> construct_detached(Local<v8::Function> script_class) {
  Pending job{script_class, nullptr, false, true};
  return construct_with(job);
}

void throw_freed(Local<v8::Object> object, std::string_view operation) {
  Local<Value> arguments[] = {object, js_string(operation)};
  Local<Value> error;
  if (make_freed_error.Get(runtime::isolate)->Call(runtime::context(), v8::Undefined(runtime::isolate), 2, arguments).ToLocal(&error)) runtime::isolate->ThrowException(error);
}

bool is_class(void *object, const char *class_name) {
  static MethodBind bind{"Object", "is_class", 3927539163};
  String name(class_name);
  GDExtensionBool result = false;
  const void *args[] = {name.ptr()};
  bind.call(object, args, &result);
  return result;
}

void install_objects(Local<v8::Object> target) {
  v8::Isolate *isolate = runtime::isolate;
  auto context = runtime::context();
  class_key.Reset(isolate, v8::Private::New(isolate));
  auto base = v8::FunctionTemplate::New(isolate, construct);
  base->SetClassName(js_name("Object"));
  base->InstanceTemplate()->SetInternalFieldCount(2);
  base->PrototypeTemplate()->Set(js_name("free"), v8::FunctionTemplate::New(isolate, free_object), v8::DontEnum);
  Local<v8::Function> constructor = base->GetFunction(context).ToLocalChecked();
  base_constructor.Reset(isolate, constructor);
  base_template.Reset(isolate, base);
  auto set = [&](const char *name, v8::FunctionCallback callback) {
    target->Set(context, js_name(name), v8::Function::New(context, callback).ToLocalChecked()).Check();
  };
  target->Set(context, js_name("BaseObject"), constructor).Check();
  set("makeClass", make_class);
  set("isInstanceValid", is_instance_valid);
  set("isEnginesMethod", is_engines_method);
  set("instanceFromId", instance_from_id);
  set("getSingleton", get_singleton);
  set("setObjectHooks", set_object_hooks);
  set("constructDetached", construct_detached_instance);
  set("peerCount", get_peer_count);
}

void release_objects() {
  release_peers();
  for (EngineClass *engine_class : engine_classes) {
    engine_class->constructor.Reset();
    engine_class->made_of.Reset();
    delete engine_class;
  }
  for (TargetEntry &entry : target_cache) entry.target.Reset();
  engine_classes.clear();
  unknown_names.clear();
  classes_by_key.clear();
  base_constructor.Reset();
  base_template.Reset();
  class_key.Reset();
  class_for_name.Reset();
  attach_script.Reset();
  make_freed_error.Reset();
}

} // namespace gts
