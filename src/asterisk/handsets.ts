import { textOf, type AmiEvent, type AmiFields } from './ami/ami-connection.js';
import type { AriRequest } from './ari/ari-request.js';
import { endpointSchema } from './ari/ari-schema.js';
import { ignoringRefused } from './ignored-errors.js';
import type { AsteriskNames } from './names.js';
import { HANDED_OVER } from './phone-transfers.js';
import { AsteriskError } from './port.js';
import type { HandsetAccount } from './port.js';
import { hashedMark, hasMark, MARKED, markIn, SipObjects } from './sip-objects.js';

type Request = (request: AriRequest) => Promise<unknown>;

/** In this order: Asterisk reads an endpoint only when the objects that it refers to exist. */
const OBJECTS = ['aor', 'auth', 'endpoint'] as const;
type ObjectType = (typeof OBJECTS)[number];

/** Option of an auth object. */
const ALGORITHMS = 'supported_algorithms_uas';
/** The transport of asterisk-config/optional/pjsip-tls.conf. */
const TLS_TRANSPORT = 'transport-tls';
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9._-]{1,64}$/;
const LISTING_WIDTH = 8;
/** The shortest session timer that SIP allows (RFC 4028), in seconds. A phone that dies during a talk is detected within two minutes. */
const SESSION_S = '90';
/** Must be raised when the format of the entries in Asterisk's database changes, so that older entries are replaced. */
const ENTRY_VERSION = 2;

/** SIP accounts in Asterisk's own database, through ARI's dynamic configuration (`sorcery.conf` maps them to astdb). */
export class Handsets {
  /** Names of accounts whose phones must register over TLS. */
  readonly #requireTls = new Set<string>();
  readonly #objects: SipObjects;

  constructor(
    private readonly names: AsteriskNames,
    private readonly request: Request,
    private readonly addresses: { seed(handset: string): Promise<void>; forget(handset: string): Promise<void> },
    private readonly ami: {
      amiAction(fields: AmiFields): Promise<unknown>;
      amiList(fields: AmiFields): Promise<AmiEvent[]>;
    },
    private readonly transfers: { readonly areHandedOver: boolean },
  ) {
    this.#objects = new SipObjects(request, ami);
  }

  /** Reads all accounts at once, where {@link put} reads one. Accounts that are not stored in Asterisk's database are missing. */
  async current(accounts: readonly HandsetAccount[]): Promise<Set<string>> {
    for (const account of accounts) this.#noteEncryption(account);
    const [endpoints, aors] = await Promise.all([this.#objects.stored('endpoint'), this.#objects.stored('aor')]);
    const isCurrent = (account: HandsetAccount) =>
      aors.has(account.name) && markIn(endpoints.get(account.name)) === this.#fieldsOf(account).endpoint[MARKED];
    return new Set(accounts.filter(isCurrent).map(({ name }) => name));
  }

  async put(account: HandsetAccount): Promise<void> {
    checkAccount(account);
    this.#noteEncryption(account);
    const { name } = account;
    const { endpoint, ...others } = this.#fieldsOf(account);
    // Writing an AOR makes Asterisk send OPTIONS to all its phones again.
    const [mark, aor] = await Promise.all([this.#objects.markOf(name), this.#objects.read('aor', name)]);
    if (mark === endpoint[MARKED] && aor !== undefined) return;
    if (mark !== undefined && !hasMark(mark, this.names.mark)) throw notOurs(name);
    const auth = await this.#objects.read('auth', name);
    if (auth !== undefined && auth['password'] !== account.password) {
      // Asterisk forgets the registrations of an AOR that is removed.
      await this.#objects.remove('aor', name);
      await this.addresses.forget(name);
    } else if (mark !== undefined) {
      await this.addresses.seed(name);
    }
    // A PUT leaves an option unchanged that it does not name.
    if (isOffered(auth?.[ALGORITHMS]) && others.auth[ALGORITHMS] === undefined)
      await this.#objects.remove('auth', name);
    await this.#setMasked(name, account.masksCallers === true);
    await this.#objects.put('aor', name, { mailboxes: '', ...others.aor });
    await this.#objects.put('auth', name, others.auth);
    // Only a PUT of a new endpoint makes Asterisk keep its state. After a crash here, the missing hash causes a rewrite.
    if (mark === undefined) await this.#objects.put('endpoint', name, { ...endpoint, [MARKED]: this.names.mark });
    await this.#objects.storeEndpoint(name, endpoint, (attribute, value) => DEFAULTS[attribute] === value);
  }

  /** Does nothing when there is no such handset, or when it comes from Asterisk's own files. */
  async remove(name: string): Promise<void> {
    if (!(await this.isOurs(name))) return;
    for (const type of [...OBJECTS].reverse()) await this.#objects.remove(type, name);
    await this.addresses.forget(name);
    await this.#setMasked(name, false);
  }

  /** Whether phones of the handset must register over TLS. */
  requiresTls(name: string): boolean {
    return this.#requireTls.has(name);
  }

  /** Ends the registrations of a handset; its phones may register again. Does nothing for accounts that are not ours. */
  async dropContacts(name: string): Promise<void> {
    const [isOurs, aor] = await Promise.all([this.isOurs(name), this.#objects.read('aor', name)]);
    if (!isOurs || aor === undefined) return;
    // A crash between these two leaves an account without an AOR, which `put` rewrites.
    await this.#objects.remove('aor', name);
    // The listing has the contacts among the fields; written back, they would never expire.
    const fields = Object.entries(aor).filter(([attribute, value]) => attribute !== 'contact' && value !== '');
    await this.#objects.put('aor', name, Object.fromEntries(fields));
  }

  #fieldsOf(account: HandsetAccount): Record<ObjectType, Record<string, string>> {
    return fieldsOf(account, this.names, this.transfers.areHandedOver);
  }

  #noteEncryption(account: HandsetAccount): void {
    if (encryptionOf(account) === 'required') this.#requireTls.add(account.name);
    else this.#requireTls.delete(account.name);
  }

  async list(): Promise<string[]> {
    const stored = await this.#objects.stored('endpoint');
    const endpoints = endpointSchema.array().parse(await this.request({ method: 'GET', path: 'endpoints/PJSIP' }));
    const ours = [...stored].filter(([, entry]) => hasMark(markIn(entry), this.names.mark)).map(([name]) => name);
    const others = endpoints.map(({ resource }) => resource).filter((name) => !stored.has(name));
    for (let start = 0; start < others.length; start += LISTING_WIDTH) {
      const slice = others.slice(start, start + LISTING_WIDTH);
      const marks = await Promise.all(slice.map((name) => this.isOurs(name)));
      ours.push(...slice.filter((_, index) => marks[index]));
    }
    return ours.sort();
  }

  async #setMasked(name: string, isMasked: boolean): Promise<void> {
    const entry = { Family: this.names.families.masked, Key: name };
    if (isMasked) {
      await this.ami.amiAction({ Action: 'DBPut', ...entry, Val: '1' });
      return;
    }
    const stored = await ignoringRefused(this.ami.amiList({ Action: 'DBGet', ...entry }));
    if (stored?.some((row) => textOf(row, 'val') !== '') === true)
      await ignoringRefused(this.ami.amiAction({ Action: 'DBDel', ...entry }));
  }

  /** True for the account of a handset of this gateway. */
  async isOurs(name: string): Promise<boolean> {
    return hasMark(await this.#objects.markOf(name), this.names.mark);
  }
}

/** Whether an auth object offers more than MD5. */
function isOffered(algorithms: string | undefined): boolean {
  return algorithms !== undefined && /sha/i.test(algorithms);
}

function notOurs(name: string): AsteriskError {
  return new AsteriskError(
    'refused',
    `Asterisk has an endpoint ${name} already, which is not this gateway's: choose another name for the handset, and ring that telephone with endpoint: '${name}'`,
  );
}

function fieldsOf(
  account: HandsetAccount,
  names: AsteriskNames,
  handsOverTransfers: boolean,
): Record<ObjectType, Record<string, string>> {
  const fields = bareFieldsOf(account, names);
  Object.assign(fields.endpoint, transferFields(account, handsOverTransfers));
  const masked = account.masksCallers === true ? { masked: true } : {};
  const mark = hashedMark(names.mark, { ...fields, entry: ENTRY_VERSION, ...masked });
  return { ...fields, endpoint: { ...fields.endpoint, [MARKED]: mark } };
}

function bareFieldsOf(account: HandsetAccount, names: AsteriskNames): Record<ObjectType, Record<string, string>> {
  const { name, password, displayName, language, maxContacts, webrtc } = account;
  const encryption = encryptionOf(account);
  const { contexts } = names;
  const lamp = lampFields(account, names);
  return {
    aor: {
      ...lamp.aor,
      max_contacts: String(maxContacts),
      remove_existing: 'yes',
      remove_unavailable: 'yes',
      // Seconds. Phones register again soon, so an address missed while the gateway was down is recorded.
      maximum_expiration: '300',
      qualify_frequency: '30',
      qualify_timeout: '3.0',
    },
    auth: { auth_type: 'userpass', username: name, password, ...digestFields(account) },
    endpoint: {
      context: encryption === 'required' ? contexts.fromEncryptedHandset : contexts.fromHandset,
      subscribe_context: contexts.presence,
      disallow: 'all',
      allow: webrtc ? 'opus,ulaw,alaw' : 'alaw,ulaw,opus',
      ...mediaFields(webrtc, encryption),
      dtmf_mode: 'auto_info',
      direct_media: 'no',
      rtp_symmetric: 'yes',
      force_rport: 'yes',
      rewrite_contact: 'yes',
      send_connected_line: 'no',
      // Also for phones without session timers: Asterisk alone refreshes the session then.
      timers: 'always',
      timers_min_se: SESSION_S,
      timers_sess_expires: SESSION_S,
      trust_id_inbound: 'no',
      aors: name,
      auth: name,
      callerid: `"${displayName.replaceAll(/["\\]/g, '')}" <${name}>`,
      language,
      ...lamp.endpoint,
    },
  };
}

/** The mailbox whose new messages the phones show. A phone that subscribes is told once. */
function lampFields({ name, webrtc, hasMessageLamp }: HandsetAccount, names: AsteriskNames) {
  if (hasMessageLamp !== true || webrtc) return { aor: {}, endpoint: {} };
  const aor = { mailboxes: names.mailboxOf(name) };
  return { aor, endpoint: { ...aor, mwi_subscribe_replaces_unsolicited: 'yes' } };
}

/**
 * Asterisk itself must not carry out a phone's transfer (REFER): it would bypass the gateway. With several phones, the gateway's leg is a
 * Local channel, and it would not learn of the transfer.
 */
function transferFields({ maxContacts }: HandsetAccount, handsOver: boolean): Record<string, string> {
  return handsOver && maxContacts === 1 ? HANDED_OVER : { allow_transfer: 'no' };
}

/** Asterisk's defaults are left out of an entry, which must fit into one AMI line. */
const DEFAULTS: Record<string, string> = mediaFields(false, 'off');

/** Sets each option explicitly, because a request leaves omitted options unchanged. `webrtc` alone turns the others on. */
function mediaFields(webrtc: boolean, encryption: Encryption): Record<string, string> {
  const word = webrtc ? 'yes' : 'no';
  return {
    webrtc: word,
    use_avpf: word,
    ice_support: word,
    rtcp_mux: word,
    bundle: word,
    media_use_received_transport: word,
    media_encryption: webrtc ? 'dtls' : encryption === 'off' ? 'no' : 'sdes',
    media_encryption_optimistic: encryption === 'wanted' ? 'yes' : 'no',
    // Asterisk's requests to the phone then go over TLS or not at all.
    transport: encryption === 'required' ? TLS_TRANSPORT : '',
    dtls_auto_generate_cert: word,
    // Seconds. A browser sends audio all the time, also while it is muted, until its page is closed.
    rtp_timeout: webrtc ? '15' : '0',
  };
}

type Encryption = NonNullable<HandsetAccount['encryption']>;

/** Browsers encrypt in their own way. */
function encryptionOf({ webrtc, encryption = 'off' }: HandsetAccount): Encryption {
  return webrtc ? 'off' : encryption;
}

/** Left out for MD5, Asterisk's default: versions before 20.12 and 22.2 do not know the option. */
function digestFields({ webrtc, digest = 'md5' }: HandsetAccount): { [ALGORITHMS]?: string } {
  if (webrtc || digest === 'md5') return {};
  return { [ALGORITHMS]: digest === 'both' ? 'SHA-256,MD5' : 'SHA-256' };
}

const CONTROL = /[\u0000-\u001f\u007f]/;

/** @throws AsteriskError `refused` for an account whose fields Asterisk could misinterpret. */
export function checkAccount({ name, password, displayName, language, maxContacts }: HandsetAccount): void {
  if (!NAME.test(name))
    throw new AsteriskError('refused', `handset name ${JSON.stringify(name)} is not a plain SIP user name`);
  if (password === '') throw new AsteriskError('refused', 'a handset needs a password');
  if ([password, displayName, language].some((text) => CONTROL.test(text))) {
    throw new AsteriskError('refused', 'a handset has a control character in a field');
  }
  if (!Number.isSafeInteger(maxContacts) || maxContacts < 1)
    throw new AsteriskError('refused', 'a handset needs at least one contact');
}
