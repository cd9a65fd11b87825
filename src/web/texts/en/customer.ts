import { orderStatusTexts } from './order-status.js';

/** Words of what is known about the other side of a call, and of notes. */
export const customerTexts = {
  about: 'About the caller',
  orders: 'Open orders',
  lastCalls: 'Last calls',
  lastNotes: 'Notes',
  nothingKnown: 'Nothing is known about this number yet.',
  loadFailed: 'What is known about the caller could not be loaded.',
  directions: { incoming: 'incoming', outgoing: 'outgoing' },
  running: 'in progress',
  outcomes: {
    answered: 'answered',
    served: 'served by the call plan',
    lost: 'hung up while waiting',
    unanswered: 'no answer',
    busy: 'busy',
    unreachable: 'unreachable',
    rejected: 'rejected',
    refused: 'refused',
    failed: 'failed',
  },
  parties: { client: 'client', driver: 'driver' },
  statuses: orderStatusTexts.statuses as Readonly<Record<string, string>>,
  note: 'Note about this call',
  lastCall: (who: string) => `Last call: ${who}`,
  close: 'Close the note',
  saved: 'Saved',
  saving: 'Saving…',
  unsaved: 'Not saved yet',
  failed: 'Not saved. Trying again…',
  refused: 'You may not write this note.',
  changed: (who: string, when: string) => `${who} has changed the note (${when}):`,
  removed: 'The note was removed meanwhile.',
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
  writtenBy: (who: string, when: string) => `${who}, ${when}`,
};

export type CustomerTexts = typeof customerTexts;
