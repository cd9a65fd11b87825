import { createHash } from 'node:crypto';
import { z } from 'zod';
import { textOf, type AmiEvent, type AmiFields } from './ami/ami-connection.js';
import { ariPath } from './ari/ari-request.js';
import type { AriRequest } from './ari/ari-request.js';
import { endpointSchema, fieldsSchema } from './ari/ari-schema.js';
import type { AsteriskNames } from './names.js';
import { ignoringMissing } from './phone-addresses.js';
import { AsteriskError } from './port.js';
import type { HandsetAccount } from './port.js';

type Request = (request: AriRequest) => Promise<unknown>;

/** In this order: Asterisk reads an endpoint only when the objects that it refers to exist. */
const OBJECTS = ['aor', 'auth', 'endpoint'] as const;
type ObjectType = (typeof OBJECTS)[number];

/**
 * The attribute that marks the endpoints of a gateway, with a hash of their fields. The tag stays inside Asterisk (`CALLERID(tag)`).
 */
const MARKED = 'callerid_tag';
/** Option of an auth object. */
const ALGORITHMS = 'supported_algorithms_uas';
/** The transport of asterisk-config/optional/pjsip-tls.conf. */
const TLS_TRANSPORT = 'transport-tls';
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9._-]{1,64}$/;
const LISTING_WIDTH = 8;
/** The shortest session timer that SIP allows (RFC 4028), in seconds. A phone that dies during a talk is detected within two minutes. */
const SESSION_S = '90';
const HASH_LENGTH = 16;
/** AMI drops lines of more than 1023 bytes. Only the longest names with the longest display names reach the limit. */
const MOST_ENTRY_BYTES = 1000;
/** Families of Asterisk's database in which `sorcery.conf` keeps the objects. */
const FAMILIES = { endpoint: 'ps_endpoints/endpoint', aor: 'ps_aors/aor' } as const;
/** Must be raised when the format of the entries in Asterisk's database changes, so that older entries are replaced. */
const ENTRY_VERSION = 2;

/** SIP accounts in Asterisk's own database, through ARI's dynamic configuration (`sorcery.conf` maps them to astdb). */
export class Handsets {
  /** Names of accounts whose phones must register over TLS. */
  readonly #requireTls = new Set<string>();

  constructor(
    private readonly names: AsteriskNames,
    private readonly request: Request,
    private readonly addresses: { seed(handset: string): Promise<void>; forget(handset: string): Promise<void> },
    private readonly ami: {
      amiAction(fields: AmiFields): Promise<unknown>;
      amiList(fields: AmiFields): Promise<AmiEvent[]>;
    },
  ) {}

  /** Reads all accounts at once, where {@link put} reads one. Accounts that are not stored in Asterisk's database are missing. */
  async current(accounts: readonly HandsetAccount[]): Promise<Set<string>> {
    for (const account of accounts) this.#noteEncryption(account);
    const [endpoints, aors] = await Promise.all([this.#stored('endpoint'), this.#stored('aor')]);
    const isCurrent = (account: HandsetAccount) =>
      aors.has(account.name) && markIn(endpoints.get(account.name)) === fieldsOf(account, this.names).endpoint[MARKED];
    return new Set(accounts.filter(isCurrent).map(({ name }) => name));
  }

  async put(account: HandsetAccount): Promise<void> {
    checkAccount(account);
    this.#noteEncryption(account);
    const { name } = account;
    const { endpoint, ...others } = fieldsOf(account, this.names);
    // Writing an AOR makes Asterisk send OPTIONS to all its phones again.
    const [mark, aor] = await Promise.all([this.#markOf(name), this.#aorOf(name)]);
    if (mark === endpoint[MARKED] && aor !== undefined) return;
    if (mark !== undefined && !this.#isMark(mark)) throw notOurs(name);
    const auth = await this.#authOf(name);
    if (auth !== undefined && auth['password'] !== account.password) {
      await this.#removeAor(name);
      await this.addresses.forget(name);
    } else if (mark !== undefined) {
      await this.addresses.seed(name);
    }
    // A PUT leaves an option unchanged that it does not name.
    if (isOffered(auth?.[ALGORITHMS]) && others.auth[ALGORITHMS] === undefined) await this.#removeAuth(name);
    await this.#setMasked(name, account.masksCallers === true);
    await this.#putObject('aor', name, Object.entries(others.aor));
    await this.#putObject('auth', name, Object.entries(others.auth));
    // Only a PUT of a new endpoint makes Asterisk keep its state. After a crash here, the missing hash causes a rewrite.
    if (mark === undefined)
      await this.#putObject('endpoint', name, Object.entries({ ...endpoint, [MARKED]: this.names.mark }));
    await this.#storeEndpoint(name, endpoint);
  }

  /** Does nothing when there is no such handset, or when it comes from Asterisk's own files. */
  async remove(name: string): Promise<void> {
    if (!(await this.isOurs(name))) return;
    for (const type of [...OBJECTS].reverse()) {
      await ignoringGone(this.request({ method: 'DELETE', path: objectPath(type, name) }));
    }
    await this.addresses.forget(name);
    await this.#setMasked(name, false);
  }

  /** Whether phones of the handset must register over TLS. */
  requiresTls(name: string): boolean {
    return this.#requireTls.has(name);
  }

  /** Ends the registrations of a handset; its phones may register again. Does nothing for accounts that are not ours. */
  async dropContacts(name: string): Promise<void> {
    const [isOurs, aor] = await Promise.all([this.isOurs(name), this.#aorOf(name)]);
    if (!isOurs || aor === undefined) return;
    // A crash between these two leaves an account without an AOR, which `put` rewrites.
    await this.#removeAor(name);
    // The listing has the contacts among the fields; written back, they would never expire.
    const fields = fieldsSchema.parse(aor).filter(({ attribute, value }) => attribute !== 'contact' && value !== '');
    await this.#putObject(
      'aor',
      name,
      fields.map(({ attribute, value }) => [attribute, value]),
    );
  }

  #noteEncryption(account: HandsetAccount): void {
    if (encryptionOf(account) === 'required') this.#requireTls.add(account.name);
    else this.#requireTls.delete(account.name);
  }

  async list(): Promise<string[]> {
    const stored = await this.#stored('endpoint');
    const endpoints = endpointSchema.array().parse(await this.request({ method: 'GET', path: 'endpoints/PJSIP' }));
    const ours = [...stored].filter(([, entry]) => this.#isMark(markIn(entry))).map(([name]) => name);
    const others = endpoints.map(({ resource }) => resource).filter((name) => !stored.has(name));
    for (let start = 0; start < others.length; start += LISTING_WIDTH) {
      const slice = others.slice(start, start + LISTING_WIDTH);
      const marks = await Promise.all(slice.map((name) => this.isOurs(name)));
      ours.push(...slice.filter((_, index) => marks[index]));
    }
    return ours.sort();
  }

  /** The entries of one type in Asterisk's database, by name of the handset. None when this Asterisk cannot list them (before 16.28). */
  async #stored(type: keyof typeof FAMILIES): Promise<Map<string, string>> {
    const prefix = `/${FAMILIES[type]}/`;
    const listing = this.ami.amiList({ Action: 'DBGetTree', Family: FAMILIES[type] });
    const found = await listing.catch((error: unknown) => {
      if (error instanceof AsteriskError && error.reason === 'refused') return [];
      throw error;
    });
    const keys = found.map((event) => [textOf(event, 'key'), textOf(event, 'val')] as const);
    return new Map(
      keys.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]),
    );
  }

  async #authOf(name: string): Promise<Record<string, string> | undefined> {
    const auth = await ignoringGone(this.request({ method: 'GET', path: objectPath('auth', name) }));
    if (auth === undefined) return undefined;
    return Object.fromEntries(fieldsSchema.parse(auth).map(({ attribute, value }) => [attribute, value]));
  }

  async #removeAuth(name: string): Promise<void> {
    await ignoringGone(this.request({ method: 'DELETE', path: objectPath('auth', name) }));
  }

  async #setMasked(name: string, isMasked: boolean): Promise<void> {
    const entry = { Family: this.names.families.masked, Key: name };
    if (isMasked) {
      await this.ami.amiAction({ Action: 'DBPut', ...entry, Val: '1' });
      return;
    }
    const stored = await ignoringMissing(this.ami.amiList({ Action: 'DBGet', ...entry }));
    if (stored?.some((row) => textOf(row, 'val') !== '') === true)
      await ignoringMissing(this.ami.amiAction({ Action: 'DBDel', ...entry }));
  }

  /** Asterisk forgets the registrations of an AOR that is removed. */
  async #removeAor(name: string): Promise<void> {
    await ignoringGone(this.request({ method: 'DELETE', path: objectPath('aor', name) }));
  }

  async #putObject(type: ObjectType, name: string, fields: [attribute: string, value: string][]): Promise<void> {
    const body = { fields: fields.map(([attribute, value]) => ({ attribute, value })) };
    await this.request({ method: 'PUT', path: objectPath(type, name), body });
  }

  /**
   * Replaces the endpoint's entry in Asterisk's database by one with these fields only. A PUT stores all options, among
   * them `stir_shaken`, which causes a warning whenever Asterisk reads the endpoint, that is at each request that names
   * the handset.
   */
  async #storeEndpoint(name: string, fields: Record<string, string>): Promise<void> {
    const entry = Object.entries(fields).filter(([attribute, value]) => DEFAULTS[attribute] !== value);
    const Val = JSON.stringify(Object.fromEntries(entry));
    if (Buffer.byteLength(Val) <= MOST_ENTRY_BYTES)
      await this.ami.amiAction({ Action: 'DBPut', Family: 'ps_endpoints/endpoint', Key: name, Val });
    // Still the old entry when accounts are stored elsewhere, or when the new entry is too long.
    if ((await this.#markOf(name)) !== fields[MARKED]) await this.#putObject('endpoint', name, Object.entries(fields));
  }

  async #aorOf(name: string): Promise<unknown> {
    return ignoringGone(this.request({ method: 'GET', path: objectPath('aor', name) }));
  }

  /** True for the account of a handset of this gateway. */
  async isOurs(name: string): Promise<boolean> {
    return this.#isMark(await this.#markOf(name));
  }

  #isMark(mark: string | undefined): boolean {
    const hash = mark?.startsWith(this.names.mark) === true ? mark.slice(this.names.mark.length) : undefined;
    return hash !== undefined && /^(-[0-9a-f]{16})?$/.test(hash);
  }

  async #markOf(name: string): Promise<string | undefined> {
    const found = await ignoringGone(this.request({ method: 'GET', path: objectPath('endpoint', name) }));
    if (found === undefined) return undefined;
    return fieldsSchema.parse(found).find(({ attribute }) => attribute === MARKED)?.value;
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

const entrySchema = z.looseObject({ [MARKED]: z.string().optional() });

/** The mark in an entry of an endpoint in Asterisk's database. */
function markIn(entry: string | undefined): string | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(entry ?? '{}')).data?.[MARKED];
  } catch {
    return undefined;
  }
}

function objectPath(type: ObjectType, name: string): string {
  return ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', type, name);
}

function fieldsOf(account: HandsetAccount, names: AsteriskNames): Record<ObjectType, Record<string, string>> {
  const fields = bareFieldsOf(account, names);
  const masked = account.masksCallers === true ? { masked: true } : {};
  const hashed = JSON.stringify({ ...fields, entry: ENTRY_VERSION, ...masked });
  const hash = createHash('sha256').update(hashed).digest('hex').slice(0, HASH_LENGTH);
  return { ...fields, endpoint: { ...fields.endpoint, [MARKED]: `${names.mark}-${hash}` } };
}

function bareFieldsOf(
  account: HandsetAccount,
  { contexts }: AsteriskNames,
): Record<ObjectType, Record<string, string>> {
  const { name, password, displayName, language, maxContacts, webrtc } = account;
  const encryption = encryptionOf(account);
  return {
    aor: {
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
      // A phone's transfer (REFER) would bypass the gateway.
      allow_transfer: 'no',
      // Also for phones without session timers: Asterisk alone refreshes the session then.
      timers: 'always',
      timers_min_se: SESSION_S,
      timers_sess_expires: SESSION_S,
      trust_id_inbound: 'no',
      aors: name,
      auth: name,
      callerid: `"${displayName.replaceAll(/["\\]/g, '')}" <${name}>`,
      language,
    },
  };
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

/** Resolves with undefined instead of a `gone` error. */
export async function ignoringGone<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'gone') return undefined;
    throw error;
  }
}

/** Ignores a `conflict` error: the object exists already. */
export async function ignoringConflict(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof AsteriskError && error.reason === 'conflict')) throw error;
  }
}
