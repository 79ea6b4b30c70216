// What differs between operating systems; one implementation file each.
#pragma once
#include <string>

namespace gts::platform {

/// Makes libnode's symbols visible to `.node` addons that are loaded later. Empty on success, else the reason.
std::string export_node_symbols();
/// Resident memory of this process in megabytes; 0 when unknown.
double resident_mb();
/// Whether the event loop behind uv_backend_fd() has something to hand over, without waiting. True where that cannot be known.
bool has_event(int backend);

} // namespace gts::platform
