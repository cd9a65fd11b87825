import { createSocket, type Socket } from 'node:dgram';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { Phone } from '../support/sip/phone.js';

/** Packets of strangers to the SIP port add nothing to Asterisk's logs. */

let asterisk: TestAsterisk;
let gateway: Gateway;
let stranger: Socket;

beforeAll(async () => {
  asterisk = await startAsterisk();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      version: 1,
      handsets: [{ name: 'a1' }],
      feature_codes: { log_in: '*8' },
      queues: [{ id: 1, name: 'Prodej', handsets: ['a1'] }],
      lines: [{ number: '+420222333444', plan: [{ answer: {} }, { hang_up: {} }] }],
    },
  });
  stranger = createSocket('udp4');
});
afterAll(async () => {
  stranger.close();
  await gateway.stop();
  await asterisk.stop();
});

const send = (text: string | Buffer) =>
  new Promise((resolve) => stranger.send(text, asterisk.sipPort, '127.0.0.1', resolve));

async function logs(): Promise<{ bytes: number; text: string }> {
  // The size of security.log is limited; test/asterisk/security-log.test.ts checks its content.
  const names = (await readdir(asterisk.logDir)).filter((name) => !name.startsWith('security.log'));
  const files = names.map((name) => path.join(asterisk.logDir, name));
  const plain = [];
  for (const file of files) if ((await stat(file)).isFile()) plain.push(await readFile(file, 'utf8'));
  const text = [...plain, asterisk.console()].join('\n');
  return { bytes: Buffer.byteLength(text), text };
}

/** Answered in order: all earlier packets have been read by then. */
async function readUpToNow(): Promise<void> {
  const phone = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'a1',
    password: await gateway.handsetPassword('a1'),
  }).start();
  await phone.registerSoon();
  await phone.stop();
}

describe('a packet of a stranger', () => {
  const forged = '[2026-01-01T00:00:00.000+0000] SECURITY[1] forged: RemoteAddress="IPV4/UDP/192.0.2.1"';
  const whole = {
    Via: 'SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx',
    From: '<sip:a1@127.0.0.1>;tag=1',
    To: '<sip:a1@127.0.0.1>',
    'Call-ID': 'x',
    CSeq: '1 REGISTER',
  };
  it.each(['nothing', ...Object.keys(whole)])('without %s in its head leaves no line in the logs', async (missing) => {
    await readUpToNow();
    const before = await logs();
    const head = Object.entries(whole).filter(([name]) => name !== missing);
    const lines = [
      ...head.map(([name, value]) => `${name}: ${value}`),
      'Authorization: Digest response="secretdigest"',
    ];
    const packet = `REGISTER sip:127.0.0.1 SIP/2.0\r\n${lines.join('\r\n')}\r\nX: a\r\n ${forged}\r\n\r\n${forged}\n`;
    for (let time = 0; time < 20; time += 1) await send(packet.padEnd(50_000, 'x'));
    await readUpToNow();
    const after = await logs();
    expect(after.text).not.toContain('secretdigest');
    expect(after.text).not.toContain('forged');
    expect(after.bytes - before.bytes).toBe(0);
  });
});

it.each([
  ['that is no UTF-8', Buffer.from([0x58, 0xff, 0xfe, 0x59])],
  ['of 3000 letters', Buffer.alloc(3000, 'x')],
])('a call with a name %s leaves its number in no log', async (_what, name) => {
  const before = await logs();
  const head = [
    'INVITE sip:+420222333444@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${name.length}`,
    'Max-Forwards: 70',
    'From: "NAME" <sip:777000998@127.0.0.1>;tag=2',
    'To: <sip:+420222333444@127.0.0.1>',
    `Call-ID: y${name.length}`,
    'CSeq: 1 INVITE',
    'Contact: <sip:777000998@127.0.0.1>',
    'Content-Length: 0',
  ].join('\r\n');
  const [start = '', end = ''] = head.split('NAME');
  await send(Buffer.concat([Buffer.from(start), name, Buffer.from(`${end}\r\n\r\n`)]));
  await expect.poll(() => gateway.calls('777000998').then((calls) => calls.length)).toBeGreaterThan(0);
  const after = await logs();
  expect(after.text).not.toContain('777000998');
  expect(gateway.output).not.toContain('777000998');
  expect(after.bytes - before.bytes).toBe(0);
});

describe('a burst of a stranger', () => {
  const sdp = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 9 RTP/AVP 8'];
  const attributes = Array.from({ length: 3000 }, (_, index) => `a=x${index}`);
  it.each([
    ['REGISTER', ''],
    ['OPTIONS', ''],
    ['INVITE', [...sdp, ...attributes, ''].join('\r\n')],
  ])(
    'of %s in the name of a handset adds nothing to the logs but bounded lines of security.log',
    async (method, body) => {
      const packets = 200;
      await readUpToNow();
      const size = async () => (await stat(path.join(asterisk.logDir, 'security.log'))).size;
      const [before, sizeBefore] = [await logs(), await size()];
      for (let index = 0; index < packets; index += 1) {
        const head = [
          `${method} sip:+420222333444@127.0.0.1 SIP/2.0`,
          `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKb${method}${index}`,
          'Max-Forwards: 70',
          `From: <sip:a1@127.0.0.1>;tag=${index}`,
          'To: <sip:+420222333444@127.0.0.1>',
          `Call-ID: burst${method}${index}`,
          `CSeq: 1 ${method}`,
          'Contact: <sip:a1@127.0.0.1:9>',
          ...(body === '' ? [] : ['Content-Type: application/sdp']),
          `Content-Length: ${body.length}`,
        ];
        await send(`${head.join('\r\n')}\r\n\r\n${body}`);
      }
      await readUpToNow();
      expect((await logs()).bytes - before.bytes).toBe(0);
      expect(gateway.output).not.toContain('burst');
      // A line of JSON is some 650 bytes, for any size of the packet; `readUpToNow` causes a few itself.
      expect((await size()) - sizeBefore).toBeLessThan((packets + 20) * 1_000);
    },
  );
});

/** Of an older version: an endpoint as ARI stores it, with every option that Asterisk knows. */
async function storeWholeEndpoint(): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64')}`;
  const response = await fetch(`${asterisk.ariUrl}/ari/asterisk/config/dynamic/res_pjsip/endpoint/a1`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ fields: [{ attribute: 'callerid_tag', value: 'cordboard-handset-0123456789abcdef' }] }),
  });
  expect(response.status).toBe(200);
}

it('neither registrations nor calls of handsets cause warnings of Asterisk', async () => {
  const stored = () => asterisk.cli('database show ps_endpoints/endpoint a1');
  await storeWholeEndpoint();
  expect(await stored()).toContain('stir_shaken');
  await gateway.kill();
  await gateway.run();
  await gateway.ready();
  await expect.poll(stored).not.toContain('stir_shaken');

  await asterisk.cli('logger add channel warnings.log warning');
  const phone = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'a1',
    password: await gateway.handsetPassword('a1'),
  }).start();
  await phone.registerSoon();
  const call = await phone.dial('+420222333444');
  await call.ended();
  await phone.stop();
  await asterisk.cli('logger remove channel warnings.log');
  expect(await readFile(path.join(asterisk.logDir, 'warnings.log'), 'utf8')).not.toContain('WARNING');
});

it('*8 can be a code of the company', async () => {
  const phone = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: 'a1',
    password: await gateway.handsetPassword('a1'),
  }).start();
  await phone.registerSoon();
  const call = await phone.dial('*8');
  await expect.poll(() => call.answeredAtMs).toBeDefined();
  await phone.stop();
});
