import { expect } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { addressIsStored } from '../support/proved-address.js';
import { Shop, text } from '../support/shop.js';
import { prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { Phone, pickUp, ringForEver, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';
import { toneSamples } from '../support/tones.js';

/** A company with queues, handsets and a trunk to a provider, for tests that control running calls. */

export const [QUEUED, RINGING, MENU, WEBHOOK_LINE] = [
  '+420222333444',
  '+420222333445',
  '+420222333446',
  '+420222333447',
];
export const RECORDED = '+420222333448';
/** A line whose plan rings `boss` after a prompt, and one with a prompt after the talk in its queue. */
export const [BRANCH, SURVEYED] = ['+420222333449', '+420222333450'];
export const P = { reject: 13, other: 14, menu: 15, said: 16, after: 17, waiting: 18 };

export const company = {
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  reject_prompt: P.reject,
  prompts: prompts(...Object.values(P)),
  handsets: [
    ...['a1', 'a2', 'a3'].map((name) => ({ name })),
    { name: 'boss', extension: '103' },
    { name: 'two', max_contacts: 2 },
  ],
  queues: [
    { id: 12, name: 'Fronta', handsets: ['a1'], join_when: 'always', stay_when: 'always', ring_timeout: 30 },
    {
      id: 5,
      name: 'Oba',
      handsets: ['a1', 'a2'],
      strategy: 'linear',
      ring_timeout: 5,
      join_when: 'always',
      stay_when: 'always',
    },
    { id: 3, name: 'Jiná', handsets: ['a2'], join_when: 'always', stay_when: 'always', extension: '203' },
    { id: 6, name: 'Nahrávaná', handsets: ['a1'], join_when: 'always', stay_when: 'always', record: true },
    {
      id: 4,
      name: 'S hlášením',
      handsets: ['a2'],
      join_when: 'always',
      stay_when: 'always',
      periodic: { prompts: [P.waiting], every: 30, first_after: 1 },
    },
  ],
  operators: [
    { id: 7, login: 'jana@shop.cz', name: 'Jana', role: 'admin', handset: 'a1', mobile: '+420777000111' },
    { id: 8, login: 'petr', name: 'Petr', handset: 'a2' },
  ],
  parking: { ring_back: '15s' },
  parts: { goodbye: [{ play: P.after }, 'hang_up'] },
  lines: [
    { number: QUEUED, plan: ['answer', { enqueue: { queue: 12, label: 'telefon-sklad' } }] },
    { number: RECORDED, plan: ['answer', { enqueue: { queue: 6 } }] },
    { number: WEBHOOK_LINE, plan: ['answer', { enqueue: { queue: 4 } }] },
    {
      number: BRANCH,
      plan: ['answer', { play: P.said }, { ring: { handset: 'boss', timeout: '60s' } }, { play: P.other }],
    },
    { number: SURVEYED, plan: ['answer', { enqueue: { queue: 12, answered: [{ play: P.after }] } }] },
    { number: RINGING, plan: [{ ring: { handset: 'a3', timeout: '60s' } }] },
    { number: MENU, plan: ['answer', { menu: { prompt: P.menu, timeout: '30s', keys: { '5': ['hang_up'] } } }] },
  ],
};

export interface Answered {
  status: number;
  body: { call_id?: string; detail?: string };
}

export interface Talk {
  caller: PhoneCall;
  operator: PhoneCall;
  /** The operator's. */
  phone: Phone;
  handset: string;
  id: string;
}

export class ControlHarness {
  lastCaller = 0;
  readonly #phones: Phone[] = [];

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    /** Receives calls through the trunk. */
    readonly provider: Phone,
    /** Receives the webhooks. */
    readonly hooks: Shop,
  ) {}

  static async start(env: Record<string, string> = {}, more: { entry?: string } = {}): Promise<ControlHarness> {
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const provider = await new Phone({ server, user: 'provider', port, incoming: ringForEver }).start();
    const toneMs = (id: number) => (id === P.menu || id === P.waiting ? 20_000 : 1000);
    const hooks = await new Shop(() => text('')).start();
    const webhooks = [{ name: 'shop', url: hooks.url }];
    const webhookEvents = { ...company, webhooks };
    const gateway = await Gateway.start({
      asterisk: asterisk.gatewayEnv(),
      company: webhookEvents,
      toneMs,
      env,
      ...more,
    });
    return new ControlHarness(asterisk, gateway, provider, hooks);
  }

  async stop(): Promise<void> {
    await this.hangUpAll();
    await this.provider.stop();
    await this.gateway.stop();
    await this.hooks.stop();
    await this.asterisk.stop();
  }

  /** Restarts the gateway, which dies at this failpoint. */
  async armFailpoint(failpoint: string): Promise<void> {
    await this.gateway.kill();
    await this.gateway.run({ CORDBOARD_FAILPOINT: failpoint });
    await this.gateway.ready();
  }

  /** Waits until the gateway has died, and starts it again. */
  async revived(): Promise<void> {
    await this.gateway.died();
    await this.gateway.run();
    await this.gateway.ready();
  }

  async hangUpAll(): Promise<void> {
    await Promise.all(this.#phones.splice(0).map((phone) => phone.stop()));
  }

  /** Hangs up the provider's calls as well; its phones ring again as at the start. */
  async endAll(): Promise<void> {
    for (const call of this.provider.invites) if (call.answeredAtMs !== undefined) await call.hangUp();
    await this.hangUpAll();
    this.provider.onIncoming(ringForEver);
  }

  async handset(name: string, incoming: IncomingBehaviour): Promise<Phone> {
    const password = await this.gateway.handsetPassword(name);
    const phone = await this.#phone({ user: name, password, incoming });
    await phone.registerSoon();
    await addressIsStored(this.asterisk, name);
    return phone;
  }

  async calling(line: string | undefined): Promise<PhoneCall> {
    this.lastCaller += 1;
    return (await this.#phone({ user: `+420777${String(100_000 + this.lastCaller)}` })).dial(line ?? '');
  }

  /** A conversation of a caller with a handset of a queue. */
  talkInQueue(line = QUEUED): Promise<Talk> {
    return this.#talk('a1', line);
  }

  /** A conversation of a caller with a handset that the plan rings. */
  talkInPlan(): Promise<Talk> {
    return this.#talk('a3', RINGING);
  }

  /** A conversation of an outside number with a handset, by click to call. */
  async talkOfClickToCall(): Promise<Talk> {
    const phone = await this.handset('a2', pickUp);
    const before = this.provider.invites.length;
    const { body } = await this.post('', { handset: 'a2', number: '777888999' });
    const operator = await phone.nextCall();
    const caller = await this.becomes('the number is called', () => Promise.resolve(this.provider.invites[before]));
    caller.answer();
    await talkBothWays(caller, operator);
    return { caller, operator, phone, handset: 'a2', id: body.call_id ?? expect.unreachable() };
  }

  /** A call that a handset makes to an outside number. */
  async talkOfHandsetCall(): Promise<Talk> {
    const phone = await this.handset('a2', pickUp);
    const before = this.provider.invites.length;
    const operator = await phone.dial('777888999');
    const caller = await this.becomes('the number is called', () => Promise.resolve(this.provider.invites[before]));
    caller.answer();
    await talkBothWays(caller, operator);
    const [call] = await this.gateway.calls('777888999');
    return { caller, operator, phone, handset: 'a2', id: call?.id ?? expect.unreachable() };
  }

  async #talk(handset: string, line: string): Promise<Talk> {
    const phone = await this.handset(handset, pickUp);
    const caller = await this.calling(line);
    const operator = await (await phone.nextCall({ withinMs: 15_000 })).answered();
    await talkBothWays(caller, operator);
    return { caller, operator, phone, handset, id: await this.idOf(caller) };
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answered> {
    return this.#post(`/api/v1/calls${path}`, body, headers);
  }

  /** A request about the call in which this handset talks. */
  postOwn(handset: string, path: string, body: object = {}): Promise<Answered> {
    return this.#post(`/api/v1/handsets/${handset}/${path}`, body, {});
  }

  async #post(path: string, body: object, headers: Record<string, string>): Promise<Answered> {
    const response = await this.gateway.fetch(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Answered['body']) };
  }

  /** The id of the newest call with this number. */
  async idOf(call: PhoneCall): Promise<string> {
    return this.becomes('the call is known', async () => (await this.gateway.calls(numberOf(call)))[0]?.id);
  }

  async inLine(id: number): Promise<number> {
    const shown = await this.asterisk.cli(`queue show q${id}`);
    return [...shown.matchAll(/^\s+\d+\. PJSIP\S+/gm)].length;
  }

  /** Returns when the gateway has the caller in the queue. */
  async waits(call: PhoneCall): Promise<string> {
    const id = await this.idOf(call);
    await this.noted(id, 'queue_joined');
    return id;
  }

  async noted(id: string, kind: string): Promise<Record<string, unknown>> {
    return this.becomes(
      `${kind} is noted`,
      async () => (await this.timeline(id)).find((one) => one.kind === kind)?.data,
    );
  }

  async timeline(id: string): Promise<{ kind: string; data: Record<string, unknown> }[]> {
    const path = `/api/v1/calls/${encodeURIComponent(id)}`;
    return (await this.gateway.api<{ timeline: { kind: string; data: Record<string, unknown> }[] }>(path)).timeline;
  }

  becomes<T>(what: string, look: () => Promise<T | undefined>, withinMs = 15_000): Promise<T> {
    return becomes(what, look, withinMs);
  }

  /** The webhooks of the call, when it is over: event and result, and any further fields requested. */
  async webhookEvents(id: string, ...more: string[]): Promise<unknown[][]> {
    const of = () => this.hooks.requests.map(({ fields }) => fields).filter((fields) => fields['call_id'] === id);
    await this.becomes('the final webhook arrives', () =>
      Promise.resolve(of().some(({ event }) => event === 'hangup') ? true : undefined),
    );
    return of().map((fields) => ['event', 'result', ...more].map((name) => fields[name]));
  }

  async over(id: string): Promise<{ ended_by: string | null; direction: string }> {
    const path = `/api/v1/calls/${encodeURIComponent(id)}`;
    return this.becomes('the call is over', async () => {
      const call = await this.gateway.api<{ ended_at: string | null; ended_by: string | null; direction: string }>(
        path,
      );
      return call.ended_at === null ? undefined : call;
    });
  }

  async #phone(options: Partial<ConstructorParameters<typeof Phone>[0]> & { user: string }): Promise<Phone> {
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const phone = await new Phone({ server, ...options }).start();
    this.#phones.push(phone);
    return phone;
  }
}

export const numberOf = (call: PhoneCall): string => userOf(call.invite.headers.get('From')).replace(/^\+420/, '');

/** Tones of people who talk; each conversation has new ones, so that earlier audio of the same calls is never mistaken for it. */
const [FIRST_TONE, LAST_TONE] = [51, 200];
let lastTone = FIRST_TONE - 1;
function nextTone(): number {
  lastTone = lastTone === LAST_TONE ? FIRST_TONE : lastTone + 1;
  return lastTone;
}

/** Each side says its own tone and hears the other's; then both are silent. */
export async function talkBothWays(one: PhoneCall, other: PhoneCall): Promise<void> {
  await Promise.all([one, other].map((side) => side.answered({ withinMs: 20_000 })));
  await Promise.all([says(one, [other]), says(other, [one])]);
}

/** Repeats a tone. @returns the tone's number */
export function speaks(speaker: PhoneCall): number {
  const tone = nextTone();
  speaker.say(toneSamples(tone, 'cs', 1000), { repeats: true });
  return tone;
}

/** Says a tone until every listener has heard it, then stops. */
export async function says(speaker: PhoneCall, listeners: PhoneCall[]): Promise<void> {
  const tone = speaks(speaker);
  await Promise.all(listeners.map((side) => side.hears(prompt(tone), { skipping: true, withinMs: 20_000 })));
  speaker.say(new Int16Array(800), { repeats: true });
}

/** Beginnings of each kind of talk between an outside party and an operator, by name. @param harness once it has started */
export function talksOf(harness: () => ControlHarness) {
  return {
    'a queue': () => harness().talkInQueue(),
    'a recorded queue': () => harness().talkInQueue(RECORDED),
    'a plan': () => harness().talkInPlan(),
    'a call that the handset made': () => harness().talkOfHandsetCall(),
    'a click to call': () => harness().talkOfClickToCall(),
  };
}

/** The next call of a phone. */
export const ringing = (phone: Phone): Promise<PhoneCall> => phone.nextCall({ withinMs: 15_000 });

/** The loudest sample of silence is below. */
const AUDIBLE = 500;

/** Waits until music reaches this side. */
export async function hearsMusic(call: PhoneCall): Promise<void> {
  const from = call.ear.pcm().length;
  await becomes(
    'there is music',
    () => {
      const loudest = call.ear
        .pcm()
        .subarray(from)
        .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      return Promise.resolve(loudest > AUDIBLE ? true : undefined);
    },
    15_000,
  );
}

/** The prompts that this side has heard, each once. */
export function promptsHeard(call: PhoneCall): number[] {
  return [...new Set(call.heard().flatMap((part) => (part.kind === 'prompt' ? [part.prompt] : [])))];
}
