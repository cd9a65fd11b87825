import { Counter, Histogram, type Registry } from 'prom-client';
import { text } from './answer.js';
import { route, type Route } from './route.js';

/** HTTP metrics, labelled by route. Paths contain ids, which would make unlimited labels. */
export class HttpMetrics {
  readonly requests: Histogram<'route' | 'method' | 'status'>;
  readonly refused: Counter<'reason'>;

  constructor(registry: Registry) {
    this.requests = new Histogram({
      name: 'cordboard_http_request_seconds',
      help: 'Time from request to response',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.002, 0.01, 0.05, 0.2, 1, 5],
      registers: [registry],
    });
    this.refused = new Counter({
      name: 'cordboard_http_refused_total',
      help: 'Requests refused before their handler',
      labelNames: ['reason'],
      registers: [registry],
    });
  }
}

export function metricsRoutes(registry: Registry): Route[] {
  return [
    route({
      method: 'GET',
      path: '/metrics',
      scope: 'metrics:read',
      summary: 'Metrics for Prometheus',
      answers: { 200: { description: 'Prometheus text format', type: 'text/plain' } },
      handle: async () => text(await registry.metrics(), registry.contentType),
    }),
  ];
}
