import { describe, expect, test } from 'vitest';
import { hoursSchema } from '../../../../src/company/hours-schema.js';
import {
  fieldValue,
  formOf,
  freeKeys,
  newAction,
  OFFICE_HOURS,
  settingsOf,
  withField,
} from '../../../../src/web/console/plans/form-model.js';
import { changesBetween, itemsOf, withChange, inverse, type Item } from '../../../../src/web/console/plans/items.js';
import { changeKey, moveAction, neighbour, outerAction } from '../../../../src/web/console/plans/operations.js';
import { diffPlans } from '../../../../src/web/console/plans/plan-diff.js';
import { partsIn } from '../../../../src/web/console/plans/references.js';
import { itemChanges, nameProblem } from '../../../../src/web/console/plans/rename.js';
import { planSentence } from '../../../../src/web/console/plans/sentence.js';
import { placeProblems } from '../../../../src/web/console/plans/step-problems.js';
import type { LintProblem, Plan } from '../../../../src/web/console/plans/types.js';
import * as languages from '../../../../src/web/texts/languages.js';
import { forms, speaker } from './plan-harness.js';

const MENU = {
  menu: {
    prompt: 1,
    keys: {
      '1': [{ go_to_part: 'operator' }],
      '9': [{ play: 8 }, { hand_over: { url: 'https://shop.example/launch.php?s=telfa' } }],
    },
  },
};
const PLAN: Plan = ['answer', MENU, 'hang_up'];

describe('a plan in a sentence', () => {
  test.each<[sentence: string, plan: Plan]>([
    ['Answer → menu: 1 operator, 9 hand over control → hang up', PLAN],
    ['Play Main menu + Closed', [{ play: [1, 5] }]],
    ['Play #99', [{ play: { prompt: 99 } }]],
    ['Working hours → put into queue Callers', [{ hours: { weekly: {} } }, { enqueue: { queue: 1 } }]],
    ['Ring Tester → connect with the other party the driver', [{ ring: { handset: 'tester' } }, { connect: 'driver' }]],
    ['nothing', []],
    ['an_action_of_tomorrow', ['an_action_of_tomorrow']],
  ])('%s', (sentence, plan) => {
    expect(planSentence(speaker, plan)).toBe(sentence);
  });
});

test('every action, setting and branch has words in every language', () => {
  for (const [language, { plans, planForms }] of Object.entries(languages)) {
    const texts = { ...plans, ...planForms };
    for (const { name, fields, branches } of forms.values()) {
      expect(texts.actions, language).toHaveProperty([name]);
      expect(texts.hints, language).toHaveProperty([name]);
      for (const field of fields) {
        const words = [`${name}.${field.name}`, field.name === '' ? name : field.name];
        expect(
          words.some((word) => word in texts.fields),
          `${language} ${words.join(' ')}`,
        ).toBe(true);
        for (const choice of field.choices ?? []) expect(texts.choices, language).toHaveProperty([choice]);
      }
      for (const branch of branches) expect(texts.branches, language).toHaveProperty([branch.name]);
    }
  }
});

describe('forms', () => {
  const form = (name: string) => formOf(forms, name);
  const field = (action: string, name: string) => {
    const found = form(action).fields.find((each) => each.name === name);
    return found ?? expect.unreachable(`no ${action}.${name}`);
  };

  test('are made from the schemas of the actions', () => {
    expect(form('enqueue').fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['queue', 'queue'],
      ['label', 'text'],
      ['timeout', 'duration'],
      ['exit_key', 'key'],
      ['priority', 'number'],
      ['hours', 'hours'],
    ]);
    expect(field('menu', 'timeout')).toMatchObject({ kind: 'duration', required: false, default: '5s' });
    expect(field('menu', 'retries')).toMatchObject({ kind: 'number', minimum: 0, maximum: 10, default: 2 });
    expect(form('menu').branches).toContainEqual({ name: 'keys', by_key: true, required: true });
    expect(form('connect')).toMatchObject({ bare: 'party', stands_alone: true });
    expect(form('play')).toMatchObject({ bare: 'prompt', stands_alone: false });
    expect(form('go_to_part').fields).toMatchObject([{ name: '', kind: 'part', required: true }]);
    expect(form('hours').fields).toMatchObject([
      { name: 'hours', kind: 'hours', settings: Object.keys(hoursSchema.shape) },
    ]);
    expect(forms.has('detect_machine')).toBe(false);
  });

  test('read and write every notation', () => {
    expect(settingsOf(form('play'), { play: 7 })).toEqual({ prompt: 7 });
    expect(settingsOf(form('connect'), { connect: 'driver' })).toEqual({ party: 'driver' });
    expect(settingsOf(form('hang_up'), 'hang_up')).toEqual({});
    expect(withField(form('hang_up'), 'hang_up', field('hang_up', 'cause'), 'busy')).toEqual({
      hang_up: { cause: 'busy' },
    });
    expect(withField(form('go_to_part'), { go_to_part: 'a' }, field('go_to_part', ''), 'b')).toEqual({
      go_to_part: 'b',
    });
  });

  test('set one of two settings that exclude each other', () => {
    const ring = withField(form('ring'), { ring: { handset: 'tester' } }, field('ring', 'number'), '+420777888999');
    expect(ring).toEqual({ ring: { number: '+420777888999' } });
  });

  test('keep the hours of an action beside its branches', () => {
    const action = { hours: { weekly: { mon: [] }, holidays: ['12-24'], closed: ['hang_up'] } };
    const hours = field('hours', 'hours');
    expect(fieldValue(hours, settingsOf(form('hours'), action))).toEqual({ weekly: { mon: [] }, holidays: ['12-24'] });
    expect(withField(form('hours'), action, hours, { weekly: {} })).toEqual({
      hours: { weekly: {}, closed: ['hang_up'] },
    });
  });

  test('a new action has the probable values, and a first key', () => {
    const only = ({ kind }: { kind: string }) => (kind === 'queue' ? 1 : undefined);
    expect(newAction(form('enqueue'), only, OFFICE_HOURS)).toEqual({ enqueue: { queue: 1 } });
    expect(newAction(form('menu'), only, OFFICE_HOURS)).toEqual({ menu: { keys: { '1': [] } } });
    expect(newAction(form('answer'), only, OFFICE_HOURS)).toBe('answer');
    expect(freeKeys(form('menu'), MENU, 'keys')).toEqual(Array.from('2345678', String).concat('0', '*', '#'));
  });
});

describe('operations', () => {
  test('an action moves into a branch, and out of it', () => {
    const inside = moveAction(forms, PLAN, '2', { list: '1/menu/keys/1', index: 1 });
    expect(inside?.path).toBe('1/menu/keys/1/1');
    expect(inside?.plan).toMatchObject([
      'answer',
      { menu: { keys: { '1': [{ go_to_part: 'operator' }, 'hang_up'] } } },
    ]);
    expect(moveAction(forms, inside?.plan ?? [], '1/menu/keys/1/1', { list: '', index: 2 })).toEqual({
      plan: PLAN,
      path: '2',
    });
  });

  test('an action moves down and up in its list', () => {
    expect(moveAction(forms, PLAN, '0', { list: '', index: 2 })).toEqual({
      plan: [MENU, 'answer', 'hang_up'],
      path: '1',
    });
    expect(moveAction(forms, PLAN, '2', { list: '', index: 0 })).toEqual({
      plan: ['hang_up', 'answer', MENU],
      path: '0',
    });
  });

  test('a list behind a removed action has another path then', () => {
    const moved = moveAction(forms, PLAN, '0', { list: '1/menu/keys/1', index: 0 });
    expect(moved?.path).toBe('0/menu/keys/1/0');
  });

  test('an action does not move into itself', () => {
    expect(moveAction(forms, PLAN, '1', { list: '1/menu/keys/9', index: 0 })).toBeUndefined();
  });

  test('by one step: over the neighbour, and out of a branch', () => {
    expect(neighbour(forms, PLAN, '0', -1)).toBeUndefined();
    expect(neighbour(forms, PLAN, '0', 1)).toEqual({ list: '', index: 2 });
    expect(neighbour(forms, PLAN, '1/menu/keys/9/1', 1)).toEqual({ list: '', index: 2 });
    expect(neighbour(forms, PLAN, '1/menu/keys/9/0', -1)).toEqual({ list: '', index: 1 });
    expect(outerAction('1/menu/keys/9/0/hours/closed')).toBe('1/menu/keys/9/0');
  });

  test('another key gets the actions', () => {
    const branch = { path: 'menu/keys/9', setting: 'keys', key: '9', actions: ['hang_up'] };
    const [, menu] = changeKey(forms, ['answer', MENU], '1', branch, '#') as [unknown, typeof MENU];
    expect(Object.keys(menu.menu.keys)).toEqual(['1', '#']);
  });
});

describe('differences', () => {
  test('name the place, the action and the changed settings', () => {
    const after: Plan = [
      'answer',
      { menu: { prompt: 5, keys: { '1': [{ go_to_part: 'operator' }], '2': [{ enqueue: { queue: 1 } }] } } },
      { play: 5 },
      'hang_up',
    ];
    expect(
      diffPlans(speaker, PLAN, after).map(({ way, change, what, settings }) => [
        way.join(' '),
        change,
        what,
        settings.map(({ field }) => field.name).join(),
      ]),
    ).toEqual([
      ['', 'changed', 'Menu: Closed', 'prompt'],
      ['Menu 9', 'removed', 'Play: Connecting', ''],
      ['Menu 9', 'removed', 'Hand over control: shop.example', ''],
      ['Menu 2', 'added', 'Put into queue: Callers', ''],
      ['', 'added', 'Play: Closed', ''],
    ]);
  });

  test('another notation is no difference', () => {
    expect(
      diffPlans(speaker, [{ play: 1 }, 'hang_up'], [{ play: { prompt: 1 } }, { hang_up: { cause: 'normal' } }]),
    ).toEqual([]);
  });
});

describe('lines and parts', () => {
  const items: Item[] = itemsOf({
    version: 1,
    country: 'CZ',
    parts: { operator: [{ enqueue: { queue: 1 } }], other: ['hang_up'] },
    lines: [{ number: '+420222333444', name: 'Shop', plan: PLAN }],
  });

  test('a renamed part keeps its place and its uses', () => {
    const task = { section: 'parts', does: 'rename', key: 'operator' } as const;
    const after = itemChanges(forms, items, task, { key: 'people', name: '' }).reduce(withChange, items);
    const part = after.filter(({ section }) => section === 'parts').map(({ key }) => key);
    expect(part).toEqual(['people', 'other']);
    const line = after.find(({ section }) => section === 'lines')?.body as { plan: Plan };
    expect([...partsIn(forms, line.plan)]).toEqual(['people']);
  });

  test('changes are taken back in the reverse order', () => {
    const changes = itemChanges(
      forms,
      items,
      { section: 'lines', does: 'rename', key: '+420222333444' },
      { key: '+420 999', name: '' },
    );
    let now = items;
    const back = changes.map((change) => {
      const undo = inverse(now, change);
      now = withChange(now, change);
      return undo;
    });
    expect(now).not.toEqual(items);
    expect(back.reverse().reduce(withChange, now)).toEqual(items);
  });

  test('a discarded draft is brought back by its differences', () => {
    const task = { section: 'parts', does: 'rename', key: 'operator' } as const;
    const draft = itemChanges(forms, items, task, { key: 'people', name: '' }).reduce(withChange, items);
    expect(changesBetween(items, draft).reduce(withChange, items)).toEqual(draft);
    expect(changesBetween(draft, draft)).toEqual([]);
  });

  test('names are checked', () => {
    const taken = new Set(['operator']);
    const check = (key: string) => nameProblem({ section: 'parts', does: 'add' }, { key, name: '' }, taken);
    expect([check('operator'), check('a/b'), check('část-2')]).toEqual(['taken', 'badName', undefined]);
    expect(nameProblem({ section: 'lines', does: 'add' }, { key: '222 333 444', name: '' }, taken)).toBe('badNumber');
  });

  test('problems are shown at the innermost step and at its field', () => {
    const at = (path: string) =>
      placeProblems(forms, PLAN, [{ path } as LintProblem], {
        item: 'lines/+420222333444',
        prefix: 'lines/+420222333444/plan',
      }).map(({ step, field }) => [step, field]);
    expect(at('lines/+420222333444/plan/1/menu/prompt')).toEqual([['1', 'prompt']]);
    expect(at('lines/+420222333444/plan/1/menu/keys/9/1/hand_over/url')).toEqual([['1/menu/keys/9/1', 'url']]);
    expect(at('lines/+420222333444/plan/1/menu/keys/9/0/play')).toEqual([['1/menu/keys/9/0', undefined]]);
    expect(at('lines/+420222333444/name')).toEqual([[undefined, 'name']]);
    expect(at('lines/+420999/plan/0')).toEqual([]);
  });
});
