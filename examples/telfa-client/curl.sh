#!/usr/bin/env bash
# Telfa's control API with curl, in JSON. Fields go as they come: in the query of a GET, in the body of everything else.
#
#   curl.sh URL LOGIN METHOD PATH [FIELD=VALUE...]     LOGIN: user:password, or an API key
#
#   curl.sh http://127.0.0.1:8080 "$API_KEY" POST /calls number=777888999 telfa_user_id=7
#   curl.sh http://127.0.0.1:8080 jana@shop.cz:password POST /calls/interrupt id=c_01 recording_id=40
#   curl.sh http://127.0.0.1:8080 "$API_KEY" GET /recipes page=1
set -euo pipefail
(($# >= 4)) || { sed -n '2,/^set /s/^# \{0,1\}//p' "$0" >&2; exit 2; }
url=$1 login=$2 method=$3 path=$4
shift 4

case $login in
  *:*) auth=(--user "$login") ;;
  *) auth=(--header "X-Api-Key: $login") ;;
esac
fields=()
if [ "$method" = GET ]; then
  fields+=(--get)
  for field in "$@"; do fields+=(--data-urlencode "$field"); done
else
  # Text everywhere: the API reads numbers and lists from text too.
  body={}
  for field in "$@"; do
    body=$(jq --compact-output --arg name "${field%%=*}" --arg value "${field#*=}" \
      '.[$name] = (if $value | startswith("[") then ($value | fromjson) else $value end)' <<<"$body")
  done
  fields+=(--header 'Content-Type: application/json' --data "$body")
fi
exec curl --silent --show-error --fail-with-body --max-time 40 --request "$method" "${auth[@]}" "${fields[@]}" "$url$path.json"
