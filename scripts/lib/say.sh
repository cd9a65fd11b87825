# Progress lines, on standard error so that what a script answers can be captured.

say() { printf '[%4ss] %s\n' "$SECONDS" "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# ticking COMMAND...: runs it, and says every ten seconds that it still does.
ticking() {
  local ticker code=0
  # `read` from what never says anything, rather than `sleep`: it ends with its shell.
  (exec {never}<> <(:) && while ! read -rt 10 -u "$never"; do say '… still at it'; done) &
  ticker=$!
  "$@" || code=$?
  kill "$ticker" 2>/dev/null
  wait "$ticker" 2>/dev/null || true
  return "$code"
}
