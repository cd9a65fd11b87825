import type { AmiEvent, AmiFields, AmiItem } from './ami/ami-connection.js';
import { textOf } from './ami/ami-connection.js';
import { ignoringRefused } from './ignored-errors.js';

/** Limit per handset; the addresses that registered last are kept. */
const MOST_ADDRESSES = 16;
const REMOTE = /^IPV[46]\/[A-Z]+\/([0-9.]+|[0-9a-f:]+)\/\d+$/i;
const HOST = String.raw`\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]`;
const PARAMETERS = String.raw`(?:;[\w.~!*+-]+(?:=[\w.~!*+:%[\]-]+)?)*`;
const USER = /^[\w.~%!*+=-]+$/;
const CONTACT = new RegExp(String.raw`^sips?:(?:(.*)@)?(${HOST})(?::\d{1,5})?(${PARAMETERS})$`, 'i');

interface Links {
  action(fields: AmiFields): Promise<AmiItem>;
  list(fields: AmiFields): Promise<AmiEvent[]>;
  /** Family in Asterisk's database. */
  family: string;
}

/**
 * IP addresses from which phones have authenticated with a handset's password, as seen by Asterisk. Phones are rung at these
 * only: a phone chooses its Contact and Via freely, and Asterisk corrects only the first Contact of a REGISTER. Kept in
 * Asterisk's database, where the dialplan finds them while the gateway is down.
 */
export class PhoneAddresses {
  readonly #known = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly links: Links) {}

  /** Clears the cache: another gateway or a restart of Asterisk may have changed the entries. */
  reset(): void {
    this.#known.clear();
  }

  /**
   * Records the address of an AMI event `SuccessfulAuth`; ignores other events.
   * @param isOurs asked before an address is recorded: Asterisk may have accounts of the company and of other gateways
   */
  async fromAmi(event: AmiEvent, isOurs: (account: string) => Promise<boolean>): Promise<void> {
    if (event.event !== 'SuccessfulAuth' || textOf(event, 'service') !== 'PJSIP') return;
    const address = REMOTE.exec(textOf(event, 'remoteaddress'))?.[1];
    if (address !== undefined) await this.#add(textOf(event, 'accountid'), [address], isOurs);
  }

  /** Hosts in SIP URI notation: `192.0.2.7`, `[2001:db8::7]`. */
  of(handset: string): Promise<readonly string[]> {
    const known = this.#known.get(handset);
    if (known !== undefined) return known;
    const reading = this.#read(handset).then((found) => found ?? []);
    return this.#remember(handset, reading);
  }

  /** Accepts the hosts of plain contacts as authenticated, for phones that registered before addresses were recorded. */
  async seed(handset: string, contacts: readonly string[]): Promise<void> {
    if ((await this.#read(handset)) !== undefined) return;
    const hosts = contacts.map(hostOfPlainContact).filter((host) => host !== undefined);
    await this.#add(handset, hosts.map(withoutBrackets));
  }

  async forget(handset: string): Promise<void> {
    this.#known.delete(handset);
    await ignoringRefused(this.links.action({ Action: 'DBDel', Family: this.links.family, Key: handset }));
  }

  #add(
    handset: string,
    addresses: readonly string[],
    isOurs?: (account: string) => Promise<boolean>,
  ): Promise<readonly string[]> {
    const added = this.of(handset).then(async (known) => {
      const fresh = addresses.map(withBrackets).filter((host) => !known.includes(host));
      if (fresh.length === 0 || (await isOurs?.(handset)) === false) return known;
      const all = [...new Set([...fresh, ...known])].slice(0, MOST_ADDRESSES);
      await this.links.action({
        Action: 'DBPut',
        Family: this.links.family,
        Key: handset,
        Val: all.map(patternOf).join('|'),
      });
      return all;
    });
    return this.#remember(handset, added);
  }

  /** Drops a failed read, so that the next call reads again. */
  #remember(handset: string, reading: Promise<readonly string[]>): Promise<readonly string[]> {
    this.#known.set(handset, reading);
    reading.catch(() => {
      if (this.#known.get(handset) === reading) this.#known.delete(handset);
    });
    return reading;
  }

  async #read(handset: string): Promise<string[] | undefined> {
    const found = await ignoringRefused(this.links.list({ Action: 'DBGet', Family: this.links.family, Key: handset }));
    const value = found?.map((row) => textOf(row, 'val')).find((text) => text !== '');
    return value?.split('|').map(hostOfPattern);
  }
}

/** Host of a contact that can lead only to this host; undefined for one with `maddr`, header fields or a DNS name. */
export function hostOfContact(uri: string): string | undefined {
  const [, , host, parameters = ''] = CONTACT.exec(uri) ?? [];
  return /;maddr[=;]|;maddr$/i.test(parameters) ? undefined : host?.toLowerCase();
}

/** As {@link hostOfContact}, and undefined for a contact that Dial could read as a list of channels or as options. */
function hostOfPlainContact(uri: string): string | undefined {
  const user = CONTACT.exec(uri)?.[1];
  return user === undefined || USER.test(user) ? hostOfContact(uri) : undefined;
}

/**
 * @param dialContacts of `PJSIP_DIAL_CONTACTS`: `PJSIP/a1/sip:a1@192.0.2.7:5060&…` @returns the first that may be rung,
 *   as a dial string
 */
export function firstOwnContact(dialContacts: string, handset: string, hosts: readonly string[]): string | undefined {
  const start = `PJSIP/${handset}/`;
  return dialContacts.split('&').find((contact) => {
    const host = contact.startsWith(start) ? hostOfPlainContact(contact.slice(start.length)) : undefined;
    return host !== undefined && hosts.includes(host);
  });
}

const withBrackets = (address: string): string =>
  address.includes(':') && !address.startsWith('[') ? `[${address.toLowerCase()}]` : address;
const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');

/** A regular expression for exactly this host, without backslashes, which the dialplan would interpret. */
const patternOf = (host: string): string => host.replace(/[.[\]]/g, (sign) => `[${sign}]`);
const hostOfPattern = (pattern: string): string => pattern.replace(/\[([.[\]])\]/g, '$1');
