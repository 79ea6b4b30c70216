// What a script's source says of its class, without running it: the editor asks on threads that have no JavaScript.
#pragma once
#include <string>

namespace gts {

struct ClassSource {
  std::string global_name; // `static class_name = "Avatar"`, or true for the class's own; empty without one
  std::string base;        // a class of the engine or of a script with a global name
  std::string icon;
  bool is_abstract = false;
  bool is_tool = false;
};

/// Of the default export; empty for what is no script class.
ClassSource read_class_source(const std::string &source, const std::string &path);

} // namespace gts
