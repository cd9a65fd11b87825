import { createHash } from 'node:crypto';
import { z } from 'zod';
import { textOf, type AmiEvent, type AmiFields } from './ami/ami-connection.js';
import { ariPath, type AriRequest } from './ari/ari-request.js';
import { fieldsSchema } from './ari/ari-schema.js';
import { ignoringGone, ignoringRefused } from './ignored-errors.js';

/** The families of Asterisk's database in which `sorcery.conf` keeps objects that are listed. */
const FAMILIES = { endpoint: 'ps_endpoints/endpoint', aor: 'ps_aors/aor' } as const;

/**
 * The attribute that marks the endpoints of a gateway, with a hash of their fields. The tag stays inside Asterisk (`CALLERID(tag)`).
 */
export const MARKED = 'callerid_tag';
const HASH_LENGTH = 16;
/** AMI drops lines of more than 1023 bytes. Only the longest names with the longest display names reach the limit. */
const MOST_ENTRY_BYTES = 1000;

interface AmiLinks {
  amiAction(fields: AmiFields): Promise<unknown>;
  amiList(fields: AmiFields): Promise<AmiEvent[]>;
}

/** Objects of res_pjsip, through ARI's dynamic configuration. `sorcery.conf` maps them to Asterisk's own database. */
export class SipObjects {
  constructor(
    private readonly request: (request: AriRequest) => Promise<unknown>,
    private readonly ami: AmiLinks,
  ) {}

  /** The attributes of an object; undefined when there is none. */
  async read(type: string, name: string): Promise<Record<string, string> | undefined> {
    const found = await ignoringGone(this.request({ method: 'GET', path: objectPath(type, name) }));
    if (found === undefined) return undefined;
    return Object.fromEntries(fieldsSchema.parse(found).map(({ attribute, value }) => [attribute, value]));
  }

  async put(type: string, name: string, fields: Record<string, string>): Promise<void> {
    const body = { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) };
    await this.request({ method: 'PUT', path: objectPath(type, name), body });
  }

  async remove(type: string, name: string): Promise<void> {
    await ignoringGone(this.request({ method: 'DELETE', path: objectPath(type, name) }));
  }

  /** The mark of an endpoint, empty for one without a mark; undefined when there is no such endpoint. */
  async markOf(name: string): Promise<string | undefined> {
    const fields = await this.read('endpoint', name);
    return fields && (fields[MARKED] ?? '');
  }

  /** The entries of one type in Asterisk's database, by name. None when this Asterisk cannot list them (before 16.28). */
  async stored(type: keyof typeof FAMILIES): Promise<Map<string, string>> {
    const prefix = `/${FAMILIES[type]}/`;
    const rows = await ignoringRefused(this.ami.amiList({ Action: 'DBGetTree', Family: FAMILIES[type] }));
    const entries = (rows ?? []).map((row) => [textOf(row, 'key'), textOf(row, 'val')] as const);
    return new Map(
      entries.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]),
    );
  }

  /**
   * Replaces the endpoint's entry in Asterisk's database by one with these fields only. A PUT stores all options, among
   * them `stir_shaken`, which causes a warning whenever Asterisk reads the endpoint, that is at each request that names it.
   *
   * @param isDefault whether a field has the value that Asterisk uses without it: it is left out, since an entry must fit into one AMI line
   */
  async storeEndpoint(
    name: string,
    fields: Record<string, string>,
    isDefault: (attribute: string, value: string) => boolean,
  ): Promise<void> {
    const entry = Object.entries(fields).filter(([attribute, value]) => !isDefault(attribute, value));
    const Val = JSON.stringify(Object.fromEntries(entry));
    if (Buffer.byteLength(Val) <= MOST_ENTRY_BYTES)
      await this.ami.amiAction({ Action: 'DBPut', Family: FAMILIES.endpoint, Key: name, Val });
    // Still the old entry when endpoints are stored elsewhere, or when the new entry is too long.
    if ((await this.markOf(name)) !== fields[MARKED]) await this.put('endpoint', name, fields);
  }
}

/** A mark with a hash of everything that it stands for. */
export function hashedMark(mark: string, content: unknown): string {
  return `${mark}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, HASH_LENGTH)}`;
}

/** Whether an endpoint's mark is this one, with a hash or without. */
export function hasMark(found: string | undefined, mark: string): boolean {
  return found?.startsWith(mark) === true && /^(-[0-9a-f]{16})?$/.test(found.slice(mark.length));
}

const entrySchema = z.looseObject({ [MARKED]: z.string().optional() });

/** The mark in an entry of an endpoint in Asterisk's database. */
export function markIn(entry: string | undefined): string | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(entry ?? '{}')).data?.[MARKED];
  } catch {
    return undefined;
  }
}

/** Of an object in ARI's dynamic configuration. */
export function objectPath(type: string, name: string): string {
  return ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', type, name);
}
