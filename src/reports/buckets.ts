import { SECOND_MS } from '../lib/time.js';

/** Upper edges of the groups in which durations are counted; the last is open. */
const WAIT_EDGES_S = [
  5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 450, 600, 900, 1200, 1800, 3600,
];
const LATENCY_EDGES_MS = [
  10, 20, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10_000, 15_000, 30_000,
];
/** Bucket of longer durations. */
export const LONGER = 1_000_000_000;

/** Seconds for which a service level can be asked: the edges of the groups. */
export const SERVICE_LEVELS_S = WAIT_EDGES_S.filter((edge) => edge <= 300);

/** The upper edge (ms) of the group of a waiting time. */
export function waitBucket(ms: number): number {
  return edgeOf(
    ms,
    WAIT_EDGES_S.map((edge) => edge * SECOND_MS),
  );
}

/** The upper edge (ms) of the group of a response time. */
export function latencyBucket(ms: number): number {
  return edgeOf(ms, LATENCY_EDGES_MS);
}

/** The upper edge below which at least `share` of all are; null when there are none. */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [edge, count] of [...counts].sort(([a], [b]) => a - b)) {
    below += count;
    if (below >= total * share) return edge;
  }
  return null;
}

function edgeOf(ms: number, edges: readonly number[]): number {
  return edges.find((edge) => ms <= edge) ?? LONGER;
}
