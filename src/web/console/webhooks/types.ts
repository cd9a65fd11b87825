import type { paths } from '../api/schema.js';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Receiver = Answer<'/api/v1/webhooks'>['receivers'][number];
export type Delivery = Answer<'/api/v1/webhooks/deliveries'>['deliveries'][number];
export type DeliveryWithAttempts = Answer<'/api/v1/webhooks/deliveries/{id}'>;
