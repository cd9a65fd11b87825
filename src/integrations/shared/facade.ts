import { z } from 'zod';
import type { LoginReports } from '../../http/address-bans.js';
import type { Answer } from '../../http/answer.js';
import { ANY } from '../../http/body.js';
import { defaultLimits } from '../../http/limits.js';
import { Problem } from '../../http/problem.js';
import { RateLimit } from '../../http/rate-limit.js';
import { route, type Identity, type Request, type Route, type Scope } from '../../http/route.js';
import type { Clock } from '../../lib/clock.js';
import type { Company } from '../../company/company.js';
import { Strangers, tooMany } from './strangers.js';

/** A route that the integration authenticates itself, as its contract requires. `P`: the result of `find`. */
export function facadeRoute<P>(spec: {
  method: Route['method'];
  path: string;
  summary: string;
  maxBytes: number;
  handle: (request: Request<P>) => Promise<Answer>;
}): Route {
  const { method, path, summary, maxBytes, handle } = spec;
  return route({
    method,
    path,
    scope: 'public',
    ownLogin: true,
    summary,
    params: z.custom<P>(),
    upload: { types: [ANY], maxBytes },
    handle,
  });
}

/** Rate limits of integration routes, equal to those of the gateway's API. */
export class FacadeLimits {
  readonly strangers: Strangers;
  readonly #requests: RateLimit;
  readonly #failures: RateLimit;

  constructor(
    clock: Clock,
    private readonly bans?: LoginReports,
  ) {
    const { requestsPerSecond, requestBurst, failuresPerSecond, failuresBurst } = defaultLimits;
    this.strangers = new Strangers(clock);
    this.#requests = new RateLimit({ perSecond: requestsPerSecond, burst: requestBurst, clock });
    this.#failures = new RateLimit({ perSecond: failuresPerSecond, burst: failuresBurst, clock });
  }

  /** @throws {Problem} 429 after too many requests of this identity */
  countRequest({ name }: Identity, address: string): void {
    this.bans?.proved(address);
    const waitS = this.#requests.take(name);
    if (waitS > 0) throw tooMany(waitS);
  }

  /** @throws {Problem} 429 after too many failed logins from this address */
  countFailure(address: string): void {
    this.bans?.failed(address);
    const waitS = this.#failures.take(address);
    if (waitS > 0) throw tooMany(waitS);
  }
}

/** Caches a value of the company's document until the document changes. */
export function readOncePerCompany<T>(company: () => Company, read: (company: Company) => T): () => T {
  let kept: { of: Company; value: T } | undefined;
  return () => {
    const current = company();
    if (kept?.of !== current) kept = { of: current, value: read(current) };
    return kept.value;
  };
}

/**
 * @param scopes any one is sufficient
 * @throws {Problem} 403 without any of them
 */
export function requireScope(
  who: Identity,
  scopes: readonly Scope[],
  detailOf = (needed: string) => `this needs a token with the scope ${needed}`,
): void {
  if (scopes.some((scope) => who.scopes.includes(scope))) return;
  const needed = scopes.join(' or ');
  throw new Problem(403, 'Forbidden', detailOf(needed), { extra: { needed_scope: needed } });
}
