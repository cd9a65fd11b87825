import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { freePort, udpIsFree } from './ports.js';

it('a port with a UDP listener is not free, and the check leaves no handle open', async () => {
  const phone = createSocket('udp4').bind(0, '127.0.0.1');
  await once(phone, 'listening');
  expect(await udpIsFree(phone.address().port)).toBe(false);
  phone.close();
});

it('returns a free port', async () => {
  expect(await udpIsFree(await freePort())).toBe(true);
});
