// The engine's C functions that we use, looked up once by name.
#pragma once
#include "gdextension_interface.h"

#define GTS_INTERFACE(X)                                                                         \
  X(GDExtensionInterfaceGetGodotVersion2, get_godot_version2)                                    \
  X(GDExtensionInterfaceStringNewWithUtf8CharsAndLen2, string_new_with_utf8_chars_and_len2)      \
  X(GDExtensionInterfaceStringNewWithLatin1CharsAndLen, string_new_with_latin1_chars_and_len)    \
  X(GDExtensionInterfaceStringNewWithUtf16CharsAndLen2, string_new_with_utf16_chars_and_len2)    \
  X(GDExtensionInterfaceStringToUtf8Chars, string_to_utf8_chars)                                 \
  X(GDExtensionInterfaceStringToUtf16Chars, string_to_utf16_chars)                               \
  X(GDExtensionInterfaceStringToLatin1Chars, string_to_latin1_chars)                             \
  X(GDExtensionInterfaceStringNameNewWithUtf8CharsAndLen, string_name_new_with_utf8_chars_and_len) \
  X(GDExtensionInterfaceVariantNewNil, variant_new_nil)                                          \
  X(GDExtensionInterfaceVariantNewCopy, variant_new_copy)                                        \
  X(GDExtensionInterfaceVariantDestroy, variant_destroy)                                         \
  X(GDExtensionInterfaceVariantCall, variant_call)                                               \
  X(GDExtensionInterfaceVariantEvaluate, variant_evaluate)                                       \
  X(GDExtensionInterfaceVariantConstruct, variant_construct)                                     \
  X(GDExtensionInterfaceVariantGetType, variant_get_type)                                        \
  X(GDExtensionInterfaceVariantGetObjectInstanceId, variant_get_object_instance_id)              \
  X(GDExtensionInterfaceVariantStringify, variant_stringify)                                     \
  X(GDExtensionInterfaceVariantGetConstantValue, variant_get_constant_value)                     \
  X(GDExtensionInterfaceGetVariantFromTypeConstructor, get_variant_from_type_constructor)        \
  X(GDExtensionInterfaceGetVariantToTypeConstructor, get_variant_to_type_constructor)            \
  X(GDExtensionInterfaceVariantGetPtrConstructor, variant_get_ptr_constructor)                   \
  X(GDExtensionInterfaceVariantGetPtrDestructor, variant_get_ptr_destructor)                     \
  X(GDExtensionInterfaceVariantGetPtrBuiltinMethod, variant_get_ptr_builtin_method)              \
  X(GDExtensionInterfaceVariantGetPtrUtilityFunction, variant_get_ptr_utility_function)          \
  X(GDExtensionInterfacePackedByteArrayOperatorIndex, packed_byte_array_operator_index)          \
  X(GDExtensionInterfacePackedInt32ArrayOperatorIndex, packed_int32_array_operator_index)        \
  X(GDExtensionInterfacePackedInt64ArrayOperatorIndex, packed_int64_array_operator_index)        \
  X(GDExtensionInterfacePackedFloat32ArrayOperatorIndex, packed_float32_array_operator_index)    \
  X(GDExtensionInterfacePackedFloat64ArrayOperatorIndex, packed_float64_array_operator_index)    \
  X(GDExtensionInterfacePackedStringArrayOperatorIndex, packed_string_array_operator_index)      \
  X(GDExtensionInterfacePackedVector2ArrayOperatorIndex, packed_vector2_array_operator_index)    \
  X(GDExtensionInterfacePackedVector3ArrayOperatorIndex, packed_vector3_array_operator_index)    \
  X(GDExtensionInterfacePackedVector4ArrayOperatorIndex, packed_vector4_array_operator_index)    \
  X(GDExtensionInterfacePackedColorArrayOperatorIndex, packed_color_array_operator_index)        \
  X(GDExtensionInterfaceArrayOperatorIndex, array_operator_index)                                \
  X(GDExtensionInterfaceArrayOperatorIndexConst, array_operator_index_const)                     \
  X(GDExtensionInterfaceArraySetTyped, array_set_typed)                                          \
  X(GDExtensionInterfaceDictionarySetTyped, dictionary_set_typed)                                \
  X(GDExtensionInterfaceDictionaryOperatorIndex, dictionary_operator_index)                      \
  X(GDExtensionInterfaceDictionaryOperatorIndexConst, dictionary_operator_index_const)           \
  X(GDExtensionInterfaceGlobalGetSingleton, global_get_singleton)                                \
  X(GDExtensionInterfaceClassdbConstructObject2, classdb_construct_object2)                      \
  X(GDExtensionInterfaceClassdbGetMethodBind, classdb_get_method_bind)                           \
  X(GDExtensionInterfaceClassdbGetClassTag, classdb_get_class_tag)                               \
  X(GDExtensionInterfaceObjectCastTo, object_cast_to)                                            \
  X(GDExtensionInterfaceObjectMethodBindPtrcall, object_method_bind_ptrcall)                     \
  X(GDExtensionInterfaceObjectMethodBindCall, object_method_bind_call)                           \
  X(GDExtensionInterfaceObjectDestroy, object_destroy)                                           \
  X(GDExtensionInterfaceObjectGetInstanceBinding, object_get_instance_binding)                   \
  X(GDExtensionInterfaceObjectSetInstanceBinding, object_set_instance_binding)                   \
  X(GDExtensionInterfaceObjectFreeInstanceBinding, object_free_instance_binding)                 \
  X(GDExtensionInterfaceObjectSetInstance, object_set_instance)                                  \
  X(GDExtensionInterfaceObjectGetClassName, object_get_class_name)                               \
  X(GDExtensionInterfaceObjectGetInstanceId, object_get_instance_id)                             \
  X(GDExtensionInterfaceObjectGetInstanceFromId, object_get_instance_from_id)                    \
  X(GDExtensionInterfaceObjectGetScriptInstance, object_get_script_instance)                     \
  X(GDExtensionInterfaceObjectHasScriptMethod, object_has_script_method)                         \
  X(GDExtensionInterfaceClassdbRegisterExtensionClass5, classdb_register_extension_class5)       \
  X(GDExtensionInterfaceClassdbRegisterExtensionClassMethod, classdb_register_extension_class_method) \
  X(GDExtensionInterfaceClassdbUnregisterExtensionClass, classdb_unregister_extension_class)     \
  X(GDExtensionInterfaceRegisterMainLoopCallbacks, register_main_loop_callbacks)                 \
  X(GDExtensionInterfaceCallableCustomCreate2, callable_custom_create2)                          \
  X(GDExtensionInterfaceCallableCustomGetUserData, callable_custom_get_userdata)                 \
  X(GDExtensionInterfacePrintErrorWithMessage, print_error_with_message)                         \
  X(GDExtensionInterfacePrintWarningWithMessage, print_warning_with_message)                     \
  X(GDExtensionInterfacePrintScriptErrorWithMessage, print_script_error_with_message)            \
  X(GDExtensionInterfaceScriptInstanceCreate3, script_instance_create3)                          \
  X(GDExtensionInterfacePlaceHolderScriptInstanceCreate, placeholder_script_instance_create)     \
  X(GDExtensionInterfacePlaceHolderScriptInstanceUpdate, placeholder_script_instance_update)     \
  X(GDExtensionInterfaceEditorAddPlugin, editor_add_plugin)                                      \
  X(GDExtensionInterfaceEditorRemovePlugin, editor_remove_plugin)

namespace gts::gd {

#define GTS_DECLARE(Type, name) extern Type name;
GTS_INTERFACE(GTS_DECLARE)
#undef GTS_DECLARE

/// Identifies this extension to the engine; also the token of our instance bindings and callables.
extern GDExtensionClassLibraryPtr library;

/// Looks every function up. False, after naming the missing one, when the engine is too old.
bool load(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library_pointer);

} // namespace gts::gd
