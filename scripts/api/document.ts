import { createBridges } from '../../src/app/bridges.js';
import { describeApi } from '../../src/app/api-description.js';
import { createDispatch } from '../../src/app/dispatch.js';
import { createNotifications } from '../../src/app/notifications.js';
import { createPrivacyRoutes } from '../../src/app/privacy.js';
import { gatewayRoutes } from '../../src/app/routes.js';
import type { OpenApiDocument } from '../../src/http/openapi.js';
import type { Route } from '../../src/http/route.js';

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

/** Every route of the gateway, without a gateway. */
export function describedRoutes(): readonly Route[] {
  const parts = new Proxy(composed, { get: (own, name) => (name in own ? own[name as keyof typeof own] : anything) });
  return gatewayRoutes(parts as unknown as Parts).routes;
}

/** The description that the gateway serves at `/openapi.json`. */
export async function apiDocument(): Promise<OpenApiDocument> {
  const own = '/openapi.json';
  const document = await describeApi(describedRoutes().filter(({ path }) => path !== own)).read();
  // As it is served, in JSON.
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument;
}
