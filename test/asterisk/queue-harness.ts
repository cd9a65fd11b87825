import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import type { TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import type { Gateway } from '../support/gateway.js';
import { callerOf } from '../support/sip/caller.js';
import type { IncomingBehaviour, Phone, PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/** The part of the company's document that these tests change. */
export interface TestDocument {
  queues: { id: number }[];
  music?: { name: string }[];
}

/** Callers who wait in queues and operators who answer them, for one Asterisk and one gateway. */
export class QueueHarness {
  readonly #phones: Phones;
  #lastCaller = 0;

  constructor(
    private readonly asterisk: TestAsterisk,
    private readonly gateway: Gateway,
  ) {
    this.#phones = new Phones(asterisk, gateway);
  }

  /** Ends all calls and unregisters all phones. */
  async empty(): Promise<void> {
    await this.#phones.stop();
    await this.becomes('no calls', async () =>
      (await this.asterisk.cli('core show channels')).includes('0 active calls'),
    );
  }

  handset(name: string, incoming: IncomingBehaviour): Promise<Phone> {
    return this.#phones.handset(name, { incoming });
  }

  calling(line: string, from = this.#number()): Promise<PhoneCall> {
    return this.#phones.call(line, from);
  }

  /** Calls, and waits until the caller is in that queue. */
  async waiting(line: string, queue: number, from = this.#number()): Promise<PhoneCall> {
    const call = await this.calling(line, from);
    await this.becomes('in the queue', async () => (await this.inLine(queue)).includes(numberOf(call)));
    return call;
  }

  /** Callers' numbers in a queue, first in line first, as Asterisk lists them. */
  async inLine(id: number): Promise<string[]> {
    const shown = await this.asterisk.cli(`queue show q${id}`);
    const channels = [...shown.matchAll(/^\s+\d+\. (PJSIP\S+)/gm)].map(([, name]) => name);
    const callers = (await this.asterisk.cli('core show channels concise')).split('\n');
    return channels.map((name) => {
      const fields = callers.find((line) => line.startsWith(`${name}!`));
      return (fields?.split('!')[7] ?? '').replace(/^\+420/, '');
    });
  }

  /** Changes the configuration, and waits until Asterisk has applied it. */
  async apply(change: (document: TestDocument) => object): Promise<void> {
    const document = parse(await (await this.gateway.fetch('/api/v1/config')).text()) as TestDocument;
    const headers = { 'content-type': 'application/yaml' };
    const body = stringify(change(document));
    expect(await this.gateway.api('/api/v1/config', { method: 'PUT', body, headers })).toMatchObject({
      not_settled: [],
    });
  }

  async becomes(what: string, so: () => Promise<boolean> | boolean, withinMs = 10_000): Promise<void> {
    await becomes(what, so, withinMs);
  }

  #number(): string {
    this.#lastCaller += 1;
    return `+420777${String(100_000 + this.#lastCaller)}`;
  }
}

/** A caller's number in the format of {@link QueueHarness.inLine} and timelines. */
export const numberOf = (call: PhoneCall): string => callerOf(call).replace(/^\+420/, '');
