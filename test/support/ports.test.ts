import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { freePort, udpIsFree } from './ports.js';

it('a port on which a telephone listens is not free, and looking at it leaves nothing open', async () => {
  const phone = createSocket('udp4').bind(0, '127.0.0.1');
  await once(phone, 'listening');
  expect(await udpIsFree(phone.address().port)).toBe(false);
  phone.close();
});

it('a free port can be had', async () => {
  expect(await udpIsFree(await freePort())).toBe(true);
});
