import { beforeEach, describe, expect, test } from 'vitest';
import type { ApiFailure, ApiOutcome } from '../../../../src/web/console/api/client.js';
import { ItemEditor, type EditorNotices } from '../../../../src/web/console/config/item-editor.js';
import type { ConfigItems, ItemAt, ItemChange, Saved } from '../../../../src/web/console/config/items.js';
import { unsavedInput } from '../../../../src/web/console/config/unsaved.js';

interface Queue {
  id: number;
  name: string;
  weight?: number;
  announce?: { every: string };
}

const SALES: ItemAt = { section: 'queues', key: '1' };

const refused = (status: number, more: Partial<ApiFailure> = {}): ApiFailure => ({
  ok: false,
  status,
  detail: '',
  code: undefined,
  params: {},
  errors: [],
  problem: undefined,
  ...more,
});

/** The items of a section, as the API keeps them: each state has another tag. */
class Items implements ConfigItems {
  stored = new Map<string, { body: unknown; etag: string }>();
  changes: ItemChange[] = [];
  next: ApiFailure | undefined;
  #count = 0;

  put(key: string, body: unknown, author = '@me'): Saved {
    this.#count += 1;
    this.stored.set(key, { body, etag: `"${this.#count}"` });
    this.changes.unshift({ version: this.#count, at: '2026-11-21T10:00:00.000Z', author });
    return { body, etag: `"${this.#count}"`, version: this.#count };
  }
  read({ key }: ItemAt) {
    const item = this.stored.get(key);
    return Promise.resolve(this.#take() ?? (item ? { ok: true as const, data: item, etag: item.etag } : refused(404)));
  }
  list() {
    const data = [...this.stored].map(([key, item]) => ({ key, ...item }));
    return Promise.resolve({ ok: true as const, data, etag: '' });
  }
  write({ key }: ItemAt, body: unknown, etag: string | null, position?: number): Promise<ApiOutcome<Saved>> {
    const failure = this.#take() ?? this.#conflict(key, etag);
    if (failure) return Promise.resolve(failure);
    const saved = this.put(key, body);
    if (position !== undefined) {
      const others = [...this.stored].filter(([each]) => each !== key);
      this.stored = new Map(others.toSpliced(position, 0, [key, { body, etag: saved.etag }]));
    }
    return Promise.resolve({ ok: true, data: saved, etag: saved.etag });
  }
  remove({ key }: ItemAt, etag: string): Promise<ApiOutcome<object>> {
    const failure = this.#take() ?? this.#conflict(key, etag);
    if (failure) return Promise.resolve(failure);
    this.stored.delete(key);
    return Promise.resolve({ ok: true, data: {}, etag: '' });
  }
  #take(): ApiFailure | undefined {
    const failure = this.next;
    this.next = undefined;
    return failure;
  }
  #conflict(key: string, etag: string | null): ApiFailure | undefined {
    const item = this.stored.get(key);
    if ((item?.etag ?? null) === etag) return undefined;
    const problem = { current: item?.body ?? null, etag: item?.etag ?? null, changed_by: this.changes };
    return refused(412, { code: 'changed_meanwhile', problem });
  }
}

/** `sessionStorage`. */
class Memory {
  readonly #kept = new Map<string, string>();
  getItem = (name: string) => this.#kept.get(name) ?? null;
  setItem = (name: string, value: string) => void this.#kept.set(name, value);
  removeItem = (name: string) => void this.#kept.delete(name);
}

let items: Items;
let memory: Memory;
let told: string[];
let undo: () => void;

const notices: EditorNotices = {
  saved: (back) => void (told.push('saved'), (undo = back)),
  removed: (back) => void (told.push('removed'), (undo = back)),
  undone: () => void told.push('undone'),
  tookTheirs: (back) => void (told.push('took theirs'), (undo = back)),
  failed: ({ status }) => void told.push(`failed ${status}`),
};

beforeEach(() => {
  items = new Items();
  memory = new Memory();
  told = [];
  items.put('1', { id: 1, name: 'Sales' });
});

async function open(at = SALES, fresh?: { body: Queue; keyField: 'id' }): Promise<ItemEditor<Queue>> {
  const editor = new ItemEditor<Queue>(at, { items, unsaved: unsavedInput(memory, 1), notices, fresh });
  await editor.load();
  return editor;
}

test('a change is saved, and undone', async () => {
  const editor = await open();
  editor.set(['announce', 'every'], '30s');
  expect(editor.isChanged.value).toBe(true);
  expect(await editor.save()).toBe(true);
  expect(items.stored.get('1')?.body).toEqual({ id: 1, name: 'Sales', announce: { every: '30s' } });
  expect(editor.isChanged.value).toBe(false);
  undo();
  await expect.poll(() => told).toEqual(['saved', 'undone']);
  expect(items.stored.get('1')?.body).toEqual({ id: 1, name: 'Sales' });
  expect(editor.body.value).toEqual({ id: 1, name: 'Sales' });
});

test('what is typed while a change is saved, or before it is undone, is kept over a reload', async () => {
  const editor = await open();
  editor.set(['name'], 'Orders');
  const saving = editor.save();
  editor.set(['weight'], 2);
  await saving;
  expect((await open()).body.value).toEqual({ id: 1, name: 'Orders', weight: 2 });
  undo();
  await expect.poll(() => told).toEqual(['saved', 'undone']);
  expect(editor.body.value).toEqual({ id: 1, name: 'Sales', weight: 2 });
  const reloaded = await open();
  expect(reloaded.body.value).toEqual({ id: 1, name: 'Sales', weight: 2 });
  await reloaded.save();
  expect(items.stored.get('1')?.body).toEqual({ id: 1, name: 'Sales', weight: 2 });
});

test('what somebody else typed in the same tab is neither shown nor saved', async () => {
  const editor = await open();
  editor.set(['name'], 'Orders');
  const other = new ItemEditor<Queue>(SALES, { items, unsaved: unsavedInput(memory, 2), notices });
  await other.load();
  expect(other.body.value).toEqual({ id: 1, name: 'Sales' });
  expect(other.isRestored.value).toBe(false);
  expect((await open()).body.value).toEqual({ id: 1, name: 'Orders' });
});

test('an undo does not overwrite what somebody else has changed since', async () => {
  const editor = await open();
  editor.set(['name'], 'Orders');
  await editor.save();
  items.put('1', { id: 1, name: 'Theirs' }, '@eva');
  undo();
  await expect.poll(() => told).toEqual(['saved', 'failed 412']);
  expect(items.stored.get('1')?.body).toEqual({ id: 1, name: 'Theirs' });
});

test('a removed item comes back to its place', async () => {
  items.put('2', { id: 2, name: 'Support' });
  const editor = await open();
  expect(await editor.remove()).toBe(true);
  expect([...items.stored.keys()]).toEqual(['2']);
  undo();
  await expect.poll(() => told).toEqual(['removed', 'undone']);
  expect([...items.stored.keys()]).toEqual(['1', '2']);
});

describe('somebody else has changed the item meanwhile', () => {
  let editor: ItemEditor<Queue>;
  beforeEach(async () => {
    editor = await open();
    editor.set(['name'], 'Mine');
    items.put('1', { id: 1, name: 'Theirs', weight: 5 }, '@eva');
    expect(await editor.save()).toBe(false);
  });

  test('the visitor is told who did, and the input stays', () => {
    expect(editor.conflict.value?.theirs).toEqual({ id: 1, name: 'Theirs', weight: 5 });
    expect(editor.conflict.value?.changedBy[0]).toMatchObject({ author: '@eva' });
    expect(editor.body.value.name).toBe('Mine');
    expect(items.stored.get('1')?.body).toMatchObject({ name: 'Theirs' });
  });

  test('keeping mine leaves what only they have changed', async () => {
    expect(await editor.keepMine()).toBe(true);
    expect(items.stored.get('1')?.body).toEqual({ id: 1, name: 'Mine', weight: 5 });
  });

  test('taking theirs can be undone: the input is not lost', async () => {
    editor.takeTheirs();
    expect(editor.body.value).toEqual({ id: 1, name: 'Theirs', weight: 5 });
    undo();
    expect(editor.body.value.name).toBe('Mine');
    expect(await editor.save()).toBe(false);
    expect(editor.conflict.value).toBeDefined();
  });

  test('another change before the decision is noticed as well', async () => {
    items.put('1', { id: 1, name: 'Again' }, '@jan');
    expect(await editor.keepMine()).toBe(false);
    expect(editor.conflict.value?.changedBy[0]).toMatchObject({ author: '@jan' });
    expect(editor.body.value.name).toBe('Mine');
  });
});

test('an item that others removed can be kept', async () => {
  const editor = await open();
  editor.set(['name'], 'Mine');
  items.stored.delete('1');
  await editor.save();
  expect(editor.conflict.value?.theirs).toBeNull();
  expect(await editor.keepMine()).toBe(true);
  expect(items.stored.get('1')?.body).toEqual({ id: 1, name: 'Mine' });
});

test('input outlives a lost session, and changes of others since then are still noticed', async () => {
  const before = await open();
  before.set(['name'], 'Mine');
  items.next = refused(401);
  expect(await before.save()).toBe(false);
  expect(told).toEqual([]);
  items.put('1', { id: 1, name: 'Theirs' }, '@eva');

  const after = await open();
  expect(after.isRestored.value).toBe(true);
  expect(after.body.value.name).toBe('Mine');
  expect(await after.save()).toBe(false);
  expect(after.conflict.value?.changedBy[0]).toMatchObject({ author: '@eva' });
  expect(await after.keepMine()).toBe(true);
  expect((await open()).isRestored.value).toBe(false);
});

test('discarded input does not come back', async () => {
  const editor = await open();
  editor.set(['name'], 'Mine');
  editor.reset();
  expect(editor.body.value.name).toBe('Sales');
  expect((await open()).isRestored.value).toBe(false);
});

test('an error stands at its field until the field is changed', async () => {
  const editor = await open();
  editor.set(['announce', 'every'], '1s');
  const errors = [
    { field: 'body.announce.every', detail: 'whole seconds, at least 5', code: 'custom' as const },
    { field: 'lines/0/queue', detail: 'there is no queue 1', code: 'unknown_queue' as const },
  ];
  items.next = refused(422, { errors });
  expect(await editor.save()).toBe(false);
  expect(editor.errors.value.map(({ field }) => field)).toEqual(['announce.every', 'lines/0/queue']);
  expect(editor.body.value.announce?.every).toBe('1s');
  editor.set(['announce', 'every'], '10s');
  expect(editor.errors.value.map(({ field }) => field)).toEqual(['lines/0/queue']);
  items.next = refused(503);
  expect(await editor.save()).toBe(false);
  expect(told).toEqual(['failed 503']);
  expect(editor.body.value.announce?.every).toBe('10s');
});

test('an empty field is to be filled in, whatever form its value would need', async () => {
  const editor = await open();
  editor.set(['name'], '');
  const errors = ['body.name', 'body.weight', 'body.id'].map((field) => ({
    field,
    detail: 'too small',
    code: 'too_small' as const,
    params: { minimum: 1 },
  }));
  items.next = refused(422, { errors });
  expect(await editor.save()).toBe(false);
  expect(editor.errors.value.map(({ field, code }) => [field, code])).toEqual([
    ['name', 'missing'],
    ['weight', 'missing'],
    ['id', 'too_small'],
  ]);
});

test('a new item needs a key that nobody uses; undoing removes it', async () => {
  const fresh = { body: { id: 1, name: 'Night' }, keyField: 'id' as const };
  const editor = await open({ section: 'queues', key: '' }, fresh);
  expect(await editor.save()).toBe(false);
  expect(editor.errors.value).toMatchObject([{ field: 'id', code: 'duplicate', params: { value: '1' } }]);
  editor.set(['id'], undefined);
  expect(await editor.save()).toBe(false);
  expect(editor.errors.value).toMatchObject([{ field: 'id', code: 'missing' }]);
  editor.set(['id'], 7);
  expect(await editor.save()).toBe(true);
  expect(editor.key).toBe('7');
  expect(items.stored.get('7')?.body).toEqual({ id: 7, name: 'Night' });
  undo();
  await expect.poll(() => told).toEqual(['saved', 'undone']);
  expect(items.stored.has('7')).toBe(false);
});
