#include "export.h"
#include "editor.h"
#include "extension_class.h"
#include "highlight.h"
#include "objects.h"

namespace gts {

namespace {

void get_name(ExtensionObject *, const void *const *, void *result) { assign_string(result, "TypeScript"); }

void export_begin(ExtensionObject *self, const void *const *args, void *) {
  Entry entry;
  if (entry.ok()) ask_editor("exportBegin", wrap_object(self->object, false), v8::Boolean::New(runtime::isolate, *static_cast<const GDExtensionBool *>(args[1])));
}

void export_file(ExtensionObject *self, const void *const *args, void *) {
  Entry entry;
  if (entry.ok()) ask_editor("exportFile", wrap_object(self->object, false), engine_string_to_js(args[0]));
}

void export_end(ExtensionObject *, const void *const *, void *) {
  Entry entry;
  if (entry.ok()) ask_editor("exportEnd");
}

const VirtualMethod export_methods[] = {
    {"_get_name", get_name},
    {"_export_begin", export_begin},
    {"_export_file", export_file},
    {"_export_end", export_end},
};

ExtensionObject *make_object() { return new ExtensionObject(); }

ExtensionClass export_class("TypeScriptExport", "EditorExportPlugin", make_object, export_methods, sizeof export_methods / sizeof *export_methods);

/// The editor takes exporters from its plugins only.
struct Plugin : ExtensionObject {
  void *exporter = nullptr;
};

void enter_tree(ExtensionObject *self, const void *const *, void *) {
  static MethodBind add{"EditorPlugin", "add_export_plugin", 4095952207};
  auto *plugin = static_cast<Plugin *>(self);
  plugin->exporter = export_class.create(true);
  const void *args[] = {&plugin->exporter};
  add.call(self->object, args, nullptr);
  begin_highlighting();
}

void exit_tree(ExtensionObject *self, const void *const *, void *) {
  static MethodBind remove{"EditorPlugin", "remove_export_plugin", 4095952207}, unreference{"RefCounted", "unreference", 2240911060};
  end_highlighting();
  auto *plugin = static_cast<Plugin *>(self);
  if (!plugin->exporter) return;
  const void *args[] = {&plugin->exporter};
  remove.call(self->object, args, nullptr);
  GDExtensionBool die = false;
  unreference.call(plugin->exporter, nullptr, &die);
  if (die) gd::object_destroy(plugin->exporter);
  plugin->exporter = nullptr;
}

const VirtualMethod plugin_methods[] = {
    {"_enter_tree", enter_tree},
    {"_exit_tree", exit_tree},
};

ExtensionObject *make_plugin() { return new Plugin(); }

ExtensionClass plugin_class("TypeScriptEditorPlugin", "EditorPlugin", make_plugin, plugin_methods, sizeof plugin_methods / sizeof *plugin_methods);

} // namespace

void register_export() {
  register_highlighter();
  export_class.register_class();
  plugin_class.register_class();
  gd::editor_add_plugin(interned("TypeScriptEditorPlugin").ptr());
}

void unregister_export() {
  gd::editor_remove_plugin(interned("TypeScriptEditorPlugin").ptr());
  plugin_class.unregister_class();
  export_class.unregister_class();
  unregister_highlighter();
}

} // namespace gts
