import type { AsteriskError, AsteriskPort } from '../asterisk/port.js';
import type { QueuePort } from '../asterisk/queue-port.js';
import type { RecordingPort } from '../asterisk/recording-port.js';
import type { Clock } from '../lib/clock.js';

/** The requests of the port, by name. */
export type PortMethod =
  | Exclude<keyof (AsteriskPort & QueuePort), 'usable' | 'trouble' | 'onEvent' | 'recordings'>
  | `recordings.${keyof RecordingPort}`;

export interface Fault {
  /** Waits so long before anything is done. */
  delayMs?: number;
  error?: AsteriskError;
  /** The error comes although the request was carried out: its answer was lost. */
  carriedOut?: boolean;
}

/** Which of the coming calls of a method go wrong, and how. */
export class FaultPlan {
  readonly #planned: { method: PortMethod; left: number; fault: Fault }[] = [];

  /** `nth`: counted from the next call on, which is 1. */
  add(method: PortMethod, fault: Fault, nth = 1): void {
    this.#planned.push({ method, left: nth, fault });
  }

  /** To be asked once for each call. */
  take(method: PortMethod): Fault | undefined {
    const waiting = this.#planned.filter((planned) => planned.method === method);
    for (const planned of waiting) planned.left -= 1;
    const due = waiting.find((planned) => planned.left === 0);
    if (due) this.#planned.splice(this.#planned.indexOf(due), 1);
    return due?.fault;
  }
}

/** Resolves when so much time has passed. */
export function passed(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.wakeAt(clock.now() + ms, resolve));
}
