// Runs the gateway and writes each route that its router is given to the file ROUTES_FILE, a line of JSON each. It runs the modules: dist/gateway.js has
// a router of its own inside.
import { appendFileSync } from 'node:fs';
import Router from '@koa/router';
import { App } from '../../dist/app.js';
import { takeNode } from '../../dist/app/node.js';
import { readConfig } from '../../dist/config.js';
import { createLogger } from '../../dist/lib/logger.js';

const { register } = Router.prototype;
Router.prototype.register = function (path, methods, ...rest) {
  appendFileSync(process.env.ROUTES_FILE, `${JSON.stringify({ path, method: methods[0] })}\n`);
  return register.call(this, path, methods, ...rest);
};

const config = readConfig(process.env);
const logger = createLogger({ level: config.logLevel });
const end = () => process.exit(1);
const node = await takeNode(config, { logger, signal: new AbortController().signal, onLost: end });
const app = await App.create(config, node, logger, end);
process.on('SIGTERM', () => void app.stop('SIGTERM').then(() => process.exit(0)));
await app.start();
