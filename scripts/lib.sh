# What the scripts share. Source it, then call `step NAME COMMAND…`.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD

# A build machine starts from a new checkout: what was built stays outside of it.
if [ "${CI:-}" = true ]; then
    export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${HOME:-/tmp}/.cache/ferrite/target}"
    export npm_config_cache="${npm_config_cache:-${HOME:-/tmp}/.cache/ferrite/npm}"
    export CARGO_INCREMENTAL=0
fi
TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"
export CARGO_TERM_PROGRESS_WHEN=never

STARTED=$SECONDS
STEPS=""

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a step, prints its name and how long it took; the first that fails ends everything.
# Not called as a condition: the steps' own `set -e` must stay in force.
step() {
    local name=$1 began=$SECONDS
    shift
    say "── $name"
    CURRENT=$name
    "$@"
    CURRENT=""
    STEPS+=$(printf '%6d s  %s' $((SECONDS - began)) "$name")$'\n'
}

CURRENT=""
report() {
    local code=$?
    if [ -n "$STEPS" ]; then
        say "── steps"
        printf '%s' "$STEPS"
        printf '%6d s  in all\n' $((SECONDS - STARTED))
    fi
    if [ "$code" -ne 0 ]; then
        say "FAILED${CURRENT:+: $CURRENT}"
    fi
}
trap report EXIT
