import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { choiceShop } from '../support/choice-shop.js';
import { Shop } from '../support/shop.js';

/** A shop whose callers choose, choose wrongly and choose again after a failed transfer, as the simulator and the check take it through. */

const COMPANY = 'test/data/choice-dialogue.yaml';

let shop: Shop;
beforeEach(async () => {
  shop = await new Shop(choiceShop({ choose: 1, tooShort: 2, chooseAgain: 3 })).start();
});
afterEach(() => shop.stop());

async function command(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const print = (text: string) => (out += text);
  const code = await runCommand(args, { env: {}, out: print, error: () => undefined });
  return { code, out };
}

const simulated = (...args: string[]) =>
  command('simulate', COMPANY, '--line', '+420222333444', '--shop', shop.url, '--json', ...args);

/** What each request tells besides what all of them do. */
const requestFields = () =>
  shop.requests.map(({ fields }) => {
    const { caller_number, called_number, call_id, step, call_result, ...ownFields } = fields;
    expect([caller_number, called_number, call_id, step]).not.toContain(undefined);
    expect(call_result).toBe(ownFields['bridge_result']);
    return ownFields;
  });

it('a second choice after a transfer that failed is dialled', async () => {
  const { out } = await simulated('--keys', '12,13', '--nobody-answers');
  expect(requestFields().slice(0, 6)).toEqual([
    {},
    { krok: '9' },
    { received_digits: '12' },
    { bridge_result: 'NO_ANSWER' },
    { received_digits: '13' },
    { bridge_result: 'NO_ANSWER' },
  ]);
  expect(JSON.parse(out)).toMatchObject({ keysLeft: '' });
});

it('a right choice after a wrong one is dialled', async () => {
  const { code } = await simulated('--keys', '5#,12');
  expect(requestFields()).toEqual([
    {},
    { krok: '9' },
    { received_digits: '5' },
    {},
    { krok: '9' },
    { received_digits: '12' },
    { bridge_result: 'SUCCESS' },
  ]);
  expect(code).toBe(0);
});

it('the check of a shop goes through both, and finds only that it asks endlessly', async () => {
  const { out } = await command('verify', shop.url, '--order', '12', '--company', COMPANY, '--json');
  const { rows } = JSON.parse(out) as { rows: { id: string; verdict: string }[] };
  const verdicts = new Map(rows.map(({ id, verdict }) => [id, verdict]));
  expect([verdicts.get('transfer_results'), verdicts.get('second_choice')]).toEqual(['pass', 'pass']);
  expect(rows.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual(['unknown_order_ends']);
});
