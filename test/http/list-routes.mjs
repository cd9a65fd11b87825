// Runs the gateway and writes each route that its router is given to the file ROUTES_FILE, a line of JSON each. It runs the modules: dist/main.js has
// a router of its own inside.
import { appendFileSync } from 'node:fs';
import Router from '@koa/router';
import { App } from '../../dist/app.js';
import { readConfig } from '../../dist/config.js';

const { register } = Router.prototype;
Router.prototype.register = function (path, methods, ...rest) {
  appendFileSync(process.env.ROUTES_FILE, `${JSON.stringify({ path, method: methods[0] })}\n`);
  return register.call(this, path, methods, ...rest);
};

const app = await App.create(readConfig(process.env), () => undefined);
process.on('SIGTERM', () => void app.stop('SIGTERM').then(() => process.exit(0)));
await app.start();
