import { messageOf } from '../lib/error-message.js';
import type { AmiEvent, AmiFields, AmiItem } from './ami/ami-connection.js';
import { textOf } from './ami/ami-connection.js';
import { contactUrisOf } from './ami/contacts.js';
import type { LinkLog } from './link.js';
import { firstOwnContact, hostOfContact, PhoneAddresses } from './phone-addresses.js';
import { AsteriskError } from './port.js';

const HANDSET = /^PJSIP\/([A-Za-z0-9._-]+)$/;
/** What Asterisk calls a contact that has just registered. */
const NEW = new Set(['NonQualified', 'Created']);

interface Ami {
  amiAction(fields: AmiFields): Promise<AmiItem>;
  amiList(fields: AmiFields): Promise<AmiEvent[]>;
}

interface Registrations {
  dropContacts(handset: string): Promise<void>;
}

/**
 * Keeps calls to a handset with the phones that know its password: a contact that leads to another address than the phone's own would be a
 * call that the dial policy was not asked about.
 */
export class PhoneGuard {
  readonly #addresses: PhoneAddresses;

  constructor(private readonly ami: Ami) {
    this.#addresses = new PhoneAddresses({
      action: (fields) => ami.amiAction(fields),
      list: (fields) => ami.amiList(fields),
    });
  }

  reset(): void {
    this.#addresses.reset();
  }

  /** For a handset whose phones registered before any addresses were noted. */
  async seed(handset: string): Promise<void> {
    await this.#addresses.seed(handset, await contactUrisOf((fields) => this.ami.amiList(fields), handset));
  }

  async forget(handset: string): Promise<void> {
    await this.#addresses.forget(handset);
  }

  /** Asterisk tells of the password before it tells of the contact. */
  fromAmi(event: AmiEvent, registrations: Registrations, log: LinkLog): void {
    const failed = (error: unknown) => log.warn({ error: messageOf(error) }, 'a phone could not be checked');
    this.#addresses.fromAmi(event).catch(failed);
    if (event.event !== 'ContactStatus' || !NEW.has(textOf(event, 'contactstatus'))) return;
    const handset = textOf(event, 'aor');
    const check = async () => {
      if (await this.#isOwn(handset, textOf(event, 'uri'))) return;
      log.warn({ handset }, 'a phone registered an address that is not its own: its registration is dropped');
      await registrations.dropContacts(handset);
    };
    check().catch(failed);
  }

  /**
   * What to dial for an endpoint as the dial policy names it: for a handset the address of its phone, so that it cannot change meanwhile.
   *
   * @throws AsteriskError `refused` when no phone of it may be rung.
   */
  async endpointOf(endpoint: string): Promise<string> {
    const handset = HANDSET.exec(endpoint)?.[1];
    if (handset === undefined) return endpoint;
    // ARI evaluates functions on channels only.
    const reply = await this.ami.amiAction({ Action: 'Getvar', Variable: `PJSIP_DIAL_CONTACTS(${handset})` });
    const contacts = textOf(reply, 'value');
    const chosen = firstOwnContact(contacts, handset, await this.#addresses.of(handset));
    if (chosen === undefined) throw new AsteriskError('refused', `no phone of ${handset} can be rung`);
    return chosen;
  }

  async #isOwn(handset: string, uri: string): Promise<boolean> {
    const host = hostOfContact(uri);
    return host !== undefined && (await this.#addresses.of(handset)).includes(host);
  }
}
