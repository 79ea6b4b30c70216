// Engine objects as JavaScript objects: one JavaScript object per engine object, for as long as both live.
#pragma once
#include "convert.h"
#include <vector>

namespace gts {

struct ScriptInstance;

/// The engine's instance binding of an object that JavaScript has seen. JavaScript objects point to it, never to the
/// engine's object, so that a freed object is noticed instead of touched.
struct Peer {
  void *object = nullptr; // nullptr once the engine has freed it
  v8::Global<v8::Object> handle;
  std::vector<v8::Global<v8::Object>> former; // objects that stood for it before a script was attached
  bool refcounted = false;
  bool holds_reference = false;
  bool stateful = false; // a script class: its fields must outlive the last JavaScript reference
  bool weak = false;
  bool unused = false; // constructed by a script, and so far nobody has used it: see hold_loosely()
  int collections = 0; // second passes of the garbage collector that are still to come
  bool linked = false;
  Peer *previous = nullptr, *next = nullptr; // list of all peers
  Peer *stand_in = nullptr;                  // of an unused one: what its JavaScript object points to
  Peer *stands_for = nullptr;                // of a stand-in
};

/// Marks our objects: what their first internal field points to.
extern void *const peer_tag;

/// The first use of an object that is held loosely: from now on it lives until it is freed. Returns its peer.
Peer *note_use(v8::Local<v8::Object> object, Peer *stand_in);

/// The Peer of one of our objects, nullptr for any other value.
Peer *peer_of(v8::Local<v8::Value> value);

/// The same for receivers, in a few instructions. An object without internal fields has some tagged value or its neighbour
/// where the tag would be, never the tag's own address, so reading it tells ours from all others.
inline Peer *receiver_peer(v8::Local<v8::Object> object) {
  using Internals = v8::internal::Internals;
  auto address = v8::internal::ValueHelper::ValueAsAddress(*object);
  if (!Internals::CanHaveInternalField(Internals::GetInstanceType(address))) [[unlikely]] return nullptr; // a proxy, a boxed number: reading would abort
  if (object->GetAlignedPointerFromInternalField(0) != peer_tag) return nullptr;
  auto *peer = static_cast<Peer *>(object->GetAlignedPointerFromInternalField(1));
  if (!peer->object && peer->stands_for) [[unlikely]] return note_use(object, peer);
  return peer;
}

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
/// Work that other threads left for the main thread.
void drain_object_queue();
/// Gives back every reference that JavaScript holds; at shutdown.
void release_objects();

} // namespace gts
