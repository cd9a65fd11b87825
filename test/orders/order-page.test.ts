import { expect, test } from 'vitest';
import { orderPage, orderPageSchema } from '../../src/orders/order-page.js';

test('the id of an order is a part of the address, whatever it contains', () => {
  expect(orderPage('https://shop.example/orders/{order}', '10/04?x')).toBe('https://shop.example/orders/10%2F04%3Fx');
});

test.each([
  ['https://shop.example/orders/{order}', true],
  ['http://127.0.0.1:8000/?order={order}', true],
  ['javascript:alert({order})', false],
  ['https://{order}/', false],
  ['https://shop.example/orders', false],
  ['https://shop.example/{id}/{order}', false],
  ['ftp://shop.example/{order}', false],
])('%s', (template, isValid) => {
  expect(orderPageSchema.safeParse(template).success).toBe(isValid);
});
