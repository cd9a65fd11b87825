import { expect, test } from 'vitest';
import { supportedLanguages } from '../../../../src/lib/language.js';
import { auditActions } from '../../../../src/storage/audit-log.js';
import {
  aboutWords,
  actionWord,
  actorWords,
  callOf,
  type EntryFacts,
  type Names,
} from '../../../../src/web/console/audit/words.js';
import * as languages from '../../../../src/web/texts/languages.js';

const { audit: texts } = languages.en;

const names: Names = {
  operators: new Map([['@jana', 'Jana Nováková']]),
  prompts: new Map([['12', 'Main menu']]),
  handset: (name) => `handset of ${name}`,
};

function entry(given: Partial<EntryFacts>): EntryFacts {
  return { action: 'logged_in', actor_kind: 'operator', actor: '@jana', subject: '', detail: {}, ...given };
}

test('every action has a word in every language', () => {
  for (const language of supportedLanguages) {
    const { actions } = languages[language].audit;
    expect(auditActions.filter((action) => actionWord(action, languages[language].audit) === action)).toEqual([]);
    expect(Object.keys(actions).sort()).toEqual([...auditActions].sort());
  }
});

test('an action of another version stays as it is', () => {
  expect(actionWord('constructor', texts)).toBe('constructor');
});

test.each<[Partial<EntryFacts>, string]>([
  [{}, 'Jana Nováková'],
  [{ actor: '@eva' }, 'eva'],
  [{ actor_kind: 'token', actor: 'shop' }, 'token shop'],
  [{ actor_kind: 'gateway', actor: '' }, 'the gateway'],
  [{ action: 'login_failed', actor_kind: 'gateway', actor: '', subject: '@jana' }, 'Jana Nováková'],
  [{ action: 'login_failed', actor_kind: 'gateway', actor: '', subject: '' }, '–'],
])('who: %o is %s', (given, expected) => {
  expect(actorWords(entry(given), names, texts)).toBe(expected);
});

test.each<[Partial<EntryFacts>, string]>([
  [{ subject: 'version 12', detail: { changes: { lines: 2, queues: 1 } } }, 'version 12 · lines: 2, queues: 1'],
  [
    { subject: 'operators/7', detail: { version: 3, login: 'jana', role: 'admin' } },
    'Jana Nováková · role: administrator',
  ],
  [{ subject: 'operators/7' }, 'operator 7'],
  [{ subject: 'prompts/12', detail: { version: 3 } }, 'Main menu'],
  [{ subject: 'prompts/13' }, 'prompt 13'],
  [{ subject: 'shop', detail: { scopes: ['calls:read'], expires_at: null } }, 'shop'],
  [{ subject: '@jana' }, 'Jana Nováková'],
  [{ action: 'report_exported', subject: 'agents', detail: { by: 'day' } }, 'Operators'],
  [{ action: 'login_failed', subject: '@jana', detail: { address: '127.0.0.1' } }, 'from 127.0.0.1'],
  [{ action: 'call_listened', subject: 'c_0123456789ab', detail: { handset: 'sales' } }, 'at handset of sales'],
  [{ action: 'recording_played', subject: 'r_0123456789ab', detail: { call: 'c_1' } }, ''],
])('about: %o is %s', (given, expected) => {
  expect(aboutWords(entry(given), names, texts)).toBe(expected);
});

test('the call of a recording and of listening in', () => {
  expect(callOf(entry({ action: 'call_listened', subject: 'c_1' }))).toBe('c_1');
  expect(callOf(entry({ action: 'recording_played', subject: 'r_1', detail: { call: 'c_2' } }))).toBe('c_2');
  expect(callOf(entry({ subject: 'version 1' }))).toBeUndefined();
});
