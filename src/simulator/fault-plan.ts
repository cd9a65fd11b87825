import type { AsteriskError, AsteriskPort } from '../asterisk/port.js';
import type { QueuePort } from '../asterisk/queue-port.js';
import type { RecordingPort } from '../asterisk/recording-port.js';
import type { Clock } from '../lib/clock.js';

/** Request methods of the port. */
export type PortMethod =
  | Exclude<keyof (AsteriskPort & QueuePort), 'usable' | 'transfers' | 'linkErrors' | 'onEvent' | 'recordings'>
  | `recordings.${keyof RecordingPort}`;

export interface InjectedFault {
  /** Delay before the request is carried out, in milliseconds. */
  delayMs?: number;
  error?: AsteriskError;
  /** The request is carried out but its response is lost. */
  carriedOut?: boolean;
}

/** Planned faults of coming requests. */
export class FaultPlan {
  readonly #planned: { method: PortMethod; left: number; fault: InjectedFault }[] = [];

  /** @param nth 1: the next request */
  add(method: PortMethod, fault: InjectedFault, nth = 1): void {
    this.#planned.push({ method, left: nth, fault });
  }

  /** Call once for each request. */
  take(method: PortMethod): InjectedFault | undefined {
    const waiting = this.#planned.filter((planned) => planned.method === method);
    for (const planned of waiting) planned.left -= 1;
    const due = waiting.find((planned) => planned.left === 0);
    if (due) this.#planned.splice(this.#planned.indexOf(due), 1);
    return due?.fault;
  }
}

/** Resolves after this time. */
export function passed(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.wakeAt(clock.now() + ms, resolve));
}
