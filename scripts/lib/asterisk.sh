# The source of Asterisk: ASTERISK_FROM is `environment`, `docker` or `rootfs`.

choose_asterisk() {
  export ASTERISK_FROM
  if [ -n "${ARI_URL-}" ]; then
    ASTERISK_FROM=environment
  elif [ -n "${CORDBOARD_ASTERISK-}" ]; then
    ASTERISK_FROM=$CORDBOARD_ASTERISK
  elif engine_works; then
    ASTERISK_FROM=docker
  else
    ASTERISK_FROM=rootfs
  fi
  case $ASTERISK_FROM in
    environment)
      # Made by cordboard connect.
      export ARI_PASSWORD=${ARI_PASSWORD:-$(known_secret ari)} AMI_PASSWORD=${AMI_PASSWORD:-$(known_secret ami)} AMI_CONFIG_PASSWORD=${AMI_CONFIG_PASSWORD:-$(known_secret ami-config)}
      [ -n "${ARI_PASSWORD-}" ] && [ -n "${AMI_PASSWORD-}" ] || die 'ARI_URL is given: run ./scripts/cordboard connect, or set ARI_PASSWORD and AMI_PASSWORD, too'
      export AMI_HOST=${AMI_HOST:-$(node -p 'new URL(process.env.ARI_URL).hostname')}
      ;;
    docker | rootfs) export ARI_URL=http://127.0.0.1:$ARI_PORT AMI_HOST=127.0.0.1 ;;
    *) die "CORDBOARD_ASTERISK is docker or rootfs, not $ASTERISK_FROM" ;;
  esac
}

engine_works() { have docker && timeout 10 docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; }

# One project per data folder, so that installations do not share a container.
compose() { docker compose --project-name "cordboard-$(printf %s "$CORDBOARD_DATA" | cksum | cut -d ' ' -f 1)" "$@"; }

# The image and the container, ready to take calls.
start_engine_asterisk() {
  say 'building and starting Asterisk with Docker'
  touch "$CORDBOARD_DATA/run/compose"
  compose up --build --detach --wait --quiet-pull asterisk </dev/null >"$CORDBOARD_DATA/logs/asterisk.log" 2>&1 || {
    tail -n 30 "$CORDBOARD_DATA/logs/asterisk.log" >&2
    die 'Docker did not start Asterisk: see above, or use CORDBOARD_ASTERISK=rootfs'
  }
}

stop_engine_asterisk() {
  [ -e "$CORDBOARD_DATA/run/compose" ] || return 0
  say 'stopping Asterisk'
  compose down --timeout 5 >/dev/null 2>&1 || say 'docker compose down failed: see docker ps'
  rm -f "$CORDBOARD_DATA/run/compose"
}
