#include "class_source.h"
#include "resources.h"
#include <regex>

namespace gts {

namespace {

constexpr int longest_lineage = 16;

/// The source without comments, and with one space for each run of them and of white space.
std::string condense(const std::string &source) {
  std::string out;
  char quote = 0;
  for (size_t i = 0; i < source.size(); i++) {
    char letter = source[i];
    if (quote) {
      out += letter;
      if (letter == '\\' && i + 1 < source.size()) out += source[++i];
      else if (letter == quote) quote = 0;
      continue;
    }
    bool is_space = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
    if (letter == '/' && source.compare(i, 2, "//") == 0) {
      i = std::min(source.find('\n', i), source.size());
      is_space = true;
    } else if (letter == '/' && source.compare(i, 2, "/*") == 0) {
      size_t end = source.find("*/", i + 2);
      i = end == std::string::npos ? source.size() : end + 1;
      is_space = true;
    } else if (letter == '"' || letter == '\'' || letter == '`') {
      quote = letter;
    }
    if (!is_space) out += letter;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

/// The first group that took part in a match; empty without a match.
std::string find(const std::string &text, const std::string &pattern) {
  std::smatch match;
  if (!std::regex_search(text, match, std::regex(pattern))) return {};
  for (size_t i = 1; i < match.size(); i++)
    if (match[i].matched) return match[i];
  return match[0];
}

std::string value_of(const std::string &text, const std::string &field) {
  return find(text, "\\bstatic (?:readonly |override )*" + field + "(?: ?: ?\\w+)? ?= ?(?:[\"']([^\"']*)[\"']|(true)\\b)");
}

/// `./base.ts` as seen from a file.
std::string beside(const std::string &path, std::string relative) {
  std::string folder = path.substr(0, path.find_last_of('/'));
  for (;;) {
    if (relative.starts_with("./")) relative = relative.substr(2);
    else if (relative.starts_with("../")) {
      relative = relative.substr(3);
      folder = folder.substr(0, folder.find_last_of('/'));
    } else break;
  }
  if (relative.ends_with(".js")) relative.replace(relative.size() - 3, 3, ".ts");
  return folder + "/" + relative;
}

/// The name that an import gives `name` for in its module ("default" for that export), and the module; empty if none does.
std::string imported(const std::string &text, const std::string &name, std::string &from) {
  static const std::regex statement("\\bimport (?:type )?(?:([\\w$]+) ?,? ?)?(?:\\{([^}]*)\\} ?)?from ?[\"']([^\"']+)[\"']");
  static const std::regex part("([\\w$]+)(?: as ([\\w$]+))?");
  for (std::sregex_iterator found(text.begin(), text.end(), statement), end; found != end; ++found) {
    from = (*found)[3];
    if ((*found)[1] == name) return "default";
    std::string names = (*found)[2];
    for (std::sregex_iterator item(names.begin(), names.end(), part); item != end; ++item) {
      if (((*item)[2].matched ? (*item)[2] : (*item)[1]) == name) return (*item)[1];
    }
  }
  return {};
}

/// The engine class or global name behind a name in a source.
std::string resolve_base(const std::string &text, const std::string &path, const std::string &name, int depth) {
  if (depth > longest_lineage) return {};
  if (size_t dot = name.find('.'); dot != std::string::npos) return name.substr(dot + 1); // import * as godot
  std::string from, original = imported(text, name, from);
  if (original.empty()) {
    std::string base = find(text, "\\bclass " + name + "(?:<[^>]*>)? extends ([\\w$.]+)");
    return base.empty() ? std::string() : resolve_base(text, path, base, depth + 1);
  }
  if (from == "godot") return original == "GodotObject" ? "Object" : original;
  if (!from.starts_with(".")) return {};
  std::string file = beside(path, from), other = condense(read_text_file(file));
  std::string own = find(other, "\\bexport default (?:abstract )?class ([\\w$]+)");
  if (original == "default") {
    original = own;
    std::string global_name = value_of(other, "class_name");
    if (!global_name.empty()) return global_name == "true" ? own : global_name;
  }
  return original.empty() ? std::string() : resolve_base(other, file, original, depth + 1);
}

} // namespace

ClassSource read_class_source(const std::string &source, const std::string &path) {
  ClassSource result;
  std::string text = condense(source);
  std::string own = find(text, "\\bexport default (?:abstract )?class ([\\w$]+)");
  if (own.empty()) return result;
  result.global_name = value_of(text, "class_name");
  if (result.global_name == "true") result.global_name = own;
  result.base = resolve_base(text, path, own, 0);
  result.icon = value_of(text, "icon");
  result.is_abstract = !find(text, "\\bexport default abstract class ").empty();
  result.is_tool = value_of(text, "tool") == "true";
  return result;
}

} // namespace gts
