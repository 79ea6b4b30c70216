#include "extension_class.h"
#include <mutex>

namespace gts {

namespace {
std::mutex objects_mutex;
std::unordered_map<void *, ExtensionObject *> objects;
MethodBind bind_init_ref{"RefCounted", "init_ref", 2240911060};
MethodBind bind_notification{"Object", "notification", 4023243586};
} // namespace

void return_nothing(ExtensionObject *, const void *const *, void *) {}
void return_false(ExtensionObject *, const void *const *, void *result) { *static_cast<GDExtensionBool *>(result) = false; }
void return_true(ExtensionObject *, const void *const *, void *result) { *static_cast<GDExtensionBool *>(result) = true; }
void return_zero(ExtensionObject *, const void *const *, void *result) { *static_cast<int64_t *>(result) = 0; }
void return_minus_one(ExtensionObject *, const void *const *, void *result) { *static_cast<int64_t *>(result) = -1; }

ExtensionClass::ExtensionClass(const char *name, const char *parent, Factory factory, const VirtualMethod *methods, size_t count)
    : name(name), parent(parent), factory(factory), methods(methods), count(count) {}

void ExtensionClass::register_class() {
  for (size_t i = 0; i < count; i++) by_key[interned(methods[i].name).key()] = &methods[i];
  GDExtensionClassCreationInfo5 info{};
  info.is_exposed = true;
  info.create_instance_func = create_instance;
  info.free_instance_func = free_instance;
  info.get_virtual_call_data_func = find_virtual;
  info.call_virtual_with_data_func = call_virtual;
  info.class_userdata = this;
  gd::classdb_register_extension_class5(gd::library, interned(name).ptr(), interned(parent).ptr(), &info);
}

void ExtensionClass::unregister_class() { gd::classdb_unregister_extension_class(gd::library, interned(name).ptr()); }

void *ExtensionClass::create(bool refcounted) {
  void *object = gd::classdb_construct_object2(interned(name).ptr());
  if (object && refcounted) {
    GDExtensionBool ok = false;
    bind_init_ref.call(object, nullptr, &ok);
  }
  if (object) {
    int64_t postinitialize = 0;
    GDExtensionBool reversed = false;
    const void *args[] = {&postinitialize, &reversed};
    bind_notification.call(object, args, nullptr);
  }
  return object;
}

void *ExtensionClass::create_instance(void *userdata, GDExtensionBool notify) {
  auto *self = static_cast<ExtensionClass *>(userdata);
  void *object = gd::classdb_construct_object2(interned(self->parent).ptr());
  ExtensionObject *instance = self->factory();
  instance->object = object;
  {
    std::lock_guard lock(objects_mutex);
    objects[object] = instance;
  }
  gd::object_set_instance(object, interned(self->name).ptr(), instance);
  if (notify) {
    int64_t postinitialize = 0;
    GDExtensionBool reversed = false;
    const void *args[] = {&postinitialize, &reversed};
    bind_notification.call(object, args, nullptr);
  }
  return object;
}

void ExtensionClass::free_instance(void *, GDExtensionClassInstancePtr instance) {
  auto *self = static_cast<ExtensionObject *>(instance);
  {
    std::lock_guard lock(objects_mutex);
    objects.erase(self->object);
  }
  delete self;
}

void *ExtensionClass::find_virtual(void *userdata, GDExtensionConstStringNamePtr name, uint32_t) {
  auto *self = static_cast<ExtensionClass *>(userdata);
  auto found = self->by_key.find(*static_cast<void *const *>(name));
  return found == self->by_key.end() ? nullptr : const_cast<VirtualMethod *>(found->second);
}

void ExtensionClass::call_virtual(GDExtensionClassInstancePtr instance, GDExtensionConstStringNamePtr, void *data, const GDExtensionConstTypePtr *args, GDExtensionTypePtr result) {
  static_cast<VirtualMethod *>(data)->handler(static_cast<ExtensionObject *>(instance), args, result);
}

ExtensionObject *extension_object(void *object) {
  std::lock_guard lock(objects_mutex);
  auto found = objects.find(object);
  return found == objects.end() ? nullptr : found->second;
}

} // namespace gts
