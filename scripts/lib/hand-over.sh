# Replaces a running gateway by a new version under calls. Between the two a third one, called next, of the new version, takes over: it proves
# that the new version starts before the old one stops. The caller defines:
#   start_next     starts the new version with STANDBY_PORT=$NEXT_STANDBY_PORT, and does not wait
#   next_runs      whether it still runs
#   stop_next      stops it and waits for its end; also when it does not run
#   replace_main   stops the old gateway and starts the new version in its place, with STANDBY_PORT=$STANDBY_PORT
#   main_runs      whether the gateway in that place runs or is being started again
# HTTP_HOST, as of the gateways.

STANDBY_PORT=${STANDBY_PORT:-8079}
NEXT_STANDBY_PORT=${NEXT_STANDBY_PORT:-8078}
# How long a new version may take, which migrates a large database (s).
HAND_OVER_WAIT_S=${HAND_OVER_WAIT_S:-600}

health() {
  if command -v curl >/dev/null; then curl --silent --max-time 2 "$1"
  else node -e 'fetch(process.argv[1], { signal: AbortSignal.timeout(2000) }).then((r) => r.text()).then(console.log, () => undefined)' "$1"
  fi || true
}

# standing PORT: starting, standby or owner; nothing when no gateway answers.
standing() {
  local host=${HTTP_HOST:-127.0.0.1}
  case $host in
    0.0.0.0 | ::) host=127.0.0.1 ;;
    *:*) host=[$host] ;;
  esac
  # A host of containers may have no Node.js.
  health "http://$host:$1/healthz" 2>/dev/null | sed -n 's/.*"node": *"\([a-z]*\)".*/\1/p'
}

# becomes PORT RUNS STANDING...: waits until the gateway has one of these; fails when it ends before.
becomes() {
  local port=$1 runs=$2 now last=$((SECONDS + HAND_OVER_WAIT_S))
  shift 2
  while ((SECONDS < last)); do
    now=$(standing "$port")
    [[ -z $now || " $* " != *" $now "* ]] || return 0
    "$runs" || return 1
    sleep 0.2
  done
  return 1
}

# Fails with 1 when the old gateway goes on, with 2 when nothing is known to run, and with 3 when the new version runs, but only as next.
hand_over() {
  stop_next
  start_next || return 1
  if ! becomes "$NEXT_STANDBY_PORT" next_runs standby owner; then
    stop_next
    return 1
  fi
  say 'the new version waits; it takes over now'
  if ! replace_main && [ "$(standing "$STANDBY_PORT")" = owner ]; then
    stop_next
    return 1
  fi
  local last=$((SECONDS + HAND_OVER_WAIT_S)) now=
  while ((SECONDS < last)); do
    now="$(standing "$NEXT_STANDBY_PORT") $(standing "$STANDBY_PORT")"
    # The second: the old gateway was so slow to end that the one in its place came first.
    case $now in
      'owner standby' | *' owner') break ;;
    esac
    next_runs || main_runs || break
    sleep 0.2
  done
  [ "$now" != 'owner ' ] || return 3
  stop_next
  becomes "$STANDBY_PORT" main_runs owner || return 2
}
