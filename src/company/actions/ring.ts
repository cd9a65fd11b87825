import { z } from 'zod';
import { judgeNumber } from '../../directory/dial-rules.js';
import { toE164 } from '../../directory/numbers.js';
import { duration, recordSetting } from '../../directory/schema.js';
import { meaning } from '../../lib/setting-meaning.js';
import { NUMBER_REMEDY } from '../problem.js';
import { actionKind, announcementIn, type ActionList } from './action.js';

export const ring = <A>(actions: ActionList<A>) =>
  actionKind(
    z
      .strictObject({
        handset: meaning('handset', z.string(), 'called').optional(),
        number: meaning('phone_number', z.string(), 'called').optional(),
        timeout: duration.default(25_000),
        /** Caller ID shown to a called number. Default: the line's caller ID. */
        caller_id: meaning('phone_number', z.string()).optional(),
        record: recordSetting.optional(),
        /** Actions after an unanswered call (busy, no answer, not registered, refused). Default: the plan continues. */
        unanswered: actions.optional(),
      })
      .refine((value) => (value.handset === undefined) !== (value.number === undefined), 'either handset or number'),
    {
      writable: true,
      waits: true,
      shopSteers: false,
      branches: ({ unanswered }) => ({ unanswered }),
      // The call ends with its talk.
      exits: ({ unanswered }) => [unanswered],
      names: ({ handset, record }) => [
        ...announcementIn(record),
        ...(handset === undefined ? [] : [{ type: 'handset' as const, path: 'handset', id: handset }]),
      ],
      labels: () => [],
      lint({ number, caller_id }, report) {
        const verdict = number === undefined ? undefined : judgeNumber(number, report.dialPolicy, report.country);
        if (verdict?.allowed === false)
          report.error('number', `this number will not be called: ${verdict.reason}`, 'change it, or dial_policy', {
            refused: true,
          });
        if (caller_id !== undefined && toE164(caller_id, report.country) === undefined)
          report.error('caller_id', 'not a phone number', NUMBER_REMEDY, { not_a_number: caller_id });
      },
    },
  );
