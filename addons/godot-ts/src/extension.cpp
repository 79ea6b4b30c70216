// Entry point: what the engine calls when it loads the library.
#include "export.h"
#include "language.h"
#include "runtime.h"
#include "variant_types.h"
#include <cstdio>

namespace {

using namespace gts;

bool started = false;

void initialize(void *, GDExtensionInitializationLevel level) {
  if (level == GDEXTENSION_INITIALIZATION_EDITOR) register_export();
  if (level == GDEXTENSION_INITIALIZATION_CORE) {
    init_variant_types();
    runtime::start_early();
  }
  if (level != GDEXTENSION_INITIALIZATION_SCENE) return;
  started = runtime::start();
  if (!started) std::fprintf(stderr, "godot-ts: scripts will not run\n");
  // Without JavaScript the language is registered all the same: scenes then open, with scripts that do nothing.
  register_language();
}

void deinitialize(void *, GDExtensionInitializationLevel level) {
  if (level == GDEXTENSION_INITIALIZATION_EDITOR) unregister_export();
  if (level == GDEXTENSION_INITIALIZATION_SCENE) {
    runtime::stop();
    unregister_language();
  }
  if (level != GDEXTENSION_INITIALIZATION_CORE) return;
  runtime::stop(); // of an engine that went no further
  release_interned();
}

void main_loop_startup() { runtime::main_loop_started(); }
void main_loop_shutdown() {}

} // namespace

#if defined(_WIN32)
#define GTS_EXPORT __declspec(dllexport)
#else
#define GTS_EXPORT __attribute__((visibility("default")))
#endif

extern "C" GTS_EXPORT GDExtensionBool godot_ts_init(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library, GDExtensionInitialization *initialization) {
  if (!gd::load(get_proc_address, library)) return false;
  destroy_value[T_STRING_NAME] = gd::variant_get_ptr_destructor(GDEXTENSION_VARIANT_TYPE_STRING_NAME);
  destroy_value[T_STRING] = gd::variant_get_ptr_destructor(GDEXTENSION_VARIANT_TYPE_STRING);
  construct_default[T_STRING] = gd::variant_get_ptr_constructor(GDEXTENSION_VARIANT_TYPE_STRING, 0);
  static const GDExtensionMainLoopCallbacks callbacks = {main_loop_startup, main_loop_shutdown, runtime::pump};
  gd::register_main_loop_callbacks(library, &callbacks);
  initialization->minimum_initialization_level = GDEXTENSION_INITIALIZATION_CORE;
  initialization->initialize = initialize;
  initialization->deinitialize = deinitialize;
  return true;
}
