import { expect, it } from 'vitest';
import { itemOf, shopPrompts, withAddress } from '../../../../src/web/console/shop/settings.js';

const OLD = 'https://old.example/launch.php?s=telfa';
const NEW = 'https://new.example/launch.php?s=telfa';

it('changes the address of every hand-over to a shop, and nothing else', () => {
  const other = { hand_over: { url: 'https://other.example/' } };
  const plan = (url: string) => [
    'answer',
    { menu: { prompt: 1, keys: { '9': [{ hand_over: { url, filler_prompt: 3, on_failure: [other] } }, other] } } },
    { hand_over: { url, on_failure: [{ hand_over: { url } }] } },
  ];
  expect(withAddress(plan(OLD), OLD, NEW)).toEqual(plan(NEW));
  expect(withAddress({ webhooks: [{ url: OLD }] }, OLD, NEW)).toEqual({ webhooks: [{ url: OLD }] });
});

it('finds the item of the configuration in which a hand-over is', () => {
  expect(itemOf('parts/main-menu/0/menu/keys/9/0')).toEqual({ section: 'parts', key: 'main-menu' });
  expect(itemOf('lines/+420222333444/plan/0')).toEqual({ section: 'lines', key: '+420222333444' });
  expect(itemOf('orders/menus/found/keys/1/0')).toEqual({ section: 'settings', key: 'company' });
});

it('lists the prompts that are marked for the shop, without the mark, and that of rejected callers', () => {
  const names = ['API - Stav čekající', 'API: Objednávka neexistuje', 'Úvodní nabídka', 'API', 'Položení hovoru'];
  const prompts = names.map((name, id) => ({ id, name }));
  const marked = [
    { id: 0, meaning: 'Stav čekající' },
    { id: 1, meaning: 'Objednávka neexistuje' },
    { id: 3, meaning: 'API' },
  ];
  expect(shopPrompts({ prompts, reject_prompt: null })).toEqual(marked);
  expect(shopPrompts({ prompts, reject_prompt: 4 })).toEqual([...marked, { id: 4, meaning: 'Položení hovoru' }]);
});

it('lists all prompts while none has the mark of the shop', () => {
  const prompts = [
    { id: 1, name: 'Úvod' },
    { id: 2, name: 'Odesláno' },
  ];
  const all = prompts.map(({ id, name }) => ({ id, meaning: name }));
  expect(shopPrompts({ prompts, reject_prompt: 2 })).toEqual(all);
});
