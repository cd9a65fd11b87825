import { AsyncLocalStorage } from 'node:async_hooks';

const calls = new AsyncLocalStorage<string | undefined>();

/**
 * Gives each log line of `job`, and of what it starts, the id of a flow: a call, a masked bridge or the call of a notification. Jobs that go on
 * for other calls, such as a timer that repeats, must be started without one.
 * @param id undefined: the lines belong to no call, or to many
 */
export function logCall<T>(id: string | undefined, job: () => T): T {
  return calls.run(id, job);
}

/** The call that log lines are about now. */
export function loggedCall(): string | undefined {
  return calls.getStore();
}
