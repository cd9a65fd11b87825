import { findRoute } from '../shared/path-template.js';
import type { RuntelCall } from './schema.js';
import type { Route } from '../../http/route.js';
import { runtelRoutes, type RuntelPorts } from './routes.js';

/** Matches requests of the CRM, by the company's paths first, then by the built-in ones. */
export class RuntelApi {
  readonly #routes: Record<RuntelCall, Route>;

  constructor(private readonly ports: RuntelPorts) {
    this.#routes = runtelRoutes(ports);
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
