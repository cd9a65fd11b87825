import type { ApiDescriptionParts } from '../http/openapi.js';

/** The tags of the API description in their order, with the first parts of the paths that belong to each. */
export const apiTags = [
  {
    name: 'calls',
    description: 'Calls in progress and calls that are over: start, control, search, replay.',
    paths: ['calls', 'refused-calls', 'missed-calls', 'dial-checks'],
  },
  {
    name: 'live state',
    description: 'Who calls, waits, rings and talks now.',
    paths: ['monitor', 'queues'],
  },
  {
    name: 'handsets',
    description: 'Handsets and their phones: logins to queues, the own call, provisioning.',
    paths: ['handsets', 'phone-servers', 'provisioning', 'operator-events'],
  },
  {
    name: 'trunks',
    description: 'Connections to providers and other PBXs: states, passwords, test calls.',
    paths: ['trunks'],
  },
  {
    name: 'embedded phone',
    description: 'The phone of an operator in a page of another server.',
    paths: ['phone-sessions', 'phone-session', 'phone', 'phone-frame'],
  },
  {
    name: 'recordings',
    description: 'Recordings of talks, and messages of callers.',
    paths: ['recordings', 'messages'],
  },
  { name: 'reports', description: 'Numbers of calls, waits and talks by time.', paths: ['reports'] },
  {
    name: 'configuration',
    description: 'The document of the company: items, drafts, versions, and a simulated call.',
    paths: ['config', 'plan-actions', 'simulate', 'setup', 'holidays', 'lines', 'contacts'],
  },
  {
    name: 'prompts',
    description: 'Prompts, music, and speech made from text.',
    paths: ['prompts', 'audio', 'media', 'music', 'shipped-sounds', 'status-speech'],
  },
  {
    name: 'notifications',
    description: 'Calls that speak the status of an order, and numbers that must not be called.',
    paths: ['notifications', 'held-notifications', 'do-not-call'],
  },
  { name: 'bridges', description: 'Calls between two parties who do not see each other’s number.', paths: ['bridges'] },
  {
    name: 'integrations',
    description: 'Webhooks, the shop, the dispatch system, and requests that were recorded.',
    paths: ['webhooks', 'shop-settings', 'hand-over-test', 'recorded-requests', 'dispatch-settings'],
  },
  {
    name: 'accounts',
    description: 'People, their passwords and tokens, and the audit log.',
    paths: ['me', 'accounts', 'tokens', 'operators', 'audit'],
  },
  {
    name: 'webhooks',
    description: 'Requests that the gateway sends to servers of the company. Profiles can rename their fields.',
    paths: [],
  },
  {
    name: 'telfa',
    description:
      'Telfa’s control API, by which a shop controls calls, users and plans. A path can end in `.xml` as well: then body and response are XML. The company can add paths and rename fields.',
    paths: [],
  },
  {
    name: 'gootax',
    description:
      'Requests of a dispatch such as Gootax. Bodies can also be forms; unknown fields are stored. The company can add paths and names.',
    paths: [],
  },
  {
    name: 'runtel',
    description:
      'Runtel’s API for a CRM, when the company has `runtel` in its document. The company can add paths and rename fields.',
    paths: [],
  },
  { name: 'privacy', description: 'Export and erasure of the data of a person.', paths: ['people'] },
  {
    name: 'gateway',
    description: 'Health, metrics, alarms, backups, banned addresses, and this description.',
    paths: ['healthz', 'readyz', 'metrics', 'system', 'alarms', 'backups', 'bans', 'openapi'],
  },
] as const satisfies NonNullable<ApiDescriptionParts['tags']>;
