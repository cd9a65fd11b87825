import type { AuditTexts } from '../../texts/en/audit.js';

/** What the words of an entry are made of. */
export interface EntryFacts {
  action: string;
  actor_kind: 'operator' | 'token' | 'gateway';
  actor: string;
  subject: string;
  detail: Record<string, unknown>;
}

/** The names of things that entries mention by id. */
export interface Names {
  operators: ReadonlyMap<string, string>;
  prompts: ReadonlyMap<string, string>;
  handset: (name: string) => string;
}

/** An action in words. One of another version of the gateway stays as it is. */
export function actionWord(action: string, { actions }: AuditTexts): string {
  return Object.hasOwn(actions, action) ? actions[action as keyof AuditTexts['actions']] : action;
}

/** The person by name, or the token. A failed login has no actor: its subject is who it was. */
export function actorWords(
  { actor_kind: kind, actor, subject, action }: EntryFacts,
  names: Names,
  texts: AuditTexts,
): string {
  if (action === 'login_failed') return personWords(subject, names);
  if (kind === 'gateway') return texts.gateway;
  return kind === 'token' ? texts.token(actor) : personWords(actor, names);
}

function personWords(login: string, { operators }: Names): string {
  return operators.get(login) ?? (login.replace(/^@/, '') || '–');
}

/** Actions whose subject is an id that says nothing to people, or who it was. */
const SAYS_NOTHING = new Set([
  'login_failed',
  'recording_played',
  'recording_downloaded',
  'recording_deleted',
  'call_listened',
  'call_listen_refused',
  'call_note_changed',
  'person_exported',
  'person_erased',
]);

/** What was changed or used, and how, in words. */
export function aboutWords(entry: EntryFacts, names: Names, texts: AuditTexts): string {
  const { detail } = entry;
  const parts = [
    SAYS_NOTHING.has(entry.action) ? '' : subjectWords(entry, names, texts),
    textIn(detail, 'role', (role) => texts.role(wordIn(texts.roles, role))),
    textIn(detail, 'handset', (name) => texts.handset(names.handset(name))),
    textIn(detail, 'address', texts.address),
    changesWords(detail['changes'], texts),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Actions whose subject is the id of a call. */
const ABOUT_CALL = new Set(['call_listened', 'call_listen_refused', 'call_note_changed']);

/** The id of the call that the entry is about; undefined when it is about none. */
export function callOf({ action, subject, detail }: EntryFacts): string | undefined {
  if (ABOUT_CALL.has(action)) return subject;
  return typeof detail['call'] === 'string' ? detail['call'] : undefined;
}

function subjectWords({ action, subject, detail }: EntryFacts, names: Names, texts: AuditTexts): string {
  if (action === 'report_exported') return wordIn(texts.reports, subject);
  const [, version] = /^version (\d+)$/.exec(subject) ?? [];
  if (version !== undefined) return texts.version(version);
  const [, section, key = ''] = /^(operators|prompts)\/(.+)$/.exec(subject) ?? [];
  if (section === 'prompts') return names.prompts.get(key) ?? texts.prompt(key);
  if (section === 'operators') {
    const login = detail['login'];
    return typeof login === 'string' ? personWords(`@${login}`, names) : texts.operator(key);
  }
  return subject.startsWith('@') ? personWords(subject, names) : subject;
}

/** How many items of which section have changed. */
function changesWords(changes: unknown, { sections }: AuditTexts): string {
  if (typeof changes !== 'object' || changes === null) return '';
  return Object.entries(changes)
    .map(([section, count]) => `${wordIn(sections, section)}: ${String(count)}`)
    .join(', ');
}

function textIn(detail: EntryFacts['detail'], name: string, write: (value: string) => string): string {
  const value = detail[name];
  return typeof value === 'string' && value !== '' ? write(value) : '';
}

function wordIn(words: Record<string, string>, word: string): string {
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word;
}
