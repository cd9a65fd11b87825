import { stringify, parse } from 'yaml';
import type { TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, type TestCompany } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { Shop, text } from '../support/shop.js';
import { callerOf } from '../support/sip/caller.js';
import { Phone, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';

/** A webhook in short: `event agent result`, with `-` for a missing field. */
export type Said = string;

const HANG_UP_WITHIN_MS = 30_000;

/** A gateway with queues, phones that call and answer, and a shop that receives all webhooks. */
export class BusyLineHarness {
  readonly phones: Phone[] = [];
  #lastCaller = 0;

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    readonly shop: Shop,
  ) {}

  static async open(asterisk: TestAsterisk, company: TestCompany): Promise<BusyLineHarness> {
    const shop = await new Shop(() => text('')).start();
    const webhooks = [{ name: 'shop', url: shop.url }];
    const starting = Gateway.start({ asterisk: asterisk.gatewayEnv(), company: { ...company, webhooks } });
    const gateway = await orStop(starting, shop);
    const line = new BusyLineHarness(asterisk, gateway, shop);
    await line.#settled();
    return line;
  }

  async close(): Promise<void> {
    await this.#hangUpAll();
    await this.gateway.stop();
    await this.shop.stop();
  }

  /** Ends all calls and unregisters all phones. */
  async empty(): Promise<void> {
    if (!this.gateway.alive) await this.gateway.run();
    await this.#hangUpAll();
    await this.until('no call is left', async () =>
      (await this.asterisk.cli('core show channels')).includes('0 active channels'),
    );
  }

  /** A handset with a registered phone that handles its calls so. */
  async handset(name: string, incoming: IncomingBehaviour): Promise<Phone> {
    const phone = await this.#phone({ user: name, password: await this.gateway.handsetPassword(name), incoming });
    await phone.registerSoon();
    return phone;
  }

  /** A caller with a number that no other call has. */
  async caller(line: string): Promise<PhoneCall> {
    this.#lastCaller += 1;
    return (await this.#phone({ user: `+420777${String(200_000 + this.#lastCaller)}` })).dial(line);
  }

  /** Callers that call one after another, each queued before the next. */
  async waiting(line: string, queue: number, count: number): Promise<PhoneCall[]> {
    const calls: PhoneCall[] = [];
    while (calls.length < count) {
      calls.push(await this.caller(line));
      await this.until('in the queue', async () => (await this.inLine(queue)).length === calls.length);
    }
    return calls;
  }

  /** Callers' numbers in a queue, first in line first, as Asterisk lists them. */
  async inLine(queue: number): Promise<string[]> {
    const shown = await this.asterisk.cli(`queue show q${queue}`);
    const channels = [...shown.matchAll(/^\s+\d+\. (PJSIP\S+)/gm)].map(([, name]) => name);
    const all = (await this.asterisk.cli('core show channels concise')).split('\n');
    return channels.map((name) => {
      const fields = all.find((line) => line.startsWith(`${name}!`));
      return (fields?.split('!')[7] ?? '').replace(/^\+420/, '');
    });
  }

  /** The id of a call, from its webhooks. */
  async idOf(call: PhoneCall): Promise<string> {
    const { fields } = await this.shop.request((request) => request.fields['caller_number'] === numberOf(call), {
      withinMs: 10_000,
    });
    return String(fields['call_id']);
  }

  /** Resolves when a webhook with this event of the call arrives. */
  async heard(call: PhoneCall, event: string): Promise<Record<string, unknown>> {
    const is = ({ fields }: { fields: Record<string, unknown> }) =>
      fields['caller_number'] === numberOf(call) && fields['event'] === event;
    return (await this.shop.request(is, { withinMs: HANG_UP_WITHIN_MS })).fields;
  }

  /**
   * All webhooks of a call, once it is over, in order and without a gap. A repeated delivery (possible after a kill of the
   * gateway) has the same id and body.
   */
  async webhookEvents(call: PhoneCall): Promise<Said[]> {
    await this.heard(call, 'hangup');
    const requests = this.shop.requests.filter(({ fields }) => fields['caller_number'] === numberOf(call));
    const once = requests.filter(
      ({ fields }, index) => requests.findIndex((other) => other.fields['event_id'] === fields['event_id']) === index,
    );
    const seqs = once.map(({ fields }) => fields['seq']);
    if (seqs.some((seq, index) => seq !== index + 1)) throw new Error(`not in order: ${seqs.join(' ')}`);
    for (const request of requests) {
      const first = once.find(({ fields }) => fields['event_id'] === request.fields['event_id']);
      if (first?.rawBody !== request.rawBody) throw new Error(`the second delivery differs: ${request.rawBody}`);
    }
    return once.map(({ fields: { event, agent, result } }) => [event, agent ?? '-', result ?? '-'].join(' '));
  }

  async until(what: string, so: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
    await becomes(what, so, withinMs);
  }

  async #hangUpAll(): Promise<void> {
    await Promise.all(this.phones.splice(0).map((phone) => phone.stop()));
  }

  /** Asterisk has applied the configuration. */
  async #settled(): Promise<void> {
    const document = parse(await (await this.gateway.fetch('/api/v1/config')).text()) as object;
    const headers = { 'content-type': 'application/yaml' };
    await this.gateway.api('/api/v1/config', { method: 'PUT', body: stringify(document), headers });
  }

  async #phone(options: Partial<ConstructorParameters<typeof Phone>[0]> & { user: string }): Promise<Phone> {
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const phone = await new Phone({ server, ...options }).start();
    this.phones.push(phone);
    return phone;
  }
}

/** In the format of webhooks. */
export function numberOf(call: PhoneCall): string {
  return callerOf(call).replace(/^\+420/, '');
}
