import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderStatuses, type OrderStatus } from '../../src/orders/status.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { fragmentNames, fragmentOfTone } from '../support/fragments.js';
import { Gateway } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Phone, pickUp, type PhoneCall } from '../support/sip/phone.js';
import { userOf } from '../support/sip/message.js';
import { soundsOf } from '../support/sip/sounds.js';
import { toneWav, type Heard } from '../support/tones.js';

/** The speech of each status, in each language: real notifications, recognised by the fragments played. */

const languages = ['cs', 'ru', 'en'] as const;
type Language = (typeof languages)[number];
const LINES = { cs: '+420222333001', ru: '+420222333002', en: '+420222333003' };
/** The output of the test's speech engine for any text: a model has no recording. */
const MODEL = 10;
const FRAGMENT_MS = 200;

const ORDER = { car_mark: 'VW', car_model: 'Karoq', car_color: 'bílá', minutes: 22 };
const PLATES = { cs: '1AB 2345', ru: 'А123ВС77', en: 'AB51 XYZ' };

/** Fragments in their order; written by hand from docs/status-speech.md. */
const PLATE: Record<Language, string> = {
  cs: 'digits/1n letter-a letter-b digits/20 digits/3 digits/40 digits/5',
  ru: 'letter-a digits/100 digits/20 digits/3 letter-v letter-s region digits/70 digits/7',
  en: 'letter-a letter-b digits/5 digits/1 letter-x letter-y letter-z',
};
const MINUTES: Record<Language, string> = {
  cs: 'digits/20 digits/2m minute-many',
  ru: 'digits/20 digits/2f minute-few',
  en: 'digits/20 digits/2 minute-many',
};

function expected(status: OrderStatus | 'mystery', language: Language): string {
  const car = `mark-volkswagen MODEL colour colour-white plate ${PLATE[language]}`;
  const orderText = {
    new: 'new',
    accepted: `coming ${car} arrives-in ${MINUTES[language]}`,
    driver_finishing_current: `finishing-current will-come ${car} expect-in ${MINUTES[language]}`,
    arrived: `waiting ${car}`,
    paid_waiting: `paid-waiting waiting ${car}`,
    executing: 'executing',
    completed_paid: 'completed',
    client_refused: 'client-refused',
    driver_late: `driver-late coming ${car} expect-in ${MINUTES[language]}`,
    overdue: 'overdue',
    driver_refused: 'driver-refused',
    no_driver: 'no-driver',
    cancelled_by_driver: 'cancelled-by-driver',
    ordered_by_mistake: 'by-mistake',
    mystery: 'changed',
  }[status];
  const sorry = ['driver_late', 'overdue', 'driver_refused', 'no_driver', 'cancelled_by_driver'].includes(status);
  return `greeting ${orderText} ${sorry ? 'closing-sorry' : 'closing'}`;
}

const company = {
  languages: ['cs'],
  dial_policy: { countries: ['CZ'], max_concurrent: 50, max_per_day: 500 },
  notifications: { max_concurrent: 15, per_minute: 6000 },
  lines: languages.map((language) => ({ number: LINES[language], languages: [language], plan: ['hang_up'] })),
};

let folder: string;
let asterisk: TestAsterisk;
let gateway: Gateway;
let clients: Phone;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-speech-'));
  const spoken = path.join(folder, 'spoken.wav');
  await writeFile(spoken, toneWav(MODEL, 'cs', FRAGMENT_MS));
  const port = await freePort();
  asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  clients = await new Phone({ server, user: 'provider', port, incoming: pickUp }).start();
  const env = { SPEECH_COMMAND: JSON.stringify(['cat', spoken]) };
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company, fragmentMs: FRAGMENT_MS, env });
});
afterAll(async () => {
  await clients.stop();
  await gateway.stop();
  await asterisk.stop();
  await rm(folder, { recursive: true, force: true });
});

it('the fragments of the languages are in the cache of Asterisk before the first call', async () => {
  const cached = async () =>
    [...(await asterisk.cli('media cache show all')).matchAll(/http\S+\/(\S+)/g)].map(([, name]) => name!);
  const recordings = languages.flatMap((language) => fragmentNames(language)).length;
  // Three formats of each, and the company has no prompts of its own.
  await expect.poll(async () => new Set(await cached()).size, { timeout: 80_000 }).toBe(3 * recordings);
});

/** The client's number identifies the call. */
const clientOf = (language: Language, status: string) =>
  `+4207776${languages.indexOf(language)}00${String([...orderStatuses, 'mystery'].indexOf(status)).padStart(2, '0')}`;

async function notify(language: Language, status: string): Promise<void> {
  const to = clientOf(language, status);
  await gateway.api('/api/v1/notifications', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      external_id: `${language} ${status}`,
      order_id: `${language} ${status}`,
      status,
      to,
      line: LINES[language],
      details: { ...ORDER, car_plate: PLATES[language] },
    }),
  });
}

/** This many calls, by called number. */
async function answeredCalls(count: number): Promise<Map<string, PhoneCall>> {
  const calls = new Map<string, PhoneCall>();
  while (calls.size < count) {
    const call = await clients.nextCall({ withinMs: 40_000 });
    calls.set(`+${userOf(call.invite.uri).replace(/\D/g, '')}`, call);
  }
  return calls;
}

/** Fragments by name, without their folder. */
function fragments(call: PhoneCall, language: Language): string {
  return soundsOf(call.heard())
    .map((sound) => {
      const [, prompt = '', spokenIn] = /^prompt (\d+) (\w+)$/.exec(sound) ?? [];
      if (Number(prompt) === MODEL) return 'MODEL';
      const name = spokenIn === language ? fragmentOfTone(language, Number(prompt)) : undefined;
      return name?.replace('status/', '') ?? sound;
    })
    .join(' ');
}

it('plays each status in its own words, in each language', async () => {
  const statuses = [...orderStatuses, 'mystery' as const];
  const all = languages.flatMap((language) => statuses.map((status) => ({ language, status })));
  await Promise.all(all.map(({ language, status }) => notify(language, status)));
  const calls = await answeredCalls(all.length);
  await Promise.all([...calls.values()].map((call) => call.ended({ withinMs: 60_000 })));
  const byCall = (orderText: (one: (typeof all)[number]) => string) =>
    Object.fromEntries(all.map((one) => [`${one.language} ${one.status}`, orderText(one)]));
  const heard = byCall(({ language, status }) => fragments(calls.get(clientOf(language, status))!, language));
  expect(heard).toEqual(byCall(({ language, status }) => expected(status, language)));
  // A busy machine makes Asterisk pause here and there; broken pieces would be heard everywhere.
  const pauses = [...calls.values()].flatMap((call) => call.heard().slice(1, -1)).filter(isPause);
  expect(pauses.length).toBeLessThan(fragmentsIn(heard) / 4);
});

const isPause = ({ kind, fromMs, toMs }: Heard) => kind === 'silence' && toMs - fromMs > 150;
const fragmentsIn = (heard: Record<string, string>) => Object.values(heard).join(' ').split(' ').length;
