import { z } from 'zod';
import type { Scope } from '../../http/route.js';
import type { PageTexts } from '../texts/texts.js';

const noParams = z.strictObject({});
/** The number of a line, or the name of a part. */
const planParams = z.strictObject({ key: z.string().min(1).max(200) });
/** The characters of a call's id; another address is no page. */
const callParams = z.strictObject({ id: z.string().regex(/^[\w.~-]{1,200}$/) });

const planTitle = ({ ofNavigation }: PageTexts) => ofNavigation.plans;
export const idParams = z.strictObject({ id: z.string().regex(/^[1-9][0-9]{0,14}$/) });
const nameParams = z.strictObject({ name: z.string().regex(/^[\w-]{1,60}$/) });
const queueParams = z.strictObject({ id: z.string().regex(/^\d{1,10}$/) });
const handsetParams = z.strictObject({ name: z.string().regex(/^[a-z0-9_-]{2,40}$/) });
const personParams = z.strictObject({ id: z.string().regex(/^(?:\d{1,10}|roles)$/) });
const lineParams = z.strictObject({ number: z.string().regex(/^\+?\d{2,25}$/) });
const sectionParams = z.strictObject({ section: z.enum(['callbacks', 'profiles']) });

/** The pages of the console. The browser renders their content (src/web/console). */
export const pages: {
  path: string;
  scope: Scope;
  title: (texts: PageTexts) => string;
  summary: string;
  params: z.ZodType;
  /** Without the menu, for a large screen. */
  isBare?: true;
}[] = [
  {
    path: '/now',
    scope: 'monitor:read',
    title: ({ ofNavigation }) => ofNavigation.now,
    summary: 'Live calls, queues and handsets',
    params: noParams,
  },
  {
    path: '/alarms',
    scope: 'metrics:read',
    title: ({ ofNavigation }) => ofNavigation.alarms,
    summary: 'Alarms that fire, silences, receivers and former alarms',
    params: noParams,
  },
  {
    path: '/alarms/settings',
    scope: 'config:read',
    title: ({ ofNavigation }) => ofNavigation.alarms,
    summary: 'What an alarm is, and who receives it',
    params: noParams,
  },
  {
    path: '/system',
    scope: 'metrics:read',
    title: ({ ofNavigation }) => ofNavigation.system,
    summary: 'State of the gateway, Asterisk and the trunk',
    params: noParams,
  },
  {
    path: '/system/connect',
    scope: 'config:write',
    title: ({ ofNavigation }) => ofNavigation.system,
    summary: 'What an Asterisk of your own has and lacks for the gateway, and the snippets for its files',
    params: noParams,
  },
  {
    path: '/wall',
    scope: 'monitor:read',
    title: ({ ofNavigation }) => ofNavigation.wall,
    summary: 'Queues on a large screen',
    params: noParams,
    isBare: true,
  },
  { path: '/calls', scope: 'calls:read', title: ({ calls }) => calls, summary: 'Calls', params: noParams },
  { path: '/calls/:id', scope: 'calls:read', title: ({ call }) => call, summary: 'One call', params: callParams },
  { path: '/plans', scope: 'config:read', title: planTitle, summary: 'Call plans', params: noParams },
  { path: '/plans/changes', scope: 'config:read', title: planTitle, summary: 'Unpublished changes', params: noParams },
  { path: '/plans/history', scope: 'config:read', title: planTitle, summary: 'Former versions', params: noParams },
  { path: '/plans/lines/:key', scope: 'config:read', title: planTitle, summary: 'One call plan', params: planParams },
  { path: '/plans/parts/:key', scope: 'config:read', title: planTitle, summary: 'One part', params: planParams },
  { path: '/prompts', scope: 'prompts:read', title: ({ prompts }) => prompts, summary: 'Prompts', params: noParams },
  {
    path: '/prompts/:id',
    scope: 'prompts:read',
    title: ({ prompts }) => prompts,
    summary: 'One prompt',
    params: idParams,
  },
  { path: '/music', scope: 'prompts:read', title: ({ music }) => music, summary: 'Music', params: noParams },
  {
    path: '/music/:name',
    scope: 'prompts:read',
    title: ({ music }) => music,
    summary: 'One music',
    params: nameParams,
  },
  { path: '/shop', scope: 'config:read', title: ({ shop }) => shop, summary: 'Settings of the shop', params: noParams },
  {
    path: '/webhooks',
    scope: 'calls:read',
    title: ({ webhooks }) => webhooks,
    summary: 'Receivers of events, and deliveries',
    params: noParams,
  },
  {
    path: '/webhooks/:id',
    scope: 'calls:read',
    title: ({ webhooks }) => webhooks,
    summary: 'One delivery to a webhook',
    params: idParams,
  },
  {
    path: '/dispatch',
    scope: 'config:read',
    title: ({ dispatch }) => dispatch,
    summary: 'Values for the settings forms of the dispatch',
    params: noParams,
  },
  {
    path: '/embedded-phone',
    scope: 'config:read',
    title: ({ ofNavigation }) => ofNavigation.embeddedPhone,
    summary: 'How the phone of an operator gets into other pages',
    params: noParams,
  },
  {
    path: '/recorded-requests',
    scope: 'config:read',
    title: ({ recordedRequests }) => recordedRequests,
    summary: 'Unknown requests of integrations',
    params: noParams,
  },
  {
    path: '/queues',
    scope: 'monitor:read',
    title: ({ ofNavigation }) => ofNavigation.queues,
    summary: 'Queues and their live state',
    params: noParams,
  },
  {
    path: '/queues/:id',
    scope: 'monitor:read',
    title: ({ ofNavigation }) => ofNavigation.queues,
    summary: 'One queue and its settings',
    params: queueParams,
  },
  {
    path: '/handsets',
    scope: 'operators:read',
    title: ({ ofNavigation }) => ofNavigation.handsets,
    summary: 'Handsets and their phones',
    params: noParams,
  },
  {
    path: '/handsets/:name',
    scope: 'operators:read',
    title: ({ ofNavigation }) => ofNavigation.handsets,
    summary: 'One handset, and how a phone is connected',
    params: handsetParams,
  },
  {
    path: '/people',
    scope: 'accounts:write',
    title: ({ ofNavigation }) => ofNavigation.users,
    summary: 'People with their roles',
    params: noParams,
  },
  {
    path: '/people/:id',
    scope: 'accounts:write',
    title: ({ ofNavigation }) => ofNavigation.users,
    summary: 'One person, or the rights of roles',
    params: personParams,
  },
  {
    path: '/tokens',
    scope: 'accounts:write',
    title: ({ ofNavigation }) => ofNavigation.tokens,
    summary: 'API tokens of programs',
    params: noParams,
  },
  {
    path: '/lines',
    scope: 'lines:read',
    title: ({ ofNavigation }) => ofNavigation.lines,
    summary: 'The numbers of the company',
    params: noParams,
  },
  {
    path: '/lines/:number',
    scope: 'config:read',
    title: ({ ofNavigation }) => ofNavigation.lines,
    summary: 'One line without its plan',
    params: lineParams,
  },
  {
    path: '/trunks',
    scope: 'metrics:read',
    title: ({ ofNavigation }) => ofNavigation.trunks,
    summary: 'Connections to providers and other PBXs, and their states',
    params: noParams,
  },
  {
    path: '/trunks/:name',
    scope: 'config:read',
    title: ({ ofNavigation }) => ofNavigation.trunks,
    summary: 'One trunk and its settings',
    params: handsetParams,
  },
  {
    path: '/settings',
    scope: 'config:read',
    title: ({ ofNavigation }) => ofNavigation.settings,
    summary: 'The settings of the company',
    params: noParams,
  },
  {
    path: '/settings/yaml',
    scope: 'config:read',
    title: ({ ofNavigation }) => ofNavigation.settings,
    summary: 'The whole configuration as YAML',
    params: noParams,
  },
  {
    path: '/settings/:section',
    scope: 'config:read',
    title: ({ ofNavigation }) => ofNavigation.settings,
    summary: 'Callbacks or contract profiles',
    params: sectionParams,
  },
  {
    path: '/missed',
    scope: 'calls:read',
    title: ({ ofNavigation }) => ofNavigation.missed,
    summary: 'Missed calls to call back',
    params: noParams,
  },
  {
    path: '/messages',
    scope: 'calls:read',
    title: ({ ofNavigation }) => ofNavigation.messages,
    summary: 'What callers said when nobody answered',
    params: noParams,
  },
  {
    path: '/reports',
    scope: 'metrics:read',
    title: ({ ofNavigation }) => ofNavigation.reports,
    summary: 'Calls and waiting in numbers',
    params: noParams,
  },
  {
    path: '/notifications',
    scope: 'calls:read',
    title: ({ ofNavigation }) => ofNavigation.notifications,
    summary: 'Automatic calls about orders',
    params: noParams,
  },
  {
    path: '/notifications/:id',
    scope: 'calls:read',
    title: ({ ofNavigation }) => ofNavigation.notifications,
    summary: 'One notification',
    params: callParams,
  },
  {
    path: '/bridges',
    scope: 'calls:read',
    title: ({ ofNavigation }) => ofNavigation.bridges,
    summary: 'Calls between parties that do not see each other’s number',
    params: noParams,
  },
  {
    path: '/do-not-call',
    scope: 'numbers:read',
    title: ({ ofNavigation }) => ofNavigation.doNotCall,
    summary: 'Numbers that notifications never call',
    params: noParams,
  },
  {
    path: '/account',
    scope: 'calls:read',
    title: ({ ofNavigation }) => ofNavigation.account,
    summary: 'Your own password, and the access token of the dispatch',
    params: noParams,
  },
  {
    path: '/personal-data',
    scope: 'people:data',
    title: ({ ofNavigation }) => ofNavigation.personalData,
    summary: 'What is stored about a number: shown, exported and erased',
    params: noParams,
  },
  {
    path: '/audit',
    scope: 'audit:read',
    title: ({ ofNavigation }) => ofNavigation.audit,
    summary: 'Who logged in, changed or heard what',
    params: noParams,
  },
];
