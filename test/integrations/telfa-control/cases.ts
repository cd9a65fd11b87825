import { expect } from 'vitest';

/** One call of the control API, what it does and what it answers: in every format, with every login, from every client. */
export interface Case {
  /** Of the row. */
  row: string;
  method?: string;
  path: string;
  query?: Record<string, string>;
  root?: string;
  fields?: Record<string, unknown>;
  /** What the gateway was asked. */
  does?: unknown[];
  /** What is answered, as JSON. */
  says?: unknown;
}

const OK = { ok: true };
const JANA = {
  id: 7,
  login: 'jana@shop.cz',
  email: 'jana@shop.cz',
  name: 'Jana Žáková',
  role: 'admin',
  handset: 'sklad',
};

const callOne = {
  id: 1,
  call_id: 'c_1',
  direction: 'incoming',
  caller_number: '777888999',
  dialed_number: '222333444',
  started_at: '2026-11-21T11:15:30.000+01:00',
  answered_at: '2026-11-21T11:15:31.000+01:00',
  ended_at: null,
  duration: null,
  running: true,
  state: 'parts/sklad/0',
  ended_by: null,
  result: null,
  waited: null,
  talked: null,
  group_id: null,
  agent: null,
  recordings: [],
};
const callTwo = {
  ...callOne,
  id: 2,
  call_id: 'c_2',
  ended_at: '2026-11-21T11:16:31.000+01:00',
  duration: 61,
  running: false,
  ended_by: 'caller',
  result: 'answered',
  waited: 8,
  talked: 50,
  group_id: 1,
  agent: 'sklad',
  recordings: [{ id: 'r_1', state: 'ready', duration: 60, url: '/calls/recordings/r_1' }],
};
const state = {
  id: 7,
  login: 'jana@shop.cz',
  name: 'Jana Žáková',
  state: 'talking',
  registered: true,
  groups: [{ id: 1, logged_in: true, paused: false, pause_reason: null, state: 'talking' }],
};

export const cases: Case[] = [
  {
    row: 'call',
    method: 'POST',
    path: '/calls',
    query: { number: '777888999', method: 'voip', telfa_user_id: '7', auto_answer: 'true', number_id: '1' },
    does: ['call', { number: '777888999', autoAnswer: true, line: '+420222333444', handset: 'sklad' }],
    says: { id: 3, call_id: 'c_new' },
  },
  {
    row: 'announce',
    method: 'POST',
    path: '/calls/announce',
    query: { number: '777888999', recording_id: '12' },
    does: ['announce', { number: '777888999', say: { prompt: 12 } }],
    says: { id: 3, call_id: 'c_new' },
  },
  {
    row: 'play',
    method: 'POST',
    path: '/calls/play_recording',
    root: 'play_recording',
    fields: { call_id: 'c_1', recording_id: 12, side: 'both' },
    does: ['play', 'c_1', 12, 'both'],
    says: OK,
  },
  {
    row: 'interrupt',
    method: 'POST',
    path: '/calls/interrupt',
    root: 'interrupt_call',
    fields: { id: 'c_1', recording_id: 40 },
    does: ['interrupt', 'c_1', 40],
    says: OK,
  },
  {
    row: 'transfer',
    method: 'POST',
    path: '/calls/transfer',
    root: 'transfer',
    fields: { call_id: 'c_1', group_id: 2 },
    does: ['transfer', 'c_1', { queue: 2 }],
    says: OK,
  },
  {
    row: 'listen',
    method: 'POST',
    path: '/calls/listen',
    root: 'listen',
    fields: { call_id: 'c_1', telfa_user_login: 'petr' },
    does: ['listen', 'c_1', 'kancelar'],
    says: OK,
  },
  {
    row: 'hang_up',
    method: 'POST',
    path: '/calls/hangup',
    root: 'hangup',
    fields: { call_id: 'c_1' },
    does: ['hangUp', 'c_1'],
    says: OK,
  },
  { row: 'current_calls', path: '/calls/current', says: [callOne] },
  {
    row: 'call_log',
    path: '/calls',
    query: { page: '2', from: '2026-11-21T00:00:00Z', number_id: '2' },
    does: [
      'log',
      { limit: 30, offset: 30, line: '+420222333445', since: Date.parse('2026-11-21T00:00:00Z'), until: undefined },
    ],
    says: [callOne, callTwo],
  },
  { row: 'one_call', path: '/calls/c_2', says: callTwo },
  {
    row: 'users',
    path: '/users',
    says: [{ ...JANA, mobile: '777000111' }, expect.objectContaining({ id: 8, mobile: null })],
  },
  { row: 'one_user', path: '/users/7', says: { ...JANA, mobile: '777000111' } },
  { row: 'states', path: '/users/state', says: [state, expect.objectContaining({ id: 8, state: 'offline' })] },
  { row: 'one_state', path: '/users/7/state', says: state },
  {
    row: 'login_history',
    path: '/users/7/logins',
    does: ['history', { operator: 'jana@shop.cz', since: undefined, until: undefined, limit: 30, offset: 0 }],
    says: [{ at: '2026-11-21T11:15:30.000+01:00', event: 'pause', group_id: 1, reason: 'oběd' }],
  },
  {
    row: 'log_in',
    method: 'POST',
    path: '/users/8/login',
    root: 'login',
    fields: { group_id: 2 },
    does: ['logIn', 'kancelar', [2], expect.any(String)],
    says: OK,
  },
  {
    row: 'log_out',
    method: 'POST',
    path: '/users/8/logout',
    does: ['logOut', 'kancelar', undefined, expect.any(String)],
    says: OK,
  },
  {
    row: 'groups',
    path: '/groups',
    says: [
      { id: 1, name: 'Fronta volajících', strategy: 'ringall' },
      { id: 2, name: 'Kancelář', strategy: 'ringall' },
    ],
  },
  { row: 'group_users', path: '/groups/2/users', says: [expect.objectContaining({ id: 8, login: 'petr' })] },
  {
    row: 'prompts',
    path: '/recordings',
    says: [
      { id: 40, name: 'Položení hovoru', languages: [] },
      { id: 12, name: 'Objednávka <je> & připravena', languages: [] },
    ],
  },
  {
    row: 'prompt_from_text',
    method: 'POST',
    path: '/recordings',
    root: 'recording',
    fields: { name: 'Pozdrav', text: 'Příliš žluťoučký kůň', voice: 'cs' },
    does: ['fromText', 'Pozdrav', 'Příliš žluťoučký kůň', 'cs'],
    says: { id: 41, name: 'Pozdrav', languages: ['cs'] },
  },
  {
    row: 'numbers',
    path: '/numbers',
    says: [
      { id: 1, number: '222333444', name: 'Zákaznická linka', recipe_id: 1 },
      { id: 2, number: '222333445', name: '', recipe_id: 2 },
    ],
  },
  {
    row: 'recipes',
    path: '/recipes',
    query: { page: '1' },
    says: expect.arrayContaining([expect.objectContaining({ id: 3, name: 'sklad', number_id: null })]),
  },
  {
    row: 'one_recipe',
    path: '/recipes/3',
    says: {
      id: 3,
      name: 'sklad',
      number_id: null,
      steps: [
        { id: 1, position: 1, action: 'enqueue', settings: { queue: 1, label: 'telefon-kancelář' } },
        { id: 2, position: 2, action: 'hang_up', settings: {} },
      ],
    },
  },
  {
    row: 'steps',
    path: '/recipes/4/steps',
    says: expect.arrayContaining([{ id: 1, position: 1, action: 'play', settings: { prompt: 12 } }]),
  },
  {
    row: 'webhooks',
    path: '/webhooks',
    says: [expect.objectContaining({ id: 'telfa', url: 'https://shop.example/telfa/' })],
  },
];
