#!/bin/sh
# Usage: render.sh OUT_DIR
# Writes Asterisk's configuration into OUT_DIR: each *.conf beside this script with its @NAME@ placeholders replaced
# from the environment. Fails, naming the variable, for values that are unset or would break out of their line. Secrets have no default.
set -eu
umask 077
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: render.sh OUT_DIR}

fail() {
  echo "render.sh: $*" >&2
  exit 1
}

# value NAME DEFAULT PATTERN: exports NAME (DEFAULT when unset or empty), once it matches PATTERN as a whole.
value() {
  eval "given=\${$1-}"
  given=${given:-$2}
  [ -n "$given" ] || fail "$1 is not set"
  # A value of two lines is refused here as well: grep sees two lines, and the count is not 1.
  [ "$(printf '%s\n' "$given" | grep -Exc -- "$3")" = 1 ] && [ "$(printf '%s\n' "$given" | wc -l)" -eq 1 ] ||
    fail "$1 has a value that cannot stand in a configuration file (expected: $3)"
  export "$1=$given"
}

# stored NAME: prints the secret that is in the first file NAME of the folders that CORDBOARD_SECRETS lists, separated by colons.
stored() (
  IFS=:
  for folder in ${CORDBOARD_SECRETS-}; do
    [ ! -f "$folder/$1" ] || exec cat "$folder/$1"
  done
)

port='[0-9]{2,5}'
address='[0-9A-Fa-f.:]+|\[[0-9A-Fa-f:]+\]'
word='[A-Za-z0-9_-]+'
secret='[!-~]{16,}'

value SYSTEM_NAME cordboard "$word"
value BIND_ADDRESS 0.0.0.0 "$address"
value SIP_PORT 5060 "$port"
value MANAGEMENT_ADDRESS 127.0.0.1 "$address"
value ARI_PORT 8088 "$port"
value AMI_PORT 5038 "$port"
value RTP_START 10000 "$port"
value RTP_END 10399 "$port"
value ARI_APP cordboard "$word"
value ARI_USER cordboard "$word"
value ARI_PASSWORD "$(stored ARI_PASSWORD)" "$secret"
value AMI_USER cordboard "$word"
value AMI_PASSWORD "$(stored AMI_PASSWORD)" "$secret"
value AMI_CONFIG_USER cordboard-config "$word"
value CORDBOARD_DEMO 0 '[01]'
value TRUNK_CONTACT sip:127.0.0.1:5090 'sips?:[A-Za-z0-9@._:;=+-]+'
value LEASH_S 60 '[0-9]{1,5}'
value SIP_THREADS 32 '[1-9]|[1-4][0-9]|50'
value FALLBACK_LANGUAGE cs 'cs|ru|en'
value FALLBACK_HANDSETS none '[a-z0-9_-]+(,[a-z0-9_-]+)*'
value FALLBACK_WAIT_S 600 '[0-9]{1,5}'
value FALLBACK_DIAL none '[A-Za-z0-9/@+._&:-]+'

# render TEMPLATE: writes the file of the same name. `;` starts a comment in Asterisk's files, so values carry it as `\;`.
render() {
  awk '
    {
      rest = $0; line = ""
      while (match(rest, /@[A-Z][A-Z0-9_]*@/)) {
        name = substr(rest, RSTART + 1, RLENGTH - 2)
        if (!(name in ENVIRON)) {
          printf "render.sh: %s, line %d: %s is not set\n", FILENAME, FNR, name > "/dev/stderr"
          exit 1
        }
        shown = ENVIRON[name]
        gsub(/;/, "\\;", shown)
        line = line substr(rest, 1, RSTART - 1) shown
        rest = substr(rest, RSTART + RLENGTH)
      }
      print line rest
    }' "$1" >"$out/${1##*/}"
}

# own_addresses: the IPv4 addresses of this machine, one a line.
own_addresses() {
  hostname -I 2>/dev/null | tr ' ' '\n' | grep -Ex '[0-9.]+' || true
}

# resolved NAME: its IPv4 addresses, or the address itself.
resolved() {
  case $1 in
    *[!0-9.]*) getent ahostsv4 "$1" | awk '{ print $1 }' | sort -u ;;
    *) echo "$1" ;;
  esac
}

# candidates FILE: the addresses that browsers outside reach. Asterisk announces the outside address of a call's port in place of the
# machine's own one, which it announces too for browsers in LOCAL_NET, and no address of other networks, such as a container engine's.
# Only numbers are allowed there.
candidates() {
  outside=$(resolved "$EXTERNAL_ADDRESS" | head -n 1)
  [ -n "$outside" ] || fail "EXTERNAL_ADDRESS ($EXTERNAL_ADDRESS) cannot be resolved"
  {
    for net in 0.0.0.0/0 fc00::/7 fe80::/10; do echo "ice_deny=$net"; done
    echo "ice_permit=$outside"
    echo "ice_permit=$LOCAL_NET"
    echo '[ice_host_candidates]'
    for one in ${LOCAL_ADDRESS:-$(own_addresses)}; do
      [ "$one" = "$outside" ] || echo "$one => $outside,include_local_address"
    done
  } >"$1"
}

# own DIRECTORY: copies the owner's additions unchanged.
own() {
  rm -rf "${out:?}/$1"
  mkdir -p "$out/$1"
  for file in "$here/$1"/*.conf; do
    [ ! -f "$file" ] || cp "$file" "$out/$1/"
  done
}

mkdir -p "$out"
# The gateway writes queues and music. The files must exist when Asterisk starts, or Asterisk never reads them.
queues=$out/$ARI_APP-queues.conf
music=$out/$ARI_APP-music.conf
find "$out" -maxdepth 1 -name '*.conf' ! -path "$queues" ! -path "$music" -delete
for file in "$queues" "$music"; do
  [ -f "$file" ] || : >"$file"
done
for template in "$here"/*.conf; do
  render "$template"
done
if [ "$FALLBACK_HANDSETS" != none ]; then
  printf '%s\n' "$FALLBACK_HANDSETS" | tr , '\n' | sed 's,.*,member => Local/&@'"$ARI_APP"'-ring-handset\,0\,\,PJSIP/&,' >"$out/fallback-members.conf"
fi
AMI_CONFIG_PASSWORD=${AMI_CONFIG_PASSWORD:-$(stored AMI_CONFIG_PASSWORD)}
if [ -n "$AMI_CONFIG_PASSWORD" ]; then
  value AMI_CONFIG_PASSWORD '' "$secret"
  render "$here/optional/manager-config-user.conf"
fi
[ "$CORDBOARD_DEMO" = 0 ] || render "$here/optional/pjsip-demo-trunk.conf"
if [ -n "${TLS_DIR-}" ]; then
  # Where Asterisk sees that folder, in a file system of its own.
  value TLS_SEEN_DIR "$TLS_DIR" '/[A-Za-z0-9@._/+-]+'
  value SIP_TLS_PORT 5061 "$port"
  # Asterisk starts nevertheless, without SIP over TLS.
  for file in certificate.pem key.pem; do
    [ -r "$TLS_DIR/$file" ] || echo "render.sh: TLS_DIR ($TLS_DIR) has no readable $file: no SIP over TLS" >&2
  done
  render "$here/optional/pjsip-tls.conf"
  [ ! -f "$TLS_DIR/ca.pem" ] || printf 'verify_server=yes\nca_list_file=%s\n' "$TLS_SEEN_DIR/ca.pem" >>"$out/pjsip-tls.conf"
fi
if [ -n "${EXTERNAL_ADDRESS-}" ]; then
  value EXTERNAL_ADDRESS '' "$address|[A-Za-z0-9.-]+"
  value LOCAL_NET 192.168.0.0/16 '[0-9A-Fa-f.:/]+'
  [ -z "${LOCAL_ADDRESS-}" ] || value LOCAL_ADDRESS '' '[0-9.]+'
  render "$here/optional/pjsip-external-address.conf"
  [ -z "${TLS_DIR-}" ] || sed -n '/^\[transport-tcp\]/,$s/transport-tcp/transport-tls/;/^\[transport-tls\]/,$p' \
    "$out/pjsip-external-address.conf" >"$out/pjsip-tls-external-address.conf"
  case $EXTERNAL_ADDRESS in
    # IPv6 knows no such translation.
    *:*) ;;
    *) candidates "$out/rtp-external-address.conf" ;;
  esac
fi
if [ -n "${SIP_FRONT-}" ]; then
  value SIP_FRONT '' '[0-9.]+:[0-9]{2,5}'
  value SIP_ALLOWED 127.0.0.1 '[0-9./]+(,[0-9./]+)*'
  export FRONT_HOST="${SIP_FRONT%:*}"
  render "$here/optional/pjsip-front.conf"
fi
own pjsip.d
own extensions.d
# Additions written for older versions name two contexts without a prefix, or with the one that did not depend on ARI_APP.
for file in "$out"/pjsip.d/*.conf; do
  [ ! -f "$file" ] || sed -i -E 's/^([ \t]*context[ \t]*=>?[ \t]*)(cordboard-)?(from-trunk|from-handset)([ \t]*(;.*)?)$/\1'"$ARI_APP"'-\3\4/' "$file"
done
for file in "$out"/extensions.d/*.conf; do
  [ ! -f "$file" ] || sed -i -E 's/^\[(cordboard-)?(from-trunk|from-handset)\]\(\+\)/['"$ARI_APP"'-\2](+)/' "$file"
done
# Asterisk's default lets every trunk transfer callers past the gateway. Owners can override this below it.
for file in "$out"/pjsip.d/*.conf; do
  [ -f "$file" ] || continue
  awk '{ print } /^[ \t]*type[ \t]*=>?[ \t]*endpoint[ \t]*(;.*)?$/ { print "allow_transfer=no" }' "$file" >"$file.new"
  mv "$file.new" "$file"
done
own modules.d
