// What the Godot editor asks about sources; js/editor.js answers.
#pragma once
#include "script.h"

namespace gts {

/// What js/editor.js answers; empty where JavaScript cannot run, and after an exception, which is reported.
v8::MaybeLocal<v8::Value> ask_editor(const char *question, v8::Local<v8::Value> first = {}, v8::Local<v8::Value> second = {});

/// ScriptLanguageExtension._validate and _get_built_in_templates.
void validate(ExtensionObject *self, const void *const *args, void *result);
void get_built_in_templates(ExtensionObject *self, const void *const *args, void *result);
/// Appends what the script's doc comments say to an engine array.
void get_documentation(const Script &script, void *array);
/// Line of a member in the script's source, from 1; -1 if it has none.
int64_t get_member_line(const Script &script, const std::string &member);
/// Lets the editor's help take over the documentation of a script that it may have loaded where no JavaScript runs.
void update_help(Script &script);

void install_editor(v8::Local<v8::Object> target);
void release_editor();

} // namespace gts
