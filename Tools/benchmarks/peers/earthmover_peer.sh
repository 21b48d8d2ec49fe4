#!/bin/sh
# earthmover doing task A. Usage: earthmover_peer.sh A INPUT OUTPUT (writes OUTPUT, by way of OUTPUT.d)
mkdir -p "$3.d" || exit 73
cp "$(dirname "$0")/earthmover.yaml" "$(dirname "$0")/earthmover.jinja" "$3.d/" || exit 73
IN="$(realpath "$2")" || exit 66
cd "$3.d" || exit 73
"${BENCH_BIN:-}earthmover" run -c earthmover.yaml -f -k -p "{\"IN\": \"$IN\"}" > log 2>&1 || exit 70
mv evidence.csv "$3"
