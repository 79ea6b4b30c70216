// Colours of TypeScript in the script editor; js/highlight.js knows them.
#pragma once

namespace gts {

void register_highlighter();
void unregister_highlighter();

/// Offers it to the editor, which takes it for our language; and takes it back.
void begin_highlighting();
void end_highlighting();

} // namespace gts
