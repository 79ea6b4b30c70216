#include "resources.h"
#include "script.h"

namespace gts {

namespace {

MethodBind bind_read{"FileAccess", "get_file_as_string", 1703090593};
MethodBind bind_exists{"FileAccess", "file_exists", 2323990056};
MethodBind bind_unreference{"RefCounted", "unreference", 2240911060};
MethodBind bind_open{"FileAccess", "open", 1247358404};
MethodBind bind_store{"FileAccess", "store_string", 2323990056};

bool ends_with(std::string_view text, std::string_view end) { return text.size() >= end.size() && text.substr(text.size() - end.size()) == end; }
bool is_script_path(std::string_view path) { return ends_with(path, ".ts") && !ends_with(path, ".d.ts"); }

bool file_exists(const std::string &path) {
  String text(path);
  GDExtensionBool exists = false;
  const void *args[] = {text.ptr()};
  bind_exists.call(nullptr, args, &exists);
  return exists;
}

void unreference(void *object) {
  GDExtensionBool die = false;
  bind_unreference.call(object, nullptr, &die);
  if (die) gd::object_destroy(object);
}

void get_recognized_extensions(ExtensionObject *, const void *const *, void *result) { packed_strings_push(result, "ts"); }
void recognize_path(ExtensionObject *, const void *const *args, void *result) { *static_cast<GDExtensionBool *>(result) = is_script_path(to_utf8(args[0])); }

void handles_type(ExtensionObject *, const void *const *args, void *result) {
  std::string type = name_to_utf8(args[0]);
  *static_cast<GDExtensionBool *>(result) = type == "Script" || type == "TypeScript" || type == "Resource";
}

void get_resource_type(ExtensionObject *, const void *const *args, void *result) {
  if (is_script_path(to_utf8(args[0]))) assign_string(result, "TypeScript");
}

void exists(ExtensionObject *, const void *const *args, void *result) {
  *static_cast<GDExtensionBool *>(result) = file_exists(to_utf8(args[0]));
}

/// _load(path, original_path, use_sub_threads, cache_mode): may run on any thread, so it leaves the module alone.
void load(ExtensionObject *, const void *const *args, void *result) {
  std::string path = to_utf8(args[1]);
  if (path.empty()) path = to_utf8(args[0]);
  void *object = create_script(path);
  auto *script = static_cast<Script *>(extension_object(object));
  if (!script) {
    int64_t error_cannot_open = 19;
    assign_variant(result, T_INT, &error_cannot_open);
    return;
  }
  if (is_editor()) script->set_source(read_text_file(path)); // a game needs only what was built from it
  assign_variant(result, T_OBJECT, &object);
  unreference(object);
}

const VirtualMethod loader_methods[] = {
    {"_get_recognized_extensions", get_recognized_extensions},
    {"_recognize_path", recognize_path},
    {"_handles_type", handles_type},
    {"_get_resource_type", get_resource_type},
    {"_exists", exists},
    {"_load", load},
};

/// _save(resource, path, flags)
void save(ExtensionObject *, const void *const *args, void *result) {
  auto *script = dynamic_cast_script(*static_cast<void *const *>(args[0]));
  int64_t &error = *static_cast<int64_t *>(result);
  constexpr int64_t write_mode = 2, error_invalid_parameter = 31, error_cannot_open = 19;
  error = error_invalid_parameter;
  if (!script) return;
  void *file = nullptr; // a Ref that the engine fills
  const void *open_args[] = {args[1], &write_mode};
  bind_open.call(nullptr, open_args, &file);
  error = error_cannot_open;
  if (!file) return;
  String text(script->source);
  GDExtensionBool stored = false;
  const void *store_args[] = {text.ptr()};
  bind_store.call(file, store_args, &stored);
  unreference(file);
  if (stored) error = 0;
}

void recognize(ExtensionObject *, const void *const *args, void *result) {
  *static_cast<GDExtensionBool *>(result) = dynamic_cast_script(*static_cast<void *const *>(args[0])) != nullptr;
}

void get_saved_extensions(ExtensionObject *, const void *const *args, void *result) {
  if (dynamic_cast_script(*static_cast<void *const *>(args[0]))) packed_strings_push(result, "ts");
}

const VirtualMethod saver_methods[] = {
    {"_save", save},
    {"_recognize", recognize},
    {"_get_recognized_extensions", get_saved_extensions},
    {"_recognize_path", [](ExtensionObject *, const void *const *args, void *result) { *static_cast<GDExtensionBool *>(result) = is_script_path(to_utf8(args[1])); }},
};

ExtensionObject *make_object() { return new ExtensionObject(); }

ExtensionClass loader_class("TypeScriptLoader", "ResourceFormatLoader", make_object, loader_methods, sizeof loader_methods / sizeof *loader_methods);
ExtensionClass saver_class("TypeScriptSaver", "ResourceFormatSaver", make_object, saver_methods, sizeof saver_methods / sizeof *saver_methods);

MethodBind bind_add_loader{"ResourceLoader", "add_resource_format_loader", 2896595483};
MethodBind bind_remove_loader{"ResourceLoader", "remove_resource_format_loader", 405397102};
MethodBind bind_add_saver{"ResourceSaver", "add_resource_format_saver", 362894272};
MethodBind bind_remove_saver{"ResourceSaver", "remove_resource_format_saver", 3373026878};

void *loader = nullptr;
void *saver = nullptr;

} // namespace

std::string read_text_file(const std::string &path) {
  String name(path), text;
  const void *args[] = {name.ptr()};
  bind_read.call(nullptr, args, text.ptr());
  return to_utf8(text.ptr());
}

void register_resource_formats() {
  loader_class.register_class();
  saver_class.register_class();
  loader = loader_class.create(true);
  saver = saver_class.create(true);
  GDExtensionBool at_front = false;
  const void *loader_args[] = {&loader, &at_front};
  bind_add_loader.call(gd::global_get_singleton(interned("ResourceLoader").ptr()), loader_args, nullptr);
  const void *saver_args[] = {&saver, &at_front};
  bind_add_saver.call(gd::global_get_singleton(interned("ResourceSaver").ptr()), saver_args, nullptr);
}

void unregister_resource_formats() {
  const void *loader_args[] = {&loader};
  bind_remove_loader.call(gd::global_get_singleton(interned("ResourceLoader").ptr()), loader_args, nullptr);
  const void *saver_args[] = {&saver};
  bind_remove_saver.call(gd::global_get_singleton(interned("ResourceSaver").ptr()), saver_args, nullptr);
  unreference(loader);
  unreference(saver);
  loader_class.unregister_class();
  saver_class.unregister_class();
}

} // namespace gts
