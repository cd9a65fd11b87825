import { expect, test } from 'vitest';
import { NumberChecks, type NumberCheck } from '../../../../src/web/console/dialling/number-checks.js';

/** Which numbers of a page may be called. */

function asked(answer: (numbers: string[]) => NumberCheck[] | undefined) {
  const requests: string[][] = [];
  let send: () => void = () => undefined;
  const checks = new NumberChecks(
    (numbers) => {
      requests.push(numbers);
      return Promise.resolve(answer(numbers));
    },
    (run) => (send = run),
  );
  const arrive = async () => {
    send();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { checks, requests, arrive };
}

test('all numbers that a page shows are asked about in one request, and each once', async () => {
  const { checks, requests, arrive } = asked((numbers) =>
    numbers.map((number) => (number === '158' ? 'refused' : null)),
  );
  const [first, second] = [checks.of('+420777888999'), checks.of('158')];
  expect([first.value, second.value]).toEqual([undefined, undefined]);
  checks.of('158');
  await arrive();
  expect([first.value, second.value]).toEqual([null, 'refused']);
  expect(checks.of('158').value).toBe('refused');
  expect(requests).toEqual([['+420777888999', '158']]);
});

test('hundreds of numbers are several requests; without an answer they are asked about again', async () => {
  let isDown = true;
  const { checks, requests, arrive } = asked((numbers) => (isDown ? undefined : numbers.map(() => null)));
  for (let index = 0; index < 250; index += 1) checks.of(String(1000 + index));
  await arrive();
  expect(requests.map(({ length }) => length)).toEqual([200, 50]);
  isDown = false;
  const again = checks.of('1000');
  await arrive();
  expect(again.value).toBe(null);
});
