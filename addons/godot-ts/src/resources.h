// Loads and saves `.ts` files as Script resources.
#pragma once
#include <string>

namespace gts {

/// The text of a file of the project; empty if there is none. On any thread.
std::string read_text_file(const std::string &path);

void register_resource_formats();
void unregister_resource_formats();

} // namespace gts
