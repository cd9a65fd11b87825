import type { Peer } from './peer.js';
import { fail, pass, skip, warn, type Verdict } from './sheet.js';

export function isLocal({ url }: Peer): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);
}

export function encrypted(peer: Peer): Verdict {
  if (new URL(peer.url).protocol === 'https:') return pass();
  if (isLocal(peer)) return skip('it is on this machine');
  return warn('http: numbers and orders can be read in transit', 'serve it under https and use that address');
}

/** @param meaning the consequence of a slower answer for calls */
export function speed({ latenciesMs, limits }: Peer, limitMs: number, meaning: string): Verdict {
  const slowest = Math.max(0, ...latenciesMs);
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const found = `${latenciesMs.length} requests: median ${median} ms, slowest ${slowest} ms`;
  if (slowest < Math.min(limitMs, limits.totalTimeoutMs)) return pass(found);
  return slowest < limits.totalTimeoutMs
    ? warn(found, `answer faster: ${meaning}`)
    : fail(found, `answer within ${limits.totalTimeoutMs / 1000} seconds: ${meaning}`);
}

export function serverErrors({ serverErrors: seen }: Peer): Verdict {
  if (seen.size === 0) return pass();
  const found = [...seen].map(([status, count]) => `${count} × ${status}`).join(', ');
  return fail(found, 'the log of your web server has the cause: each of these is a call that continues without you');
}
