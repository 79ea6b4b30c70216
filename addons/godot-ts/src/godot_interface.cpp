#include "godot_interface.h"
#include <cstdio>

namespace gts::gd {

#define GTS_DEFINE(Type, name) Type name = nullptr;
GTS_INTERFACE(GTS_DEFINE)
#undef GTS_DEFINE

GDExtensionClassLibraryPtr library = nullptr;

bool load(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library_pointer) {
  library = library_pointer;
#define GTS_LOAD(Type, name)                                                                           \
  name = reinterpret_cast<Type>(reinterpret_cast<void *>(get_proc_address(#name)));                    \
  if (!name) {                                                                                         \
    std::fprintf(stderr, "godot-ts: this Godot has no '%s'; Godot 4.6 or later is needed\n", #name);   \
    return false;                                                                                      \
  }
  GTS_INTERFACE(GTS_LOAD)
#undef GTS_LOAD
  return true;
}

} // namespace gts::gd
