#include "adapter_templates.h"

/* The files themselves stand beside this one, so that each can be compiled and tried as it is. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t common_readme_md[] = {
#embed "common/README.md"
};
static const uint8_t common_sample_csv[] = {
#embed "common/sample.csv"
};
static const uint8_t common_expected_csv[] = {
#embed "common/expected.csv"
};
static const uint8_t common_test[] = {
#embed "common/test"
};
static const uint8_t common_gitignore[] = {
#embed "common/gitignore"
};
static const uint8_t swift_package_swift[] = {
#embed "swift/Package.swift"
};
static const uint8_t templateadapter_templateadapter_swift[] = {
#embed "swift/Sources/TemplateAdapter/TemplateAdapter.swift"
};
static const uint8_t swift_build[] = {
#embed "swift/build"
};
static const uint8_t common_exports_map[] = {
#embed "common/exports.map"
};
static const uint8_t c_makefile[] = {
#embed "c/Makefile"
};
static const uint8_t c_template_c[] = {
#embed "c/template.c"
};
static const uint8_t c_build[] = {
#embed "c/build"
};
static const uint8_t adapter_h[] = {
#embed "../../Modules/CAdapterABI/include/cbl/adapter.h"
};
static const uint8_t records_h[] = {
#embed "../../Modules/CAdapterABI/include/cbl/records.h"
};
static const uint8_t rust_cargo_toml[] = {
#embed "rust/Cargo.toml"
};
static const uint8_t src_lib_rs[] = {
#embed "rust/src/lib.rs"
};
static const uint8_t src_abi_rs[] = {
#embed "rust/src/abi.rs"
};
static const uint8_t rust_build[] = {
#embed "rust/build"
};

#define FILE(language, path, is_program, bytes) {language, path, is_program, bytes, sizeof(bytes)}

static const adapter_template templates[] = {
  FILE("", "README.md", 0, common_readme_md),
  FILE("", "samples/sample.csv", 0, common_sample_csv),
  FILE("", "expected.csv", 0, common_expected_csv),
  FILE("", "test", 1, common_test),
  FILE("", ".gitignore", 0, common_gitignore),
  FILE("swift", "Package.swift", 0, swift_package_swift),
  FILE("swift", "Sources/TemplateAdapter/TemplateAdapter.swift", 0, templateadapter_templateadapter_swift),
  FILE("swift", "build", 1, swift_build),
  FILE("swift", "exports.map", 0, common_exports_map),
  FILE("c", "Makefile", 0, c_makefile),
  FILE("c", "template.c", 0, c_template_c),
  FILE("c", "build", 1, c_build),
  FILE("c", "exports.map", 0, common_exports_map),
  FILE("c", "include/cbl/adapter.h", 0, adapter_h),
  FILE("c", "include/cbl/records.h", 0, records_h),
  FILE("rust", "Cargo.toml", 0, rust_cargo_toml),
  FILE("rust", "src/lib.rs", 0, src_lib_rs),
  FILE("rust", "src/abi.rs", 0, src_abi_rs),
  FILE("rust", "build", 1, rust_build),
};

const adapter_template *adapter_template_at(size_t index) {
  return index < sizeof templates / sizeof *templates ? &templates[index] : NULL;
}
