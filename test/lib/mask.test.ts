import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskData, maskNumber } from '../../src/lib/mask.js';

test.each([
  ['+420777888999', '+••••••••••99'],
  ['00420 777 888 999', '••••• ••• ••• •99'],
  ['777888999', '•••••••99'],
  ['1001', '••••'],
  ['9', '•'],
  ['12#', '•••'],
  ['*', '•'],
  ['anonymous', 'anonymous'],
  ['', ''],
])('%s becomes %s', (number, masked) => {
  expect(maskNumber(number)).toBe(masked);
});

test('fields of a person are masked wherever they are, others stay', () => {
  expect(
    maskData({
      caller: '+420777888999',
      line: 'sales',
      digit: '9',
      digits: '0012',
      duration_ms: 120,
      to: { number: '+420601602603' },
      with: { handset: 'tester' },
      nested: [{ receivedDigits: '77' }, { deep: { 'Caller-Number': '601602603' } }],
      heard_ms: 4200,
      prompts: [31, 32],
      held: null,
    }),
  ).toEqual({
    caller: '+••••••••••99',
    line: 'sales',
    digit: '•',
    digits: '••••',
    duration_ms: 120,
    to: { number: '+••••••••••03' },
    with: { handset: 'tester' },
    nested: [{ receivedDigits: '••' }, { deep: { 'Caller-Number': '•••••••03' } }],
    heard_ms: 4200,
    prompts: [31, 32],
    held: null,
  });
});

test.each([
  [
    'JSON',
    '{"caller_number":"777888999","received_digits":"1001","step":2,"pokracovani":"9","call_id":"c_1732.1"}',
    '{"caller_number":"•••••••••","received_digits":"••••","step":2,"pokracovani":"•","call_id":"c_1732.1"}',
  ],
  [
    'JSON numbers',
    '{"action":"menu","recording_id":20,"menu_timeout":5,"order":1001}',
    '{"action":"menu","recording_id":20,"menu_timeout":5,"order":"••••"}',
  ],
  [
    'the priority in a queue',
    '{"action":"transfer_to_group","call_group_id":1,"group_priority":40}',
    '{"action":"transfer_to_group","call_group_id":1,"group_priority":40}',
  ],
  [
    'a form',
    'caller_number=%2B420777888999&action=menu&recording_id=20&x=1',
    'caller_number=+••••••••••••&action=menu&recording_id=20&x=•',
  ],
  ['HTML', '<h1>Order 1001 of +420 777 888 999</h1>', '<h•>Order •••• of +••• ••• ••• •••</h•>'],
  ['cut off JSON', '{"received_digits":"1001","caller_num', '{"received_digits":"••••","caller_num'],
  ['a list', '[{"phone":"777888999"},1001]', '[{"phone":"•••••••••"},"••••"]'],
  ['nothing', '', ''],
])('a body: %s', (_, body, masked) => {
  expect(maskData({ body, status: 200 })).toEqual({ body: masked, status: 200 });
});

test.each([
  'call +420 777 888 999 now',
  'call 00420777888999.',
  'sip:+420777888999@10.0.0.1:5060',
  'tel (777) 888-999',
  'x 777 888 999, y',
  'dialled 777/888/999',
  'dialled 420.777.888.999',
])('numbers in other text: %s', (text) => {
  expect(String(maskData({ reason: text })['reason'])).not.toMatch(/777|888/);
});

test.each([
  '2026-11-21T10:15:30.123Z',
  '2026-12-24 10:00',
  'refused by 192.168.100.250:5060',
  'prompt 12 does not exist',
  'no complete answer within 8000 ms',
  'parts/main-menu/keys/9/0',
  '789021b34e20f67b4737742d73127b2c3f7315146b9a8d648ede10d63e54adc9',
])('no number: %s', (text) => {
  expect(maskData({ reason: text })).toEqual({ reason: text });
});

test('the query of an address may hold a number, its path and port stay', () => {
  expect(maskData({ url: 'http://127.0.0.1:8090/launch.php?s=telfa&n=%2B420777888999' })['url']).toBe(
    'http://127.0.0.1:8090/launch.php?s=telfa&n=•••••••••••••••',
  );
});

test('what is known of the call is hidden in any text', () => {
  expect(maskData({ reason: 'order 1001 of 777' }, ['1001'])).toEqual({ reason: 'order •••• of 777' });
});

test('no body leaks what was typed or who called, whatever the shop does with it', () => {
  const digits = fc.stringMatching(/^\d{4,12}$/);
  fc.assert(
    fc.property(
      digits,
      fc.dictionary(fc.stringMatching(/^x\w{0,8}$/), fc.constantFrom('%', 'order %', 'a%b', '+%')),
      (secret, shape) => {
        const body = Object.fromEntries(
          Object.entries(shape).map(([name, value]) => [name, value.replace('%', secret)]),
        );
        for (const text of [JSON.stringify(body), new URLSearchParams(body).toString(), Object.values(body).join(' ')])
          expect(String(maskData({ body: text })['body'])).not.toContain(secret);
      },
    ),
  );
});
