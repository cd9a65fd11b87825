import { findRoute } from '../shared/path-template.js';
import type { RuntelCall } from './schema.js';
import type { DescribedRoute } from '../../http/described-route.js';
import { inPascalCase } from '../../http/operation-id.js';
import type { Route } from '../../http/route.js';
import { callInput, runtelRoutes, type RuntelPorts } from './routes.js';

/** Matches requests of the CRM, by the company's paths first, then by the built-in ones. */
export class RuntelApi {
  readonly #routes: Record<RuntelCall, Route>;

  constructor(private readonly ports: RuntelPorts) {
    this.#routes = runtelRoutes(ports);
  }

  /** Its requests in the default names, for the description of the API. */
  described(): DescribedRoute[] {
    const { call, ...others } = this.#routes;
    return Object.entries({ ...others, call: { ...call, body: callInput } }).map(([name, route]) => ({
      ...route,
      operationId: `runtel${inPascalCase(name)}`,
      tag: 'runtel',
      logins: [{ token: [] }],
    }));
  }

  /** Only when the company has configured `runtel`. */
  find(method: string, url: string): { route: Route; params: unknown } | undefined {
    const { runtel } = this.ports.company();
    if (runtel === undefined) return undefined;
    const own = Object.values(this.#routes).map((route) => [`${route.method} ${route.path}`, route] as const);
    const named = Object.entries(runtel.paths).map(([route, call]) => [route, this.#routes[call]] as const);
    const found = findRoute(method, url.split('?')[0] ?? '', [...named, ...own]);
    return found && { route: found.target, params: found.params };
  }
}
