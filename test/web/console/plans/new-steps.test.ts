import { describe, expect, test } from 'vitest';
import type { Item } from '../../../../src/web/console/plans/items.js';
import { isEnd, partFrom } from '../../../../src/web/console/plans/new-part.js';
import { probableValue, usualHours } from '../../../../src/web/console/plans/probable.js';
import { itemChanges, nameProblem } from '../../../../src/web/console/plans/rename.js';
import type { Plan } from '../../../../src/web/console/plans/types.js';
import { forms } from './plan-harness.js';

const hours = { weekly: { sat: [{ from: '09:00', to: '12:00' }] } };

function items(line: Plan, parts: Record<string, Plan>, queues: number[]): Item[] {
  return [
    ...queues.map((id): Item => ({ section: 'queues', key: String(id), body: { id } })),
    ...Object.entries(parts).map(([key, body]): Item => ({ section: 'parts', key, body })),
    { section: 'lines', key: '+420222333444', body: { number: '+420222333444', plan: line } },
  ];
}

describe('a new step begins', () => {
  test('with the only queue or part, else with the only one that no plan uses', () => {
    expect(probableValue(items([], {}, [7]), forms, { kind: 'queue' })).toBe(7);
    const two = items(['answer', { enqueue: { queue: 1 } }], { menu: [{ go_to_part: 'menu' }], office: [] }, [1, 2]);
    expect(probableValue(two, forms, { kind: 'queue' })).toBe(2);
    expect(probableValue(two, forms, { kind: 'part' })).toBe('office');
    expect(probableValue(items([], { a: [], b: [] }, [1, 2]), forms, { kind: 'queue' })).toBeUndefined();
  });

  test('with the address that the other steps have, if it is one', () => {
    const asking = (url: string) => ({ hand_over: { url } });
    expect(probableValue(items([asking('https://a.example/')], {}, []), forms, { kind: 'url' })).toBe(
      'https://a.example/',
    );
    const plan = [asking('https://a.example/'), asking('https://b.example/')];
    expect(probableValue(items(plan, {}, []), forms, { kind: 'url' })).toBeUndefined();
  });

  test('with the hours of another step', () => {
    expect(usualHours(items(['answer', { hours: { ...hours, closed: ['hang_up'] } }], {}, []), forms)).toEqual(hours);
    expect(usualHours(items([{ enqueue: { queue: 1 } }], {}, [1]), forms)).toHaveProperty('weekly.mon');
  });
});

describe('a part made of steps', () => {
  const menu = { menu: { prompt: 1, keys: { '9': ['answer'] } } };

  test('has the step and those after it, and the plan continues with it', () => {
    const made = partFrom(forms, ['answer', menu, 'hang_up'], '1', { title: 'Hlavní menu!', taken: new Set() });
    expect(made?.part).toEqual({ section: 'parts', key: 'Hlavní-menu', body: [menu, 'hang_up'] });
    expect(made?.plan).toEqual(['answer', { go_to_part: 'Hlavní-menu' }]);
  });

  test('is made of a branch, with a free name', () => {
    const made = partFrom(forms, [menu], '0/menu/keys/9/0', { title: '…', taken: new Set(['part']) });
    expect(made?.part).toEqual({ section: 'parts', key: 'part-2', body: ['answer'] });
    expect(made?.plan).toEqual([{ menu: { prompt: 1, keys: { '9': [{ go_to_part: 'part-2' }] } } }]);
  });

  test('is where steps that go nowhere yet come back to', () => {
    const lost = { menu: { prompt: 1, keys: { '9': [{ go_to_part: null }], '1': [{ go_to_part: 'office' }] } } };
    const made = partFrom(forms, [lost], '0', { title: 'menu', taken: new Set() });
    const keys = { '9': [{ go_to_part: 'menu' }], '1': [{ go_to_part: 'office' }] };
    expect(made?.part.body).toEqual([{ menu: { prompt: 1, keys } }]);
  });

  test('is led to from a plan that goes on', () => {
    expect([isEnd(forms, []), isEnd(forms, ['answer']), isEnd(forms, [menu])]).toEqual([false, false, false]);
    expect([isEnd(forms, ['hang_up']), isEnd(forms, [{ go_to_part: 'a' }])]).toEqual([true, true]);
  });
});

test('a name of a part may be typed with spaces', () => {
  const task = { section: 'parts', does: 'add' } as const;
  const named = { key: ' Hlavní  menu ', name: '' };
  expect(nameProblem(task, named, new Set())).toBeUndefined();
  expect(nameProblem(task, named, new Set(['Hlavní-menu']))).toBe('taken');
  expect(itemChanges(forms, [], task, named)).toEqual([{ section: 'parts', key: 'Hlavní-menu', body: [] }]);
});
