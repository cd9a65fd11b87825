import { beforeEach, expect, test } from 'vitest';
import {
  NoteEditor,
  type Note,
  type NoteDraft,
  type SaveOutcome,
} from '../../../../src/web/console/notes/note-editor.js';

/** The note about a call while somebody types it. */

let stored: { note: Note | null; mayWrite: boolean } | undefined;
let draft: NoteDraft | undefined;
let saved: [text: string, base: string | null][];
let answers: (() => Promise<SaveOutcome>)[];
let timers: { ms: number; run: () => void }[];

const note = (text: string, at: string): Note => ({ text, by: '@eva', at });

beforeEach(() => {
  [stored, draft, saved, answers, timers] = [{ note: null, mayWrite: true }, undefined, [], [], []];
});

function editor(): NoteEditor {
  return new NoteEditor({
    load: () => Promise.resolve(stored),
    save: (text, base) => {
      saved.push([text, base]);
      const answer = answers.shift();
      return answer === undefined ? Promise.resolve({ ok: true, note: note(text, `at ${saved.length}`) }) : answer();
    },
    drafts: {
      read: () => draft,
      write: (kept) => (draft = kept),
      clear: () => (draft = undefined),
    },
    later: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => void (timers = timers.filter((each) => each !== timer));
    },
  });
}

async function opened(): Promise<NoteEditor> {
  const one = editor();
  await one.open();
  return one;
}

/** Lets what waits happen. */
async function pass(): Promise<void> {
  for (const { run } of timers.splice(0)) run();
  await Promise.resolve();
  await Promise.resolve();
}

test('is saved after a pause in the typing, based on what was stored before', async () => {
  const one = await opened();
  one.type('wants');
  one.type('wants the red one');
  expect(timers).toHaveLength(1);
  expect(draft).toEqual({ text: 'wants the red one', base: null });
  await pass();
  expect([saved, one.status.value, draft]).toEqual([[['wants the red one', null]], 'saved', undefined]);
  one.type('wants the blue one');
  await pass();
  expect(saved.at(-1)).toEqual(['wants the blue one', 'at 1']);
});

test('what was typed during a request is saved after it', async () => {
  const one = await opened();
  let finish: (outcome: SaveOutcome) => void = () => undefined;
  answers.push(() => new Promise((resolve) => (finish = resolve)));
  one.type('a');
  await pass();
  one.type('ab');
  await pass();
  expect(saved).toEqual([['a', null]]);
  finish({ ok: true, note: note('a', 'first') });
  await Promise.resolve();
  await Promise.resolve();
  await pass();
  expect(saved.at(-1)).toEqual(['ab', 'first']);
  expect(one.text.value).toBe('ab');
});

test('a draft of a page that was left is continued', async () => {
  stored = { note: note('old', 'then'), mayWrite: true };
  draft = { text: 'old and new', base: 'then' };
  const one = await opened();
  expect(one.text.value).toBe('old and new');
  await pass();
  expect(saved).toEqual([['old and new', 'then']]);
});

test('a failed request is repeated, and the text stays', async () => {
  const one = await opened();
  answers.push(() => Promise.resolve({ ok: false, why: 'failed' }));
  one.type('important');
  await pass();
  expect([one.status.value, draft?.text]).toEqual(['failed', 'important']);
  await pass();
  expect([one.status.value, saved.length]).toEqual(['saved', 2]);
});

test('what somebody else wrote meanwhile is shown; either text can be kept', async () => {
  const theirs = note('theirs', 'later');
  for (const [choose, expected] of [
    [(one: NoteEditor) => one.keepMine(), 'mine'],
    [(one: NoteEditor) => one.takeTheirs(), 'theirs'],
  ] as const) {
    const one = await opened();
    answers.push(() => Promise.resolve({ ok: false, why: 'changed', note: theirs }));
    one.type('mine');
    await pass();
    expect([one.status.value, one.theirs.value]).toEqual(['changed', theirs]);
    const before = saved.length;
    choose(one);
    await pass();
    expect(one.text.value).toBe(expected);
    expect(saved.slice(before)).toEqual(expected === 'mine' ? [['mine', 'later']] : []);
    expect(draft).toBeUndefined();
  }
});

test('leaving the page saves at once', async () => {
  const one = await opened();
  one.type('last words');
  one.close();
  expect(saved).toEqual([['last words', null]]);
  await pass();
  expect(timers).toEqual([]);
});

test('who may not write sees the text', async () => {
  stored = { note: note('read me', 'then'), mayWrite: false };
  draft = { text: 'not mine', base: null };
  const one = await opened();
  expect([one.text.value, one.mayWrite.value]).toEqual(['read me', false]);
  expect(timers).toEqual([]);
});
