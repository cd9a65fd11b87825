import type { Trunk } from './trunk-schema.js';

/** Trunks that call by address go through the proxy, which has the address that the provider knows. Others register from their own node. */
export function goesThroughFront(trunk: Pick<Trunk, 'way' | 'domain' | 'enabled'>): boolean {
  return trunk.enabled && trunk.way === 'address' && trunk.domain === undefined;
}
