// Registers a C++ class with the engine: a parent, a constructor, and the virtual methods by name.
#pragma once
#include "variant_types.h"
#include <unordered_map>
#include <vector>

namespace gts {

/// Base of the C++ part of our engine classes.
struct ExtensionObject {
  void *object = nullptr;
  virtual ~ExtensionObject() = default;
};

using VirtualHandler = void (*)(ExtensionObject *self, const void *const *args, void *result);

struct VirtualMethod {
  const char *name;
  VirtualHandler handler;
};

/// Results of virtual methods that have nothing to say: the engine passes initialised strings and containers, but raw numbers.
void return_nothing(ExtensionObject *, const void *const *, void *);
void return_false(ExtensionObject *, const void *const *, void *result);
void return_true(ExtensionObject *, const void *const *, void *result);
void return_zero(ExtensionObject *, const void *const *, void *result);
void return_minus_one(ExtensionObject *, const void *const *, void *result);

class ExtensionClass {
public:
  using Factory = ExtensionObject *(*)();
  ExtensionClass(const char *name, const char *parent, Factory factory, const VirtualMethod *methods, size_t count);
  void register_class();
  void unregister_class();
  /// A new engine object of the class; RefCounted ones have one reference, which is the caller's.
  void *create(bool refcounted);

private:
  const char *name;
  const char *parent;
  Factory factory;
  const VirtualMethod *methods;
  size_t count;
  std::unordered_map<void *, const VirtualMethod *> by_key;
  static void *create_instance(void *userdata, GDExtensionBool notify);
  static void free_instance(void *userdata, GDExtensionClassInstancePtr instance);
  static void *find_virtual(void *userdata, GDExtensionConstStringNamePtr name, uint32_t hash);
  static void call_virtual(GDExtensionClassInstancePtr instance, GDExtensionConstStringNamePtr name, void *data, const GDExtensionConstTypePtr *args, GDExtensionTypePtr result);
};

/// The C++ part of one of our engine objects.
ExtensionObject *extension_object(void *object);

} // namespace gts
