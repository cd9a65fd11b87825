import { AsyncLocalStorage } from 'node:async_hooks';
import type { Identity } from './route.js';
import { nameOf } from './tokens.js';

/** The person or token on whose behalf something is done. */
export interface Actor {
  kind: 'operator' | 'token';
  /** Id of the operator; null for a token. */
  id: number | null;
  /** `@login` of the person, or name of the token. */
  name: string;
}

const actors = new AsyncLocalStorage<Actor>();

/** Runs a handler on behalf of a person or token, so that the stores of features can record who changed something. */
export function actAs<T>(who: Identity | undefined, handle: () => T): T {
  return who === undefined ? handle() : actors.run(actorOf(who), handle);
}

/** The actor whose request is being handled; undefined outside of requests. */
export function currentIdentity(): Actor | undefined {
  return actors.getStore();
}

/** Name of {@link currentIdentity}; null outside of requests. */
export function currentActor(): string | null {
  return actors.getStore()?.name ?? null;
}

function actorOf(who: Identity): Actor {
  return { kind: who.operator === undefined ? 'token' : 'operator', id: who.operator?.id ?? null, name: nameOf(who) };
}
