import { createBridges } from '../../src/app/bridges.js';
import { createDispatch } from '../../src/app/dispatch.js';
import { createNotifications } from '../../src/app/notifications.js';
import { createPrivacyRoutes } from '../../src/app/privacy.js';
import { gatewayRoutes } from '../../src/app/routes.js';
import type { OpenApiDocument } from '../../src/http/openapi.js';

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

/** Every route of the gateway and the description of its API, without a gateway. */
export function describedGateway(): Pick<ReturnType<typeof gatewayRoutes>, 'routes' | 'description'> {
  const parts = new Proxy(composed, { get: (own, name) => (name in own ? own[name as keyof typeof own] : anything) });
  return gatewayRoutes(parts as unknown as Parts);
}

/** The description that the gateway serves at `/openapi.json`. */
export async function apiDocument(): Promise<OpenApiDocument> {
  const document = await describedGateway().description.read();
  // As it is served, in JSON.
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument;
}
