import { AsyncLocalStorage } from 'node:async_hooks';

const actors = new AsyncLocalStorage<string>();

/** Runs a handler on behalf of a person or token, so that the stores of features can record who changed something. */
export function actAs<T>(name: string | undefined, handle: () => T): T {
  return name === undefined ? handle() : actors.run(name, handle);
}

/** `@login` of the person, or name of the token, whose request is being handled; null outside of requests. */
export function currentActor(): string | null {
  return actors.getStore() ?? null;
}
