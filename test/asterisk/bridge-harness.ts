import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts, type TimelineEntry } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Shop, text } from '../support/shop.js';
import { Phone, ringForEver, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';

/** A company with a trunk to a provider that serves every number, and a dispatch that receives the events of its bridges. */

export const LINE = '+420222333444';
export const READER = 'reads-everything-but-numbers';
/** Tones that the parties hear. Tones of people who talk start above 50. */
export const P = { busy: 21, no_answer: 22, rejected: 23, unreachable: 24, confirm: 25, ending: 26, announce: 27 };

export interface Standing {
  bridge_id: string;
  state: string;
  failed: { leg: string; reason: string; detail: string | null } | null;
  ended_by: string | null;
}

export interface Pair {
  orderId: string;
  client: string;
  driver: string;
}

const WITHIN_MS = 30_000;

export class BridgeHarness {
  readonly #behaviours = new Map<string, IncomingBehaviour>();
  #lastPair = 0;

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    readonly provider: Phone,
    /** The dispatch: its webhook, and the callback URLs that it passes. */
    readonly dispatch: Shop,
  ) {
    provider.onIncoming((invite) => this.#behaviours.get(dialledOf(invite.uri)) ?? ringForEver);
  }

  static async start(): Promise<BridgeHarness> {
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const provider = await new Phone({ server, user: 'provider', port }).start();
    const dispatch = await new Shop(() => text('')).start();
    const { announce, ...said } = P;
    const company = {
      country: 'CZ',
      languages: ['cs'],
      dial_policy: { countries: ['CZ'], max_concurrent: 100 },
      prompts: prompts(...Object.values(P)),
      bridges: { warning: '7s', prompts: said },
      webhooks: [{ name: 'dispatch', url: `${dispatch.url}&hook`, events: ['bridge', 'bridge_recording'] }],
      callbacks: [{ name: 'results', url: dispatch.url.replace(/\?.*/, '') }],
      lines: [{ number: LINE, plan: ['hang_up'] }],
    };
    const toneMs = (id: number) => (id === P.confirm ? 15_000 : id === announce ? 500 : 1000);
    const env = { CORDBOARD_READER_TOKEN: READER };
    const gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company, toneMs, env });
    return new BridgeHarness(asterisk, gateway, provider, dispatch);
  }

  async stop(): Promise<void> {
    await this.provider.stop();
    await this.gateway.stop();
    await this.dispatch.stop();
    await this.asterisk.stop();
  }

  /** Two numbers that no other test uses, and an order. Their phones ring until the test decides otherwise. */
  pair({ client, driver }: { client?: IncomingBehaviour; driver?: IncomingBehaviour } = {}): Pair {
    this.#lastPair += 1;
    const number = String(100_000 + this.#lastPair);
    const pair = { orderId: `order-${this.#lastPair}`, client: `+420777${number}`, driver: `+420608${number}` };
    if (client) this.#behaviours.set(pair.client, client);
    if (driver) this.#behaviours.set(pair.driver, driver);
    return pair;
  }

  /** Requests a bridge; returns its status. */
  async ask(pair: Pair, more: Record<string, unknown> = {}): Promise<Standing> {
    const { status, body } = await this.post(pair, more);
    if (status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async post(
    { orderId, client, driver }: Pair,
    { initiator = 'client', ...more }: Record<string, unknown> = {},
  ): Promise<{ status: number; body: Standing }> {
    const [one, other] = [
      { phone: client, role: 'client' },
      { phone: driver, role: 'driver' },
    ];
    const [a, b] = initiator === 'client' ? [one, other] : [other, one];
    const response = await this.gateway.fetch('/api/v1/bridges', {
      method: 'POST',
      body: JSON.stringify({ order_id: orderId, initiator, a, b, ...more }),
      headers: { 'content-type': 'application/json' },
    });
    return { status: response.status, body: (await response.json()) as Standing };
  }

  /** The call that comes in to that number. */
  call(number: string): Promise<PhoneCall> {
    return this.becomes(`a call to ${number} arrives`, () => Promise.resolve(this.callsTo(number).at(-1)));
  }

  callsTo(number: string): PhoneCall[] {
    return this.provider.invites.filter(({ invite }) => dialledOf(invite.uri) === number);
  }

  find(id: string): Promise<Standing> {
    return this.gateway.api<Standing>(`/api/v1/bridges/${id}`);
  }

  /** Waits until the bridge has this state. */
  reaches(id: string, state: string): Promise<Standing> {
    return this.becomes(`the bridge is ${state}`, async () => {
      const bridge = await this.find(id).catch(() => undefined);
      return bridge?.state === state ? bridge : undefined;
    });
  }

  /** Waits until the flow of the bridge has ended as well, and returns its timeline. */
  async over(id: string): Promise<TimelineEntry[]> {
    return this.becomes('the bridge is over', async () => {
      const call = await this.gateway
        .api<{ running: boolean; timeline: TimelineEntry[] }>(`/api/v1/calls/${id}`)
        .catch(() => undefined);
      return call?.running === false ? call.timeline : undefined;
    });
  }

  /** The states sent to the webhook or callback, in order of arrival, once the final state is among them. */
  async webhookEvents(id: string, where: 'hook' | 'back' = 'hook'): Promise<Record<string, unknown>[]> {
    const of = () =>
      this.dispatch.requests
        .filter(({ url, fields }) => url.endsWith(where) && fields['bridge_id'] === id && fields['event'] === 'bridge')
        .map(({ fields }) => fields);
    await this.becomes('the final state is sent', () =>
      Promise.resolve(of().some(({ state }) => state === 'ended' || state === 'failed') ? true : undefined),
    );
    return of();
  }

  get callbackUrl(): string {
    return `${this.dispatch.url}&back`;
  }

  async nothingLeft(): Promise<void> {
    await this.becomes('no channel and no bridge is left', async () =>
      (await this.asterisk.cli('core show channels concise')).trim() === '' &&
      !/~m/.test(await this.asterisk.cli('bridge show all'))
        ? true
        : undefined,
    );
  }

  becomes<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    return becomes(what, look, WITHIN_MS);
  }
}

/** `sip:420777100001@127.0.0.1` as `+420777100001`. */
function dialledOf(uri: string): string {
  return `+${/^sip:\+?(\d+)@/.exec(uri)?.[1] ?? ''}`;
}
