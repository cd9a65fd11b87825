import { plural } from '../plural.js';

/** Words of the comparison of a draft with past calls. */
export const pastCallTexts = {
  title: 'What would past calls have done?',
  hint: 'Replays the incoming calls of the last days with the draft, up to the first difference. Nobody is called.',
  days: 'Days',
  start: 'Compare',
  again: 'Compare again',
  cancel: 'Cancel',
  progress: (done: number, total: number) => `Compared ${done} of ${total} calls`,
  canceled: 'The comparison was canceled.',
  failed: 'The comparison failed.',
  draftHasErrors: 'The draft has errors. Correct them first.',
  outdated: 'The draft has changed since the comparison.',
  none: 'There was no incoming call in these days.',
  allSame: 'No call would have been different.',
  same: plural('en', { one: '# call would have been the same', other: '# calls would have been the same' }),
  different: plural('en', { one: '# call would have been different', other: '# calls would have been different' }),
  unclear: plural('en', { one: '# call cannot be compared', other: '# calls cannot be compared' }),
  unclearHint: 'Not everything that happened in these calls was recorded, for example after a restart of the gateway.',
  callers: plural('en', { one: '# caller', other: '# callers' }),
  key: (key: string) => `after pressing ${key}`,
  would: 'With the draft',
  was: 'Until now',
  prompts: (names: string) => `prompt ${names}`,
  quoted: (name: string) => `“${name}”`,
  queue: (name: string) => `queue ${name}`,
  shop: (url: string) => `request to ${url}`,
  dial: (target: string) => `ringing of ${target}`,
  detect_machine: 'detection of an answering machine',
  hang_up: 'end of the call',
  no_line: 'the line does not exist',
  nothing: 'nothing else',
  calls: 'Calls',
};

export type PastCallTexts = typeof pastCallTexts;
