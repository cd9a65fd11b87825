# The gateway, and the sample shop beside it.
ARG NODE_IMAGE=node:22-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Node.js 22 contains SQLite. Without scripts npm compiles nothing and downloads nothing beside the packages.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY .config/bundle.mjs .config/
COPY src src
RUN npm run build \
 && npm uninstall --omit=dev --ignore-scripts --no-audit --no-fund sqlite3 @photostructure/sqlite

FROM ${NODE_IMAGE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends sox libsox-fmt-mp3 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
 && install -d -o node -g node /data /backups /tokens/shop /tokens/dispatch \
 && install -d -m 1777 /link
WORKDIR /app
# With an engine that restarts every container, two gateways would take Asterisk from each other endlessly.
ENV NODE_ENV=production CORDBOARD_DATA=/data BACKUP_DIR=/backups WHEN_REPLACED=stay CORDBOARD_SECRETS=/run/secrets:/link
COPY package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY sounds sounds
COPY asterisk-config asterisk-config
COPY examples examples
RUN printf '#!/bin/sh\nexec node /app/dist/cli.js "$@"\n' >/usr/local/bin/cordboard && chmod 755 /usr/local/bin/cordboard
USER node
CMD ["node", "dist/main.js"]
