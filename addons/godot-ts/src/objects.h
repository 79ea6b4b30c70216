// Engine objects as JavaScript objects: one JavaScript object per engine object, for as long as both live.
#pragma once
#include "peers.h"

namespace gts {

struct ScriptInstance;

/// Marks our objects: what their first internal field points to.
extern void *const peer_tag;

/// The Peer of one of our objects, nullptr for any other value.
Peer *peer_of(v8::Local<v8::Value> value);

/// What a receiver points to, a stand-in as well, in a few instructions. An object without internal fields has some tagged value or its
/// neighbour where the tag would be, never the tag's own address, so reading it tells ours from all others.
inline Peer *pointed_peer(v8::Local<v8::Object> object) {
  using Internals = v8::internal::Internals;
  auto address = v8::internal::ValueHelper::ValueAsAddress(*object);
  if (!Internals::CanHaveInternalField(Internals::GetInstanceType(address))) [[unlikely]] return nullptr; // a proxy, a boxed number: reading would abort
  if (object->GetAlignedPointerFromInternalField(0) != peer_tag) return nullptr;
  return static_cast<Peer *>(object->GetAlignedPointerFromInternalField(1));
}

/// The same as peer_of() for receivers.
inline Peer *receiver_peer(v8::Local<v8::Object> object) {
  Peer *peer = pointed_peer(object);
  if (peer && !peer->object && peer->stands_for) [[unlikely]] return note_use(object, peer);
  return peer;
}

/// The same for a use of which the engine learns nothing: it does not count as one.
inline Peer *peeked_peer(v8::Local<v8::Object> object) {
  Peer *peer = pointed_peer(object);
  if (peer && !peer->object && peer->stands_for) [[unlikely]] return peer->stands_for;
  return peer;
}

/// The numbers of a class that JavaScript knows already; no object is in the range of one that it does not know.
ClassRange class_range(const std::string &name);

/// `adopt_reference`: the caller's reference to a RefCounted passes to JavaScript.
v8::Local<v8::Value> wrap_object(void *object, bool adopt_reference);
/// Creates the instance of a script class that stands for an existing engine object. Empty, with a pending exception, if its constructor threw.
v8::MaybeLocal<v8::Object> construct_peer(v8::Local<v8::Function> script_class, void *object);
/// An instance of a class without an engine object, to read its initial fields; engine calls on it throw.
v8::MaybeLocal<v8::Object> construct_detached(v8::Local<v8::Function> script_class);

/// Throws ObjectFreedError.
void throw_freed(v8::Local<v8::Object> object, std::string_view operation);

bool is_class(void *object, const char *class_name);

void install_objects(v8::Local<v8::Object> target);
/// Gives back every reference that JavaScript holds; at shutdown.
void release_objects();

} // namespace gts
