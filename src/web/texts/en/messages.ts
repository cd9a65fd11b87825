import { plural } from '../plural.js';

/** Words of the page of messages that callers left. */
export const messageTexts = {
  title: 'Messages',
  states: { open: 'To answer', done: 'Done' },
  who: 'Who',
  where: 'Called',
  owners: (names: string) => `for ${names}`,
  length: 'Length',
  when: 'When',
  how: 'Done',
  withheld: 'number withheld',
  unheard: 'new',
  heardBy: (who: string) => `heard by ${who}`,
  listen: (who: string) => `Listen to the message: ${who}`,
  stop: (who: string) => `Stop the message: ${who}`,
  markDone: 'Mark as done',
  doneFor: (who: string) => `Mark as done: ${who}`,
  isDone: (who: string) => `Message from ${who}: done`,
  reopen: 'Open again',
  reopenFor: (who: string) => `Open again: ${who}`,
  doneBy: (who: string) => `done by ${who}`,
  none: 'There are no messages to answer.',
  noneHint:
    'A call plan takes them with the action “Take a message”, for example when nobody answers in a queue or you are closed.',
  noneDone: 'No message has been marked as done.',
  more: 'Show more',
  shown: plural('en', { one: '# message', other: '# messages' }),
};

export type MessageTexts = typeof messageTexts;
