#include "conversion.h"

namespace gts {

void install_convert(v8::Local<v8::Object> target) {
  install_value_classes(target);
  install_boxes(target);
}

void release_convert() {
  release_value_classes();
  release_strings();
  release_to_js();
  release_boxes();
}

} // namespace gts
