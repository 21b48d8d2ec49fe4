# Shared by the scripts beside it; each runs in the folder of its consumer.
set -euo pipefail
unset SWIFTPM_BUILD_DIR || true

fail() {
  echo "$(basename "$PWD"): $*" >&2
  exit 1
}

# build OPTION...: builds the consumer and shows only what went wrong.
build() {
  mkdir -p .build
  if ! swift build -j "${CBL_JOBS:-2}" "$@" >.build/log 2>&1; then
    grep -E 'error' .build/log | head -20
    tail -5 .build/log
    fail "does not build"
  fi
}

# nothing_fetched: no package but this repository was cloned or resolved.
nothing_fetched() {
  local clones
  clones=$(ls .build/repositories .build/checkouts 2>/dev/null | grep -vE ':$|^$' || true)
  [ -z "$clones" ] || fail "fetched: $clones"
  local others
  others=$(swift package show-dependencies --format flatlist 2>/dev/null || true)
  [ "$(printf '%s\n' "$others" | wc -l)" = 1 ] || fail "depends on:" $others
}

# only_built MODULE...: no other module was compiled for the consumer, not even the tool of our build
# plugin. (SwiftPM compiles that for every consumer as soon as a module of the package uses the
# plugin; ours is used by a test target.) `CBL_PLUGIN=1` for a consumer that uses the plugin.
only_built() {
  local wanted=" $* " built name
  # Planning makes folders for every target; object files tell what was compiled.
  built=$(find .build -name '*.o' -path '*.build/*.build/*' | sed -E 's|.*/([^/]*)\.build/.*|\1|' \
    | sort -u)
  for name in $built; do
    case "$wanted" in *" $name "*) ;; *) [[ ${CBL_PLUGIN:-} && $name == *-tool ]] || fail "built $name" ;; esac
  done
  for name in "$@"; do
    printf '%s\n' "$built" | grep -qx "$name" || fail "did not build $name"
  done
}

# needs_only FILE PATTERN: the libraries that FILE loads all match the pattern.
needs_only() {
  command -v readelf >/dev/null || { echo "  skipped: readelf is not here"; return 0; }
  local others
  others=$(readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE "$2" || true)
  [ -z "$others" ] || fail "$(basename "$1") needs: $others"
}

# exports_only_entry FILE: the adapter's entry is all that it exports.
exports_only_entry() {
  command -v nm >/dev/null || { echo "  skipped: nm is not here"; return 0; }
  local names
  # Lower-case letters are local symbols, which the linker keeps for relocations only.
  names=$(nm -D --defined-only "$1" | awk '$2 ~ /[B-Z]/ { print $3 }' | sort | tr '\n' ' ')
  [ "$names" = "cbl_adapter_v1 " ] || fail "$(basename "$1") exports: ${names:0:400}"
}

# shown_by_tool FILE FORMAT: the tool lists the format of an adapter outside of the repository,
# and reads with it.
shown_by_tool() {
  local tool=../../../.build/release/cbl-tool format=$2 listing ending
  if [ ! -x "$tool" ]; then
    echo "  skipped: there is no release build of cbl-tool"
    return 0
  fi
  listing=$("$tool" formats --adapter "$1" 2>&1) || fail "formats: $listing"
  case "$listing" in *"$format"*) ;; *) fail "cbl-tool formats does not show $format" ;; esac
  ending=${format/tiny-swift/tinys}
  ending=${ending/tiny-c/tinyc}
  printf '007\tBrandt, Jonas\n008\tEze, Kit\n' >".build/people.$ending"
  rm -rf .build/people.cbl
  "$tool" convert ".build/people.$ending" --adapter "$1" --to cbl -o .build/people.cbl \
    >.build/convert.log 2>&1 || { cat .build/convert.log; fail "cbl-tool convert failed"; }
  "$tool" inspect .build/people.cbl 2>&1 | grep -E 'person +2' >/dev/null \
    || fail "the two people are not in the output"
  echo "  cbl-tool shows and reads $format"
}

# keeps_the_rules FILE SAMPLES: the adapter passes every rule of the strict level.
keeps_the_rules() {
  local tool=../../../.build/release/cbl-tool
  if [ ! -x "$tool" ]; then
    echo "  skipped: there is no release build of cbl-tool"
    return 0
  fi
  "$tool" adapter check "$1" --samples "$2" --level strict >.build/check.log 2>&1 \
    || { cat .build/check.log; fail "breaks rules"; }
  echo "  adapter check --level strict: $(tail -1 .build/check.log)"
}
