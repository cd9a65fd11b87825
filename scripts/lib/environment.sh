# What a start is given: the environment, .env below it, and secrets made once.

# load_env_file FILE: sets what FILE says and the environment does not.
load_env_file() {
  local line name
  [ -f "$1" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    [[ $line =~ ^[[:space:]]*([A-Z][A-Z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[1]}
    [ -n "${!name-}" ] || export "$name=${BASH_REMATCH[2]}"
  done <"$1"
}

# secret NAME: prints it; a new one the first time.
secret() {
  local file=$CORDBOARD_DATA/secrets/$1
  if [ ! -s "$file" ]; then
    (
      umask 077
      mkdir -p "$CORDBOARD_DATA/secrets"
      # From Node, which is there in any case.
      node -p 'require("node:crypto").randomBytes(24).toString("hex")' >"$file.part"
      mv "$file.part" "$file"
    )
  fi
  cat "$file"
}

set_defaults() {
  export CORDBOARD_DATA=${CORDBOARD_DATA:-data}
  [[ $CORDBOARD_DATA = /* ]] || CORDBOARD_DATA=$PWD/$CORDBOARD_DATA
  export HTTP_HOST=${HTTP_HOST:-127.0.0.1} HTTP_PORT=${HTTP_PORT:-8080} SHOP_PORT=${SHOP_PORT:-8090}
  export SHOP_STATE=${SHOP_STATE:-$CORDBOARD_DATA/shop.json} GATEWAY_URL=${GATEWAY_URL:-http://127.0.0.1:$HTTP_PORT}
  export SIP_PORT=${SIP_PORT:-5060} ARI_PORT=${ARI_PORT:-8088} AMI_PORT=${AMI_PORT:-5038}
  export RTP_START=${RTP_START:-10000} RTP_END=${RTP_END:-10399}
  export ARI_USER=${ARI_USER:-cordboard} AMI_USER=${AMI_USER:-cordboard} AMI_CONFIG_USER=${AMI_CONFIG_USER:-cordboard-config} ARI_APP=${ARI_APP:-cordboard}
  export BIND_ADDRESS=${BIND_ADDRESS:-0.0.0.0} CORDBOARD_DEMO=${CORDBOARD_DEMO:-1}
}

set_secrets() {
  export CORDBOARD_API_TOKEN=${CORDBOARD_API_TOKEN:-$(secret api-token)}
  # Of the sample shop: what webhooks to it are signed with, and how it logs in to the gateway.
  export WEBHOOK_SHOP_KEY=${WEBHOOK_SHOP_KEY:-$(secret webhook-shop-key)} GATEWAY_API_KEY=${GATEWAY_API_KEY:-$CORDBOARD_API_TOKEN}
  [ "$ASTERISK_FROM" = environment ] || export ARI_PASSWORD=${ARI_PASSWORD:-$(secret ari)} AMI_PASSWORD=${AMI_PASSWORD:-$(secret ami)} AMI_CONFIG_PASSWORD=${AMI_CONFIG_PASSWORD:-$(secret ami-config)}
}
