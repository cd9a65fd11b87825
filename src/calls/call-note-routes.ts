import { z } from 'zod';
import { json } from '../http/answer.js';
import { Problem, notFound, scopeMissing } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { nameOf } from '../http/tokens.js';
import { requestInstant } from '../http/instant.js';
import type { CallHistory } from './call-history.js';
import type { CallNote, CallNotes } from './call-notes.js';
import { noteAnswer, presentNote } from './present.js';

const MAX_LENGTH = 4000;

const params = z.object({ id: z.string().max(200) });
const answer = z.object({
  note: noteAnswer.nullable(),
  may_write: z.boolean().describe('Whether you may change it'),
});
const body = z.strictObject({
  text: z
    .string()
    .max(MAX_LENGTH)
    .describe('Empty removes the note')
    .meta({ examples: ['Wants the red one, will call again on Monday.'] }),
  replaces: requestInstant
    .nullable()
    .optional()
    .describe(
      '`at` of the note that the text is based on, null for none: refuses (412) when the call has another one by now',
    ),
});

interface CallNoteParts {
  notes: CallNotes;
  history: Pick<CallHistory, 'numberOf' | 'hasTalked'>;
  /** Whether a handset rings, talks or calls in this running call. */
  takesPart: (callId: string, handset: string) => boolean;
}

/** `/api/v1/calls/…/note`: the text that people keep about a call. */
export function callNoteRoutes({ notes, history, takesPart }: CallNoteParts): Route[] {
  const isTheirCall = async ({ who, can }: Request, callId: string) => {
    const handset = who?.operator?.handset;
    if (can('calls:control')) return true;
    return handset !== undefined && (takesPart(callId, handset) || (await history.hasTalked(callId, handset)));
  };
  /** Who does not see the numbers in a text must not replace it. */
  const mayReplace = (request: Request, note: CallNote | null) =>
    note === null || seesAll(request, note) || presentNote(note, false).text === note.text;
  return [
    route({
      method: 'GET',
      path: '/api/v1/calls/:id/note',
      scope: 'calls:read',
      summary:
        'The note about a call, and whether you may write it. Digits of the notes of others are masked without numbers:read',
      params,
      answers: { 200: { description: 'The note; null for none', schema: answer } },
      handle: async (request) => {
        const { id } = request.params;
        await requireCall(id);
        const note = await notes.find(id);
        const mayWrite = (await isTheirCall(request, id)) && mayReplace(request, note);
        return json({ note: note && presentNote(note, seesAll(request, note)), may_write: mayWrite });
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/calls/:id/note',
      // Enough for calls of the own handset; other calls need calls:control.
      scope: 'operators:read',
      summary:
        'Writes the note about a call of your own handset, during the talk or after it. Other calls need calls:control',
      params,
      body,
      answers: {
        200: { description: 'The stored note; null when it was removed', schema: answer },
        404: { description: 'There is no such call' },
        412: { description: 'Somebody has changed the note meanwhile: `note` is the present one' },
      },
      handle: async (request) => {
        const { id } = request.params;
        const { who } = request;
        await requireCall(id);
        if (who === undefined || !(await isTheirCall(request, id))) throw scopeMissing('calls:control');
        if (!mayReplace(request, await notes.find(id))) throw scopeMissing('numbers:read');
        const { text, replaces } = request.body;
        const base = typeof replaces === 'string' ? Date.parse(replaces) : replaces;
        const outcome = await notes.put(id, text.trim(), nameOf(who), base);
        if (outcome.ok) return json({ note: outcome.note && presentNote(outcome.note, true), may_write: true });
        if (outcome.why === 'unknown_call') throw noSuchCall();
        const note = outcome.note && presentNote(outcome.note, seesAll(request, outcome.note));
        throw new Problem(412, 'Precondition failed', 'the note was changed meanwhile', {
          code: 'changed_meanwhile',
          extra: { note },
        });
      },
    }),
  ];

  async function requireCall(id: string): Promise<void> {
    if ((await history.numberOf(id)) === undefined) throw noSuchCall();
  }
}

/** Whether a reader sees the digits in a note: with the scope, and in a text of their own. */
function seesAll({ who, can }: Request, note: CallNote): boolean {
  return can('numbers:read') || (who !== undefined && nameOf(who) === note.by);
}

function noSuchCall(): Problem {
  return notFound('there is no such call');
}
