# A minimal Debian with Asterisk, in the cache folder: for machines without a container engine.
# Debian 12 and 13 have no asterisk package; forky has the version that we support.

CORDBOARD_CACHE=${CORDBOARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cordboard}
# Raise this when the content changes: a new folder is built then.
ROOTFS_EDITION=1

asterisk_rootfs() { echo "${CORDBOARD_ROOTFS:-$CORDBOARD_CACHE/asterisk-rootfs-forky-$ROOTFS_EDITION}"; }

rootfs_works() { bwrap --ro-bind "$1" / --dev /dev --proc /proc asterisk -V 2>/dev/null | grep -q '^Asterisk 2[2-9]'; }

# ensure_asterisk_rootfs: prints the folder, and builds it first if it is missing. A lock prevents concurrent builds.
ensure_asterisk_rootfs() {
  need_packages bubblewrap util-linux
  local rootfs
  rootfs=$(asterisk_rootfs)
  if ! rootfs_works "$rootfs"; then
    [ -z "${CORDBOARD_ROOTFS-}" ] || die "CORDBOARD_ROOTFS=$rootfs holds no Asterisk 22 or newer"
    need_packages mmdebstrap debian-archive-keyring ca-certificates
    mkdir -p "$CORDBOARD_CACHE"
    (
      flock 9
      rootfs_works "$rootfs" || build_asterisk_rootfs "$rootfs"
    ) 9>"$CORDBOARD_CACHE/asterisk-rootfs.lock" || return 1
  fi
  echo "$rootfs"
}

build_asterisk_rootfs() {
  local rootfs=$1 part=$1.part log=$CORDBOARD_CACHE/asterisk-rootfs.log
  say 'making an Asterisk from Debian packages (about a minute, 360 MB, once)'
  rm -rf "$part" "$rootfs"
  ticking install_asterisk_into "$part" "$log" || {
    tail -n 20 "$log" >&2
    die "Asterisk could not be put together (whole log: $log)"
  }
  rootfs_works "$part" || die "the Asterisk in $part does not run"
  mv "$part" "$rootfs"
}

# The suite changes every day, and its index is often past its validity date.
# Excludes documentation except the part that Asterisk itself reads.
install_asterisk_into() {
  mmdebstrap --quiet --variant=minbase --include=asterisk,asterisk-modules \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --customize-hook='rm -rf "$1"/etc/asterisk/* "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/*' \
    --customize-hook='mkdir -p "$1"/usr/share/asterisk/sounds/cordboard' \
    --customize-hook='rm -f "$1"/etc/resolv.conf "$1"/etc/hostname; : >"$1"/etc/resolv.conf' \
    --customize-hook='printf "127.0.0.1 localhost cordboard\n::1 localhost\n" >"$1"/etc/hosts' \
    forky "$1" </dev/null >"$2" 2>&1
}
