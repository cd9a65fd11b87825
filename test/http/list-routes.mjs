// Loaded before the gateway: writes each route that its router is given to the file ROUTES_FILE, a line of JSON each.
import { appendFileSync } from 'node:fs';
import Router from '@koa/router';

const { register } = Router.prototype;
Router.prototype.register = function (path, methods, ...rest) {
  appendFileSync(process.env.ROUTES_FILE, `${JSON.stringify({ path, method: methods[0] })}\n`);
  return register.call(this, path, methods, ...rest);
};
