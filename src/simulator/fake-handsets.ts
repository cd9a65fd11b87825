import { isDeepStrictEqual } from 'node:util';
import { checkAccount } from '../asterisk/handsets.js';
import { checkLampHandset } from '../asterisk/message-lamps.js';
import type { AsteriskEvent, HandsetAccount, HandsetContact } from '../asterisk/port.js';
import type { Clock } from '../lib/clock.js';

const EXPIRES_MS = 300_000;

/** SIP accounts of the fake and their registered phones. */
export class FakeHandsets {
  readonly #accounts = new Map<string, HandsetAccount>();
  /** Phones by handset, oldest first. */
  readonly #phones = new Map<string, HandsetContact[]>();
  #lastPort = 5060;

  constructor(
    private readonly clock: Clock,
    private readonly raise: (event: AsteriskEvent) => void,
    /** Called when the first phone of a handset registers, or the last one unregisters. */
    private readonly changed: (handset: string) => void,
  ) {}

  put(account: HandsetAccount): void {
    checkAccount(account);
    const before = this.#accounts.get(account.name);
    this.#accounts.set(account.name, account);
    if (before !== undefined && before.password !== account.password) this.unregister(account.name);
  }

  readonly lamp = checkLampHandset;

  remove(name: string): void {
    this.unregister(name);
    this.#accounts.delete(name);
  }

  current(accounts: readonly HandsetAccount[]): Set<string> {
    const same = accounts.filter((account) => isDeepStrictEqual(this.#accounts.get(account.name), account));
    return new Set(same.map(({ name }) => name));
  }

  names(): string[] {
    return [...this.#accounts.keys()].sort();
  }

  has(name: string): boolean {
    return this.#accounts.has(name);
  }

  isRegistered(name: string): boolean {
    return this.#phones.has(name);
  }

  contacts(): HandsetContact[] {
    return [...this.#phones.values()].flat();
  }

  /** @returns a function that unregisters @throws {Error} when the registration is refused */
  register({ name, password }: { name: string; password: string }): () => void {
    const account = this.#accounts.get(name);
    if (account?.password !== password) throw new Error(`the registration of ${name} is refused`);
    this.#lastPort += 1;
    const contact: HandsetContact = {
      handset: name,
      address: `192.0.2.1:${this.#lastPort}`,
      userAgent: 'test phone',
      state: 'reachable',
      expiresAt: this.clock.now() + EXPIRES_MS,
    };
    this.#set(name, [...(this.#phones.get(name) ?? []), contact].slice(-account.maxContacts));
    return () => {
      const left = (this.#phones.get(name) ?? []).filter((one) => one !== contact);
      this.#set(name, left);
    };
  }

  /** Removes all registrations of a handset. */
  unregister(name: string): void {
    this.#set(name, []);
  }

  #set(handset: string, phones: HandsetContact[]): void {
    const before = this.#phones.get(handset) ?? [];
    if (before.length === 0 && phones.length === 0) return;
    if (phones.length === 0) this.#phones.delete(handset);
    else this.#phones.set(handset, phones);
    const at = this.clock.now();
    this.raise({ type: 'handset_contacts', at, handset });
    if (before.length > 0 === phones.length > 0) return;
    this.raise({ type: 'handset_state', at, handset, registered: phones.length > 0 });
    this.changed(handset);
  }
}
