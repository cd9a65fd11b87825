# Settings of a start: the environment, then .env, and generated secrets.

# load_env_file FILE: sets the variables of FILE that the environment does not define.
load_env_file() {
  local line name
  [ -f "$1" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    [[ $line =~ ^[[:space:]]*([A-Z][A-Z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[1]}
    [ -n "${!name-}" ] || export "$name=${BASH_REMATCH[2]}"
  done <"$1"
}

# secret NAME: prints it; generates it the first time.
# webhook_key NAME: the same, in the default format of Standard Webhooks libraries.
# known_secret NAME: prints it; nothing when there is none.
known_secret() { cat "$CORDBOARD_DATA/secrets/$1" 2>/dev/null || true; }
secret() { kept_secret "$1" 'require("node:crypto").randomBytes(24).toString("hex")'; }
webhook_key() { kept_secret "$1" '"whsec_" + require("node:crypto").randomBytes(24).toString("base64")'; }
kept_secret() {
  local file=$CORDBOARD_DATA/secrets/$1
  if [ ! -s "$file" ]; then
    (
      umask 077
      mkdir -p "$CORDBOARD_DATA/secrets"
      # Node is always available.
      node -p "$2" >"$file.part"
      mv "$file.part" "$file"
    )
  fi
  cat "$file"
}

set_defaults() {
  export SAMPLE=${SAMPLE:-shop}
  case $SAMPLE in
    shop) export CORDBOARD_DATA=${CORDBOARD_DATA:-data} ;;
    # Another company document; its calls go to the tester's softphone.
    dispatch) export CORDBOARD_DATA=${CORDBOARD_DATA:-data/dispatch} TRUNK_ENDPOINT=${TRUNK_ENDPOINT:-people} ;;
    *) die "SAMPLE is shop or dispatch, not $SAMPLE" ;;
  esac
  [[ $CORDBOARD_DATA = /* ]] || CORDBOARD_DATA=$PWD/$CORDBOARD_DATA
  export HTTP_HOST=${HTTP_HOST:-127.0.0.1} HTTP_PORT=${HTTP_PORT:-8080} SHOP_PORT=${SHOP_PORT:-8090} DISPATCH_PORT=${DISPATCH_PORT:-8091}
  export SHOP_STATE=${SHOP_STATE:-$CORDBOARD_DATA/shop.json} DISPATCH_STATE=${DISPATCH_STATE:-$CORDBOARD_DATA/dispatch.json}
  export GATEWAY_URL=${GATEWAY_URL:-http://127.0.0.1:$HTTP_PORT}
  export SIP_PORT=${SIP_PORT:-5060} ARI_PORT=${ARI_PORT:-8088} AMI_PORT=${AMI_PORT:-5038}
  export RTP_START=${RTP_START:-10000} RTP_END=${RTP_END:-10399}
  export ARI_USER=${ARI_USER:-cordboard} AMI_USER=${AMI_USER:-cordboard} AMI_CONFIG_USER=${AMI_CONFIG_USER:-cordboard-config} ARI_APP=${ARI_APP:-cordboard}
  # Asterisk runs in another folder.
  if [ -n "${TLS_DIR-}" ]; then
    [[ $TLS_DIR = /* ]] || TLS_DIR=$PWD/${TLS_DIR#./}
    [ -r "$TLS_DIR/key.pem" ] || die "TLS_DIR ($TLS_DIR) has no key.pem: scripts/certificate self-signed $(hostname)"
    export TLS_DIR HTTPS_HOST=${HTTPS_HOST:-0.0.0.0} HTTPS_PORT=${HTTPS_PORT:-8443} SIP_TLS_PORT=${SIP_TLS_PORT:-5061}
  fi
  export BIND_ADDRESS=${BIND_ADDRESS:-0.0.0.0} CORDBOARD_DEMO=${CORDBOARD_DEMO:-1}
}

set_secrets() {
  export CORDBOARD_API_TOKEN=${CORDBOARD_API_TOKEN:-$(secret api-token)}
  # For the samples: signing keys of their webhooks and their gateway tokens.
  export WEBHOOK_SHOP_KEY=${WEBHOOK_SHOP_KEY:-$(webhook_key webhook-shop-key)} WEBHOOK_DISPATCH_KEY=${WEBHOOK_DISPATCH_KEY:-$(webhook_key webhook-dispatch-key)}
  local scopes=calls:reject
  [ "${SAMPLE:=shop}" = shop ] || scopes=dispatch:notify+calls:control
  export GATEWAY_API_KEY=${GATEWAY_API_KEY:-} GATEWAY_API_KEY_FILE=$CORDBOARD_DATA/secrets/sample-token
  export TOKEN_FILES=${TOKEN_FILES:+$TOKEN_FILES,}sample-$SAMPLE:$GATEWAY_API_KEY_FILE:$scopes
  [ "$ASTERISK_FROM" = environment ] || export ARI_PASSWORD=${ARI_PASSWORD:-$(secret ari)} AMI_PASSWORD=${AMI_PASSWORD:-$(secret ami)} AMI_CONFIG_PASSWORD=${AMI_CONFIG_PASSWORD:-$(secret ami-config)}
}
