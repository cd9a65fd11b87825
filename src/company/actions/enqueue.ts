import { z } from 'zod';
import { duration } from '../../directory/schema.js';
import { priority } from '../../directory/waiting-schema.js';
import { hoursSchema } from '../hours-schema.js';
import { key } from '../plan-words.js';
import { actionKind, type ActionList } from './action.js';
import { lintTimes } from './times.js';

export const enqueue = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      /** Id of the queue. */
      queue: z.number().int().positive(),
      /** Told to the shop as it is written; never to Asterisk. */
      label: z
        .string()
        .regex(/^[^\s;]{1,80}$/u, 'no spaces and no semicolon')
        .optional(),
      /** Default: the queue's `max_wait`. */
      timeout: duration.refine((ms) => ms >= 1000, 'at least a second').optional(),
      /** The key with which the caller leaves the queue. */
      exit_key: key.optional(),
      /** Callers with more come before callers with less. */
      priority: priority.optional(),
      /** What happens when a handset has talked to the caller and hung up; default: the call ends. */
      answered: actions.optional(),
      /** What happens when nobody answered in time; default of this and the others: the plan goes on. */
      timed_out: actions.optional(),
      /** What happens when nobody is there to answer. */
      empty: actions.optional(),
      /** When callers are let in; default: always. */
      hours: hoursSchema.optional(),
      /** What happens outside of `hours`. */
      closed: actions.optional(),
      full: actions.optional(),
      /** What happens after the exit key. */
      exited: actions.optional(),
      /** What happens when somebody took the caller out of the queue. */
      rejected: actions.optional(),
    }),
    {
      writable: true,
      waits: true,
      shopSteers: false,
      branches: ({ answered, timed_out, empty, full, closed, exited, rejected }) => ({
        answered,
        timed_out,
        empty,
        full,
        closed,
        exited,
        rejected,
      }),
      exits: ({ answered, hours, closed, timed_out, empty, full, exited, rejected }) => [
        // A talk that is over ends the call, unless the plan says otherwise.
        ...(answered === undefined ? [] : [answered]),
        ...(hours === undefined ? [] : [closed]),
        ...[timed_out, empty, full, exited, rejected],
      ],
      names: ({ queue }) => [{ type: 'queue', path: 'queue', id: queue }],
      labels: ({ label, queue }) => (label === undefined ? [] : [{ label, queue }]),
      lint({ hours, closed }, report) {
        if (hours !== undefined) lintTimes(report, 'hours/', hours);
        else if (closed !== undefined)
          report.warn('closed', 'without hours it is never closed', 'add hours, or remove it');
      },
    },
  );
