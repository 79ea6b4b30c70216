// What differs between operating systems; one implementation file each.
#pragma once
#include <string>

namespace gts::platform {

/// Makes libnode's symbols visible to `.node` addons that are loaded later. Empty on success, else the reason.
std::string export_node_symbols();
/// From now on has_event() is about the event loop behind this uv_backend_fd(); below 0 about none.
void watch_events(int backend);
/// Whether that loop has something to hand over, without waiting. True where it cannot be known.
bool has_event();

} // namespace gts::platform
