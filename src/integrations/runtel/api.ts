import { matchPath } from '../telfa/control/paths.js';
import type { RuntelCall } from './schema.js';
import type { Route } from '../../http/route.js';
import { runtelRoutes, type RuntelPorts } from './routes.js';

/** Finds what a request of the CRM means: by the company's paths, then by ours. What neither knows is nobody's here. */
export class RuntelApi {
  readonly #routes: Record<RuntelCall, Route>;

  constructor(private readonly ports: RuntelPorts) {
    this.#routes = runtelRoutes(ports);
  }

  /** Only for a company that has set up `runtel`. */
  find(method: string, url: string): { route: Route; params: unknown } | undefined {
    const { runtel } = this.ports.company();
    if (runtel === undefined) return undefined;
    const path = (url.split('?')[0] ?? '').replace(/(?<=.)\/$/, '');
    const own = Object.values(this.#routes).map((route) => [`${route.method} ${route.path}`, route] as const);
    const named = Object.entries(runtel.paths).map(([way, call]) => [way, this.#routes[call]] as const);
    for (const [way, route] of [...named, ...own]) {
      const [verb = '', template = ''] = way.split(' ');
      const params = verb === method ? matchPath(template, path) : undefined;
      if (params !== undefined) return { route, params };
    }
    return undefined;
  }
}
