import type { AmiTap } from './ami-tap.js';

/**
 * A caller joins the end of a queue. The id holds the caller's number and the instant at which the event was sent.
 *
 * @param inLine ids of the callers in the queue
 * @param n of the caller, from 1
 */
export function join(tap: AmiTap, queue: number, inLine: string[], n: number): void {
  const caller = `b-${n}-${Date.now()}`;
  inLine.push(caller);
  tap.send({
    Event: 'QueueCallerJoin',
    Queue: `q${queue}`,
    Position: inLine.length,
    Count: inLine.length,
    Uniqueid: caller,
    Linkedid: caller,
    Channel: `PJSIP/trunk-${caller}`,
    CallerIDNum: `+420777${String(n % 1_000_000).padStart(6, '0')}`,
    CallerIDName: '',
  });
}

/** The first caller of a queue leaves it. */
export function leave(tap: AmiTap, queue: number, inLine: string[]): void {
  const caller = inLine.shift() ?? '';
  tap.send({ Event: 'QueueCallerLeave', Queue: `q${queue}`, Position: 1, Count: inLine.length, Uniqueid: caller });
}
