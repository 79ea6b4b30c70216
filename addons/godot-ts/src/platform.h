// What differs between operating systems; one implementation file each.
#pragma once
#include <string>

namespace gts::platform {

/// Makes libnode's symbols visible to `.node` addons that are loaded later. Empty on success, else the reason.
std::string export_node_symbols();
/// Resident memory of this process in megabytes; 0 when unknown.
double resident_mb();

} // namespace gts::platform
