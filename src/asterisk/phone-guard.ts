import { messageOf } from '../lib/error-message.js';
import type { AmiEvent, AmiFields, AmiItem } from './ami/ami-connection.js';
import { textOf } from './ami/ami-connection.js';
import { contactUrisOf } from './ami/contacts.js';
import type { AsteriskNames } from './names.js';
import type { LinkLog } from './link.js';
import { firstOwnContact, hostOfContact, PhoneAddresses } from './phone-addresses.js';
import { AsteriskError } from './port.js';

const HANDSET = /^PJSIP\/([A-Za-z0-9._-]+)$/;
interface Ami {
  amiAction(fields: AmiFields): Promise<AmiItem>;
  amiList(fields: AmiFields): Promise<AmiEvent[]>;
}

interface Registrations {
  isOurs(handset: string): Promise<boolean>;
  requiresTls(handset: string): boolean;
  dropContacts(handset: string): Promise<void>;
}

/**
 * Rings only phones that know a handset's password. A registered contact with another address than the phone's own would
 * be an outgoing call past the dial policy.
 */
export class PhoneGuard {
  readonly #addresses: PhoneAddresses;

  constructor(
    names: AsteriskNames,
    private readonly ami: Ami,
  ) {
    this.#addresses = new PhoneAddresses({
      family: names.families.phones,
      action: (fields) => ami.amiAction(fields),
      list: (fields) => ami.amiList(fields),
    });
  }

  reset(): void {
    this.#addresses.reset();
  }

  /** Records addresses for a handset whose phones registered before addresses were recorded. */
  async seed(handset: string): Promise<void> {
    await this.#addresses.seed(handset, await contactUrisOf((fields) => this.ami.amiList(fields), handset));
  }

  async forget(handset: string): Promise<void> {
    await this.#addresses.forget(handset);
  }

  /** Asterisk raises the authentication event before the contact event. */
  fromAmi(event: AmiEvent, registrations: Registrations, log: LinkLog): void {
    const failed = (error: unknown) => log.warn({ error: messageOf(error) }, 'a phone could not be checked');
    this.#addresses.fromAmi(event, (account) => registrations.isOurs(account)).catch(failed);
    // Not only new contacts: one that was missed is checked again when Asterisk has asked it whether it is there.
    if (event.event !== 'ContactStatus' || textOf(event, 'contactstatus') === 'Removed') return;
    const handset = textOf(event, 'aor');
    const uri = textOf(event, 'uri');
    const check = async () => {
      const isClear = registrations.requiresTls(handset) && !isOverTls(uri);
      if (!isClear && (await this.#isOwn(handset, uri))) return;
      if (!(await registrations.isOurs(handset))) return;
      const reason = isClear ? 'without TLS, which its handset requires' : 'an address that is not its own';
      log.warn({ handset }, `a phone registered ${reason}: its registration is dropped`);
      await registrations.dropContacts(handset);
    };
    check().catch(failed);
  }

  /**
   * The dial string of an endpoint named by the dial policy. For a handset it has its phone's address, which cannot change meanwhile.
   *
   * @throws AsteriskError `refused` when the handset has no phone that may be rung.
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

/** Asterisk writes the transport of the registration into the contact (`rewrite_contact`). */
function isOverTls(uri: string): boolean {
  return /^sips:|;transport=tls(;|$)/i.test(uri);
}
