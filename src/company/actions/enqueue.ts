import { z } from 'zod';
import { duration } from '../../directory/schema.js';
import { meaning } from '../../lib/setting-meaning.js';
import { priority } from '../../directory/waiting-schema.js';
import { hoursSchema, isRegion } from '../hours-schema.js';
import { key } from '../plan-words.js';
import { actionKind, type ActionList } from './action.js';
import { lintTimes } from './times.js';

export const enqueue = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      /** Id of the queue. */
      queue: meaning('queue', z.number().int().positive()),
      /** Sent to the shop unchanged; never sent to Asterisk. */
      label: z
        .string()
        .regex(/^[^\s;]{1,80}$/u, 'no spaces and no semicolon')
        .optional(),
      /** Default: the queue's `max_wait`. */
      timeout: duration.refine((ms) => ms >= 1000, 'at least a second').optional(),
      /** The key with which the caller leaves the queue. */
      exit_key: key.optional(),
      /** Callers with a higher priority are answered first. */
      priority: priority.optional(),
      /** Actions after an operator talked to the caller and hung up. Default: the call ends. */
      answered: actions.optional(),
      /** Actions when no operator answered in time. Default, here and below: the plan continues. */
      timed_out: actions.optional(),
      /** Actions when no operator is available. */
      empty: actions.optional(),
      /** Hours during which callers may enter. Default: always. */
      hours: hoursSchema.optional(),
      /** Actions outside `hours`. */
      closed: actions.optional(),
      full: actions.optional(),
      /** Actions after the exit key. */
      exited: actions.optional(),
      /** Actions when the caller was removed from the queue. */
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
        // The call ends with its talk, unless the plan defines `answered`.
        ...(answered === undefined ? [] : [answered]),
        ...(hours === undefined ? [] : [closed]),
        ...[timed_out, empty, full, exited, rejected],
      ],
      names: ({ queue }) => [{ type: 'queue', path: 'queue', id: queue }],
      labels: ({ label, queue }) => (label === undefined ? [] : [{ label, queue }]),
      holidayRegions: ({ hours }) => hours?.holidays.filter(isRegion) ?? [],
      lint({ hours, closed }, report) {
        if (hours !== undefined) lintTimes(report, 'hours/', hours);
        else if (closed !== undefined)
          report.warn('closed', 'without hours it is never closed', 'add hours, or remove it', { never_closed: true });
      },
    },
  );
