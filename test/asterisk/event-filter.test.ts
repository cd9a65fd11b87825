import { afterAll, beforeAll, expect, it } from 'vitest';
import { KNOWN_EVENTS } from '../../src/asterisk/ari/ari-schema.js';
import { AriLink } from '../../src/asterisk/ari/ari-link.js';
import { AmiLink } from '../../src/asterisk/ami/ami-link.js';
import { context } from '../asterisk-links/link-harness.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Phone } from '../support/sip/phone.js';
import { Changes } from '../support/sip/until.js';
import { linkOptions } from './conformance/real-harness.js';

/** Asterisk sends only the events that the gateway reads. */

const WITHIN_MS = 15_000;

let asterisk: TestAsterisk;
let phone: Phone;
const links: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  asterisk = await startAsterisk();
  phone = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user: 'trunk-far-end' }).start();
});
afterAll(async () => {
  await Promise.all(links.map((link) => link.stop()));
  await phone.stop();
  await asterisk.stop();
});

function connect() {
  const changes = new Changes();
  const reports: string[] = [];
  const note = (what: string) => {
    reports.push(what);
    changes.notify();
  };
  let channelId = '';
  const link = new AriLink(linkOptions(asterisk).ari, context(), {
    up: () => note('up'),
    down: () => undefined,
    replaced: () => note('replaced'),
    event: (event) => {
      if (event.type === 'StasisStart') channelId = (event['channel'] as { id: string }).id;
      note(event.type);
    },
  });
  links.push(link);
  link.start();
  const reported = (what: string) =>
    changes.until(
      () => reports.includes(what) || undefined,
      WITHIN_MS,
      () => `no ${what} in ${reports.join(', ')}`,
    );
  return { link, reports, reported, channelId: () => channelId };
}

it('an answered call with a digit causes no unread event; answers and another gateway are still reported', async () => {
  const { link, reports, reported, channelId } = connect();
  await reported('up');
  const call = await phone.dial('+420222333444');
  await reported('StasisStart');
  await link.request({ method: 'POST', path: `channels/${channelId()}/answer`, waitsForChannel: true });
  await call.answered();
  await call.press('1');
  await reported('ChannelDtmfReceived');
  await call.hangUp();
  await reported('StasisEnd');
  expect(await link.request({ method: 'GET', path: 'channels' })).toEqual([]);
  expect(reports.filter((type) => type !== 'up' && !KNOWN_EVENTS.has(type))).toEqual([]);
  expect(reports).toEqual(expect.arrayContaining(['StasisStart', 'ChannelStateChange', 'ChannelHangupRequest']));
  const second = connect();
  await second.reported('up');
  await reported('replaced');
});

it('of an answered call AMI reports the hang-up alone', async () => {
  const ari = connect();
  await ari.reported('up');
  const changes = new Changes();
  const heard: string[] = [];
  const note = (what: string) => {
    heard.push(what);
    changes.notify();
  };
  const link = new AmiLink(linkOptions(asterisk).ami, context(), {
    up: () => note('up'),
    down: () => undefined,
    event: ({ event }) => {
      // The login of the link itself may be reported to it.
      if (event !== 'SuccessfulAuth') note(event);
    },
  });
  links.push(link);
  link.start();
  const reported = (what: string) =>
    changes.until(
      () => heard.includes(what) || undefined,
      WITHIN_MS,
      () => `no ${what} in ${heard.join(', ')}`,
    );
  await reported('up');
  const call = await phone.dial('+420222333444');
  await ari.reported('StasisStart');
  await ari.link.request({ method: 'POST', path: `channels/${ari.channelId()}/answer`, waitsForChannel: true });
  await call.answered();
  await call.press('1');
  await ari.reported('ChannelDtmfReceived');
  await ari.link.request({ method: 'DELETE', path: `channels/${ari.channelId()}` });
  await call.ended();
  await reported('Hangup');
  expect(heard).toEqual(['up', 'Hangup']);
});
