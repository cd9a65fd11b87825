# Progress lines, on standard error so that what a script answers can be captured.

say() { printf '[%4ss] %s\n' "$SECONDS" "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
