# Debian packages. Installs only missing packages; `apt-get update` runs at most once per run.

have() { command -v "$1" >/dev/null 2>&1; }

installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# need_packages PACKAGE...
need_packages() {
  local package missing=()
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  have apt-get || die "these packages are needed and this is no Debian or Ubuntu, install them yourself: ${missing[*]}"
  [ "$(id -u)" = 0 ] || die "these packages are needed, run as root or install them: apt-get install ${missing[*]}"
  say "installing ${missing[*]}"
  if [ -z "${APT_UPDATED-}" ]; then
    apt-get -qq update >&2 || die 'apt-get update failed: see above'
    APT_UPDATED=1
  fi
  DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
    install -y --no-install-recommends "${missing[@]}" </dev/null >&2 ||
    die "apt-get could not install ${missing[*]}: see above"
}

# Kamailio's program without its service, which would take the SIP port.
need_kamailio() {
  local service=/etc/systemd/system/kamailio.service
  ! installed kamailio || return 0
  mkdir -p "${service%/*}"
  [ -e "$service" ] || [ -L "$service" ] || ln -s /dev/null "$service"
  need_packages kamailio
}

# PostgreSQL's programs without a running server: its package makes and starts one unless it is told not to.
need_postgres() {
  local package=postgresql-15
  ! installed "$package" || return 0
  need_packages postgresql-common
  sed -ri 's/^#?(create_main_cluster) *=.*/\1 = false/' /etc/postgresql-common/createcluster.conf
  need_packages "$package"
}
