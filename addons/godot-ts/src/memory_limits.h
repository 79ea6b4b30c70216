// How much memory JavaScript may have, by the project's settings.
#pragma once

namespace gts {

/// Hands the limits in [godot_ts] of the project settings to V8, before it makes a heap. One that makes no sense is reported
/// and left out.
void set_memory_limits();

} // namespace gts
