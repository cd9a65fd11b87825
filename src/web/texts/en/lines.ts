import type { FormWords } from '../form.js';

/** Words of the pages of lines. */
export const lineTexts = {
  title: 'Lines',
  line: 'Line',
  add: 'Add a line',
  none: 'No lines yet.',
  noneHint: 'A line is a phone number of the company. Calls to it follow its call plan.',
  callerId: 'Shows when calling',
  languages: 'Languages',
  more: (n: number) => `and ${n} more`,
  queues: 'Queues',
  plan: 'Call plan',
  planHint: 'Until the line has a call plan, it hangs up.',
  trunkName: 'Connection to the provider:',
  details: 'Details',
  trunk: { online: 'connected', offline: 'not connected', unknown: 'unknown', notRegistered: 'not registered' },
  groups: { basics: 'The line', limits: 'Limits', outgoing: 'Calls that go out', dispatch: 'Orders' },
  callBack: { usual: 'as the plan says', yes: 'yes', no: 'no' },
  form: {
    fields: {
      number: ['Number', 'With the country code, such as +420222333444. It cannot be changed later.'],
      name: ['Name', 'Such as “Orders” or “Branch Brno”.'],
      languages: ['Languages of prompts', 'The first one that a prompt has is played. Default: those of the company.'],
      time_zone: ['Time zone', 'Of opening hours. Default: that of the company.'],
      reject_prompt: ['Prompt for rejected callers', 'Default: that of the company.'],
      max_calls: ['Most calls at the same time', 'Further callers hear the busy signal. Empty: no limit of its own.'],
      caller_id: ['Shown number', 'What others see when the line calls them. Default: its own number.'],
      trunk: ['Trunk', 'Outgoing calls try it first. Default: by the order of the trunks.'],
      branch: ['Branch', 'For the dispatch.'],
      tariff: ['Default tariff', 'Of orders that come in on this line.'],
      queue: ['Operators', 'The queue in which callers of the line find an operator.'],
      call_back: ['Connect callers who call back about an order', 'Before the call plan begins.'],
    },
    options: {},
  } satisfies FormWords,
};

export type LineTexts = typeof lineTexts;
