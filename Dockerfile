# The gateway, and the sample shop beside it.
FROM node:22-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends build-essential python3 libsqlite3-dev \
 # Falls back to Debian's Node headers: sqlite3 uses only their stable part.
 && if [ -f /usr/local/include/node/node_api.h ]; then echo /usr/local >/node-headers; \
    else apt-get install -y --no-install-recommends libnode-dev && echo /usr/include/nodejs >/node-headers; fi \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm_config_nodedir=$(cat /node-headers) npm_config_build_from_source=sqlite3 npm_config_sqlite=/usr \
    npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends sox libsox-fmt-mp3 libsqlite3-0 \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o node -g node /data
WORKDIR /app
# With an engine that restarts every container, two gateways would take Asterisk from each other endlessly.
ENV NODE_ENV=production CORDBOARD_DATA=/data WHEN_REPLACED=stay
COPY package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY sounds sounds
COPY examples examples
RUN printf '#!/bin/sh\nexec node /app/dist/cli.js "$@"\n' >/usr/local/bin/cordboard && chmod 755 /usr/local/bin/cordboard
USER node
CMD ["node", "dist/main.js"]
