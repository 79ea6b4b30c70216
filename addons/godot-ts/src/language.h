// The script language "TypeScript", and the loader and saver of `.ts` files.
#pragma once

namespace gts {

/// The engine's ScriptLanguage object; nullptr before registration and after.
void *language_object();

/// Registers classes, language, loader and saver; and the reverse.
void register_language();
void unregister_language();

} // namespace gts
