# Node, the dependencies and the build. Each is rebuilt only when its inputs have changed.

require_node() {
  have node || die 'Node.js 20.19 or newer is needed: https://nodejs.org/en/download'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node.js 20.19 or newer is needed, this is $(node --version): https://nodejs.org/en/download"
  have npm || die 'npm is needed: it comes with Node.js'
}

# The compiled part of sqlite3 belongs to one version of Node's binary interface. Of package.json only the
# fields that npm reads for an installation count: a changed script or version needs none.
dependencies_key() {
  cat .npmrc
  node -p '
    const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
    const { dependencies, devDependencies, optionalDependencies, overrides, allowScripts } = read("package.json");
    const { "": project, ...packages } = read("package-lock.json").packages;
    JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides, allowScripts, packages]);'
  node -p 'process.versions.modules + process.arch'
}

# As src/storage/sqlite/drivers.ts chooses one.
has_sqlite_driver() {
  node --no-warnings -e '
    const works = ["node:sqlite", "@photostructure/sqlite", "sqlite3"].some((name) => { try { require(name); return true; } catch { return false; } });
    process.exit(works ? 0 : 1);'
}

ensure_dependencies() {
  local key stamp=node_modules/.cordboard-dependencies
  key=$(dependencies_key | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" != "$key" ] || return 0
  say 'installing the npm dependencies (about a minute, once)'
  local headers
  headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  # Node's own headers, if installed, save a download.
  [ ! -f "$headers/include/node/node.h" ] || export npm_config_nodedir=$headers
  # The driver sqlite3 is compiled where that is possible, against Debian's library: 20 s instead of 100 s.
  [ ! -f /usr/include/sqlite3.h ] || export npm_config_sqlite=/usr
  npm_config_build_from_source=sqlite3 \
    ticking npm ci --no-audit --no-fund --loglevel=error </dev/null >&2 || die 'npm ci failed: see above'
  if ! has_sqlite_driver; then
    need_packages build-essential python3 libsqlite3-dev
    npm_config_build_from_source=sqlite3 npm_config_sqlite=/usr npm rebuild sqlite3 >&2 || die 'sqlite3 cannot be compiled: see above'
    has_sqlite_driver || die 'no driver for SQLite works here'
  fi
  echo "$key" >"$stamp"
}

# What builds the site of docs/.
ensure_site_dependencies() {
  local key stamp=.config/site/node_modules/.cordboard-dependencies
  key=$(cat .config/site/package.json .config/site/package-lock.json | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" != "$key" ] || return 0
  say 'installing what builds the site of the documentation (half a minute, once)'
  ticking npm ci --prefix .config/site --no-audit --no-fund --loglevel=error </dev/null >&2 || die 'npm ci failed: see above'
  echo "$key" >"$stamp"
}

build_key() {
  cat package.json package-lock.json tsconfig.json .config/bundle.mjs
  # Without the generated types: only checks of types read them, and the first check must not cause another build.
  find src -type f ! -path src/web/console/api/schema.d.ts -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
}

ensure_build() {
  local key stamp=dist/.cordboard-build
  key=$(build_key | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" != "$key" ] || return 0
  say 'building the gateway'
  rm -rf dist
  npm run --silent build </dev/null >&2 || die 'the gateway does not build: see above'
  echo "$key" >"$stamp"
}
