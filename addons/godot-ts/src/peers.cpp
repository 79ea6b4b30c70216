#include "objects.h"
#include "instance.h"
#include <mutex>

namespace gts {

using v8::Local;

namespace {
alignas(16) char peer_tag_target;
}
void *const peer_tag = &peer_tag_target;

namespace {

Peer *first_peer = nullptr;
uint32_t peers = 0;
Peer freed_peer; // what objects point to whose engine object is gone

void link(Peer *peer) {
  peer->linked = true;
  peer->next = first_peer;
  if (first_peer) first_peer->previous = peer;
  first_peer = peer;
  peers++;
}

void unlink(Peer *peer) {
  if (!peer->linked) return;
  peer->linked = false;
  (peer->previous ? peer->previous->next : first_peer) = peer->next;
  if (peer->next) peer->next->previous = peer->previous;
  peer->previous = peer->next = nullptr;
  peers--;
}

/// Peers of nodes come and go with them: those that went wait here for the next, up to a number that games pass only at once.
constexpr uint32_t most_spare_peers = 1024;
Peer *spare_peers = nullptr; // by `next`
uint32_t spare_count = 0;

/// V8 sees a small object where the engine holds a whole resource: tell it, so that it collects in time.
constexpr int64_t refcounted_bytes = 2048;

std::mutex queue_mutex;
std::vector<Peer *> freed_queue; // objects freed on other threads: their handles wait for the main thread
std::vector<uint64_t> toggle_queue;

MethodBind bind_unreference{"RefCounted", "unreference", 2240911060};
MethodBind bind_reference_count{"RefCounted", "get_reference_count", 3905245786};

int64_t reference_count(void *object) {
  int64_t count = 0;
  bind_reference_count.call(object, nullptr, &count);
  return count;
}

/// Its handles are empty and nothing points to it any more.
void drop_peer(Peer *peer) {
  unlink(peer);
  drop_stand_in(peer);
  if (spare_count >= most_spare_peers || peer->refcounted || !peer->former.empty()) {
    delete peer;
    return;
  }
  peer->stateful = peer->weak = false;
  peer->next = spare_peers;
  spare_peers = peer;
  spare_count++;
}

/// Last step of a collected JavaScript object: the engine gets its reference back.
void release_collected(const v8::WeakCallbackInfo<Peer> &info) {
  Peer *peer = info.GetParameter();
  peer->collections--;
  // The object may have come back before this second pass, and gone again.
  if (!peer->handle.IsEmpty() || peer->collections > 0) return;
  unlink(peer);
  void *object = peer->object;
  bool held = peer->holds_reference, unused = peer->unused;
  if (object) {
    peer->object = nullptr;
    gd::object_free_instance_binding(object, gd::library);
  }
  if (held) runtime::isolate->AdjustAmountOfExternalAllocatedMemory(-refcounted_bytes);
  drop_stand_in(peer);
  delete peer;
  if (object && held) unreference(object);
  if (object && unused) gd::object_destroy(object);
}

/// The engine's object is gone: the JavaScript objects point to nothing from now on, and the peer can go as well.
void object_freed(Peer *peer) {
  if (peer->handle.IsEmpty()) return; // release_collected follows
  strong(peer->handle)->SetAlignedPointerInInternalField(1, &freed_peer);
  for (auto &handle : peer->former) strong(handle)->SetAlignedPointerInInternalField(1, &freed_peer);
  peer->former.clear();
  peer->handle.Reset();
  if (peer->holds_reference) runtime::isolate->AdjustAmountOfExternalAllocatedMemory(-refcounted_bytes);
  peer->holds_reference = false;
  if (peer->collections > 0) return; // a second pass still comes and deletes it
  drop_peer(peer);
}

/// The engine is about to free the object.
void binding_free(void *, void *, void *binding) {
  auto *peer = static_cast<Peer *>(binding);
  if (!peer->object) return; // we are freeing the binding ourselves
  peer->object = nullptr;
  if (!runtime::has_isolate()) {
    delete peer;
    return;
  }
  if (runtime::is_main_thread()) return object_freed(peer);
  std::lock_guard lock(queue_mutex);
  freed_queue.push_back(peer);
  runtime::leave_for_frame();
}

GDExtensionBool binding_reference(void *, void *binding, GDExtensionBool) {
  auto *peer = static_cast<Peer *>(binding);
  if (!peer->stateful || !peer->object || !runtime::has_isolate()) return true;
  if (runtime::is_main_thread()) {
    update_strength(peer);
  } else {
    std::lock_guard lock(queue_mutex);
    toggle_queue.push_back(gd::object_get_instance_id(peer->object));
    runtime::leave_for_frame();
  }
  return true;
}

/// The peer that `bind` hands to the engine.
Peer *peer_to_bind = nullptr;

void *binding_create(void *, void *) {
  return peer_to_bind;
}

const GDExtensionInstanceBindingCallbacks binding_callbacks = {binding_create, binding_free, binding_reference};

} // namespace

uint32_t peer_count() { return peers; }

Peer *make_peer(void *object, bool refcounted, uint32_t class_number) {
  Peer *peer = spare_peers;
  if (peer) {
    spare_peers = peer->next;
    spare_count--;
    peer->next = nullptr;
  } else {
    peer = new Peer();
  }
  peer->object = object;
  peer->class_number = class_number;
  peer->refcounted = refcounted;
  link(peer);
  return peer;
}

void drop_stand_in(Peer *peer) {
  delete peer->stand_in;
  peer->stand_in = nullptr;
  peer->unused = false;
}

void unreference(void *object) {
  GDExtensionBool die = false;
  bind_unreference.call(object, nullptr, &die);
  if (die) gd::object_destroy(object);
}

void hold_reference(Peer *peer) {
  peer->holds_reference = true;
  runtime::isolate->AdjustAmountOfExternalAllocatedMemory(refcounted_bytes);
}

void make_weak(Peer *peer) {
  peer->weak = true;
  peer->handle.SetWeak(
      peer,
      [](const v8::WeakCallbackInfo<Peer> &info) {
        info.GetParameter()->handle.Reset();
        info.GetParameter()->weak = false;
        info.GetParameter()->collections++;
        info.SetSecondPassCallback(release_collected);
      },
      v8::WeakCallbackType::kParameter);
}

void hold_loosely(Local<v8::Object> self, Peer *peer) {
  peer->unused = true;
  peer->stand_in = new Peer();
  peer->stand_in->stands_for = peer;
  self->SetAlignedPointerInInternalField(1, peer->stand_in);
  let_go_of_peer(peer->object);
  make_weak(peer);
}

Peer *note_use(Local<v8::Object> object, Peer *stand_in) {
  Peer *peer = stand_in->stands_for;
  object->SetAlignedPointerInInternalField(1, peer);
  peer->handle.ClearWeak();
  peer->weak = false;
  drop_stand_in(peer);
  keep_peer(peer->object, object);
  return peer;
}

void update_strength(Peer *peer) {
  if (!peer->object || !peer->refcounted || peer->handle.IsEmpty()) return;
  bool weak = !peer->object || (peer->refcounted && (!peer->stateful || reference_count(peer->object) <= 1));
  if (weak == peer->weak) return;
  if (weak) {
    make_weak(peer);
  } else {
    peer->handle.ClearWeak();
    peer->weak = false;
  }
}

/// By way of `get`, because `set` is meant for new objects: it does not count a binding that comes after a freed one, which
/// then is never found again (an object whose wrapper was collected and that is wrapped for a second and third time).
void bind(void *object, Peer *peer) {
  peer_to_bind = peer;
  gd::object_get_instance_binding(object, gd::library, &binding_callbacks);
  peer_to_bind = nullptr;
}

void bind_new(void *object, Peer *peer) { gd::object_set_instance_binding(object, gd::library, peer, &binding_callbacks); }

void drain_object_queue() {
  std::vector<Peer *> freed;
  std::vector<uint64_t> toggles;
  {
    std::lock_guard lock(queue_mutex);
    freed.swap(freed_queue);
    toggles.swap(toggle_queue);
  }
  for (Peer *peer : freed) object_freed(peer);
  for (uint64_t id : toggles) {
    void *object = gd::object_get_instance_from_id(id);
    if (!object) continue;
    if (auto *peer = static_cast<Peer *>(gd::object_get_instance_binding(object, gd::library, nullptr))) update_strength(peer);
  }
}

void release_peers() {
  drain_object_queue();
  while (Peer *peer = first_peer) {
    unlink(peer);
    if (peer->holds_reference) runtime::isolate->AdjustAmountOfExternalAllocatedMemory(-refcounted_bytes);
    peer->handle.Reset();
    peer->former.clear();
    void *object = peer->object;
    bool held = peer->holds_reference, unused = peer->unused;
    peer->holds_reference = false;
    drop_stand_in(peer);
    if (object) {
      peer->object = nullptr;
      gd::object_free_instance_binding(object, gd::library);
      if (held) unreference(object);
      if (unused) gd::object_destroy(object);
    }
    if (peer->collections == 0) delete peer; // else the second pass does it
  }
  while (Peer *peer = spare_peers) {
    spare_peers = peer->next;
    delete peer;
  }
  spare_count = 0;
}

} // namespace gts
