# Progress lines, on standard error so that a script's output can be captured.

say() { printf '[%4ss] %s\n' "$SECONDS" "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# ticking COMMAND...: runs it, and reports progress every ten seconds.
ticking() {
  local ticker code=0
  # `read` from a silent pipe instead of `sleep`: it ends with its shell.
  (exec {never}<> <(:) && while ! read -rt 10 -u "$never"; do say '… still running'; done) &
  ticker=$!
  "$@" || code=$?
  kill "$ticker" 2>/dev/null
  wait "$ticker" 2>/dev/null || true
  return "$code"
}
