import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';
import { seeOther, type Answer, type Rerender } from './answer.js';
import { notFound, Problem } from './problem.js';
import { route, type Identity, type Route } from './route.js';
import { nameOf } from './tokens.js';

const KEPT_MS = 10 * MINUTE_MS;
const MAX_KEPT = 500;
const PATH = '/result';

interface Kept {
  rerender: Rerender;
  /** {@link nameOf} the person or token that sent the form; undefined when it needed no login. */
  owner: string | undefined;
  until: number;
}

/**
 * The pages that answer forms, in memory, each at an address of its own for ten minutes. Only who sent the form can open it. Without
 * this a reload would send the form again, and another language would lose what the page shows once.
 */
export class ResultPages {
  /** Oldest first. */
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  /** Keeps the page. @returns the redirect to it, with the headers of the page's own response */
  keep(rerender: Rerender, who: Identity | undefined, headers: Record<string, string> = {}): Answer {
    const id = randomBytes(16).toString('base64url');
    this.#removeOld();
    this.#kept.set(id, { rerender, owner: who && nameOf(who), until: this.clock.now() + KEPT_MS });
    return seeOther(`${PATH}/${id}`, headers);
  }

  routes(): Route[] {
    return [
      route({
        method: 'GET',
        path: `${PATH}/:id`,
        scope: 'public',
        kind: 'page',
        summary: 'The page that answers a form',
        params: z.object({ id: z.string().max(40) }),
        handle: ({ params: { id }, url, languages, who }) => {
          this.#removeOld();
          const found = this.#kept.get(id);
          if (found?.owner !== undefined && who === undefined) throw new Problem(401, 'Unauthorized', 'log in');
          if (found === undefined || (found.owner !== undefined && found.owner !== (who && nameOf(who))))
            throw notFound('the result of a form is shown for ten minutes; open the page again');
          return found.rerender({ url, languages });
        },
      }),
    ];
  }

  #removeOld(): void {
    const now = this.clock.now();
    for (const [id, { until }] of this.#kept)
      if (until <= now || this.#kept.size >= MAX_KEPT) this.#kept.delete(id);
      else return;
  }
}
