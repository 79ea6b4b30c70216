// Loads and saves `.ts` files as Script resources.
#pragma once

namespace gts {

void register_resource_formats();
void unregister_resource_formats();

} // namespace gts
