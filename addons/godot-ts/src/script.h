// The engine's Script resource for a `.ts` file, and what is known about the class in it.
#pragma once
#include "class_source.h"
#include "extension_class.h"
#include "convert.h"
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace gts {

/// The type of what is in an exported array or dictionary.
struct ElementType {
  std::string class_name;
  TypeRef ref;
};

struct ScriptProperty {
  StringName name;
  StringName class_name;
  String hint_string;
  std::string text, class_text;
  std::string owner; // path of the script that declares it, empty for a class without a file
  TypeRef type;
  std::vector<std::unique_ptr<ElementType>> elements; // what `type` points to
  uint32_t hint = 0;
  uint32_t usage = 0;
  bool is_member = true; // false: a group or category heading
  Variant default_value;
  v8::Global<v8::String> key;
};

struct ScriptMethod {
  StringName name;
  std::string text;
  int argument_count = 0;
  v8::Global<v8::Function> function;
};

struct ScriptSignal {
  std::string name;
  StringName key;
  struct Argument {
    std::string name;
    int type;
    std::string class_name;
  };
  std::vector<Argument> arguments;
};

/// A loaded script class. Read-only after loading, so that other threads may look at everything but the V8 handles.
struct ScriptClass {
  std::string name;
  std::string global_name; // its name in the whole project, empty without one
  std::string base_type; // the engine class that it extends
  std::string base_path; // the script that it extends, empty if none has a file
  std::string icon; // a path, empty for the base's
  bool tool = false;
  v8::Global<v8::Function> constructor;
  std::vector<std::unique_ptr<ScriptMethod>> methods;
  std::unordered_map<void *, ScriptMethod *> method_by_key;
  std::vector<std::unique_ptr<ScriptProperty>> properties;
  std::unordered_map<void *, ScriptProperty *> property_by_key;
  std::vector<ScriptSignal> signals;
  std::set<void *> signal_keys;
  Variant rpc_config;
  ScriptMethod *notification = nullptr, *get = nullptr, *set = nullptr, *to_string = nullptr, *get_property_list = nullptr, *validate_property = nullptr;

  ScriptMethod *find_method(const void *string_name) const;
  /// The same through a cache that only the main thread may use: the engine asks several times a frame for each node.
  ScriptMethod *find_method_cached(const void *string_name) {
    void *key = *static_cast<void *const *>(string_name);
    CacheEntry &entry = cache[(reinterpret_cast<uintptr_t>(key) >> 5) % cache_size];
    if (entry.key == key) [[likely]] return entry.method;
    entry.method = find_method(string_name);
    // Only names of our methods live as long as the class: another name's address may come to mean something else.
    entry.key = entry.method ? key : nullptr;
    return entry.method;
  }
  ScriptProperty *find_property(const void *string_name) const;
  void release_handles();
  ~ScriptClass();

private:
  struct CacheEntry {
    void *key = nullptr;
    ScriptMethod *method = nullptr;
  };
  static constexpr size_t cache_size = 32;
  CacheEntry cache[cache_size];
};

struct Script : ExtensionObject {
  std::string path;   // res://scripts/game/avatar.ts; empty for a class that JavaScript made
  std::string source;
  std::map<void *, void *> placeholders; // what the editor has in place of instances, with the object of each
  bool help_knows = false; // its documentation was given to the editor's help

  ~Script() override;
  /// The class, loading its module at first use on the main thread. nullptr if there is none, it failed, or this is another thread
  /// and it was not loaded yet.
  std::shared_ptr<ScriptClass> get_class();
  /// Takes a class that was loaded anew in place of the one that it had. Instances go over one by one: see reload.cpp.
  void replace_class(std::shared_ptr<ScriptClass> next);
  /// Whether its class was asked for before, whether or not there is one.
  bool was_asked();
  /// For a class that JavaScript defined and that has no file.
  bool adopt_class(v8::Local<v8::Function> constructor);
  /// `owner` is nullptr for one that was just made: it has no values yet.
  void update_placeholder(void *placeholder, void *owner);
  void update_placeholders();
  /// What its source says of the class, on any thread; there is a source in the editor only.
  ClassSource class_source();
  void set_source(std::string text);
  /// Drops what V8 owns, before V8 ends.
  void release_handles();

private:
  enum class State { unknown, loading, loaded, absent };
  std::mutex mutex;
  State state = State::unknown;
  std::shared_ptr<ScriptClass> script_class;
  std::optional<ClassSource> found_in_source;
};

extern ExtensionClass script_extension_class;
/// After the class itself.
void register_script_new();

/// From what lib scripts.js says about a class.
std::shared_ptr<ScriptClass> read_class(v8::Local<v8::Object> description);

/// Calls `add(name, path)` where another script's properties begin: the inspector then shows them under its name, with its documentation.
template <class Add>
void begin_category(const ScriptProperty &property, std::string &current, Add add) {
  if (property.owner.empty() || property.owner == current) return;
  current = property.owner;
  add(current.substr(current.find_last_of('/') + 1), current);
}

/// The Scripts of files; main thread only, and only while none is freed.
std::vector<Script *> file_scripts();

/// A new Script for a path; the caller owns its one reference.
void *create_script(const std::string &path);

/// The Script behind an engine object, nullptr if it is none of ours.
Script *dynamic_cast_script(void *object);

void install_scripts(v8::Local<v8::Object> target);
void release_scripts();
void install_reload(v8::Local<v8::Object> target);

/// Whether this is the editor (not a game started from it).
bool is_editor();

} // namespace gts
