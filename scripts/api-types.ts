/**
 * Writes the types of the HTTP API for the console: src/web/console/api/schema.d.ts, generated from the OpenAPI document that the
 * gateway serves. Usage: npx tsx scripts/api-types.ts
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { createBridges } from '../src/app/bridges.js';
import { createDispatch } from '../src/app/dispatch.js';
import { createNotifications } from '../src/app/notifications.js';
import { createPrivacyRoutes } from '../src/app/privacy.js';
import { gatewayRoutes } from '../src/app/routes.js';
import { ApiDescription } from '../src/http/openapi.js';

const TARGET = path.join(import.meta.dirname, '../src/web/console/api/schema.d.ts');

/** Stands for every feature: routes are only described here, their handlers never run. */
const anything: unknown = new Proxy(() => undefined, {
  get: (_target, name) =>
    name === Symbol.toPrimitive ? () => '' : name === Symbol.iterator ? () => [].values() : anything,
  apply: () => anything,
});

type Parts = Parameters<typeof gatewayRoutes>[0];

/** Features that bring routes of their own are composed, from stand-ins. */
const composed = {
  bridges: createBridges(anything as Parameters<typeof createBridges>[0]),
  dispatch: createDispatch(anything as Parameters<typeof createDispatch>[0]),
  notifications: createNotifications(anything as Parameters<typeof createNotifications>[0]),
  privacy: createPrivacyRoutes(anything as Parameters<typeof createPrivacyRoutes>[0]),
} satisfies Partial<Parts>;
const parts = new Proxy(composed, { get: (own, name) => (name in own ? own[name as keyof typeof own] : anything) });

const { routes } = gatewayRoutes(parts as unknown as Parts);
const document = await new ApiDescription(routes, '').read();
const types = astToString(await openapiTS(document as unknown as OpenAPI3));
const before = await readFile(TARGET, 'utf8').catch(() => '');
await mkdir(path.dirname(TARGET), { recursive: true });
if (types !== before) await writeFile(TARGET, types);
