// Exports of a game: scripts are built files, which the engine's exporter does not know of.
#pragma once

namespace gts {

/// At the editor's initialisation level and its end.
void register_export();
void unregister_export();

} // namespace gts
