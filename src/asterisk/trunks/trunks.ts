import { textOf, type AmiEvent, type AmiFields } from '../ami/ami-connection.js';
import { ariPath, type AriRequest } from '../ari/ari-request.js';
import { endpointSchema, fieldsSchema } from '../ari/ari-schema.js';
import { ignoringGone } from '../handsets.js';
import { isOurs } from '../../kernel/ids.js';
import type { AsteriskNames } from '../names.js';
import { AsteriskError, type ChannelSnapshot } from '../port.js';
import { registrationsByEndpoint } from '../inspection.js';
import { MARKED, TRUNK_OBJECTS, trunkObjects, type TrunkObject } from './trunk-objects.js';
import type { TrunkAccount, TrunkLink, TrunkPort } from './trunk-port.js';

interface Links {
  amiAction(fields: AmiFields): Promise<unknown>;
  amiList(fields: AmiFields): Promise<AmiEvent[]>;
  listChannels(): Promise<Pick<ChannelSnapshot, 'id' | 'name'>[]>;
}

/** Where `sorcery.conf` keeps endpoints in Asterisk's own database. */
const ENDPOINTS = 'ps_endpoints/endpoint';
/** AMI drops lines of more than 1023 bytes. */
const MOST_ENTRY_BYTES = 1000;
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Trunks in Asterisk's own database, through ARI's dynamic configuration (`sorcery.conf` maps their objects to astdb). */
export class Trunks implements TrunkPort {
  constructor(
    private readonly names: AsteriskNames,
    private readonly request: (request: AriRequest) => Promise<unknown>,
    private readonly asterisk: Links,
  ) {}

  async put(trunk: TrunkAccount): Promise<void> {
    const { name } = trunk;
    const objects = trunkObjects(trunk, this.names);
    const values = Object.values(objects).flatMap((fields) => Object.values(fields ?? {}));
    if (values.some((value) => CONTROL.test(value)))
      throw new AsteriskError('refused', 'a trunk has a control character in a field');
    const mark = await this.#markOf(name);
    if (mark === objects.endpoint[MARKED]) return;
    if (mark !== undefined && !this.#isMark(mark))
      throw new AsteriskError('refused', `Asterisk has an endpoint ${name} already that is not a trunk of the gateway`);
    // Before everything else, so that a crash below leaves a mark that causes a rewrite.
    if (mark !== undefined) await this.#storeEndpoint(name, { ...objects.endpoint, [MARKED]: this.names.trunkMark });
    for (const type of TRUNK_OBJECTS) {
      const fields = objects[type];
      if (fields === undefined) await this.#removeObject(type, name);
      else if (type !== 'endpoint') await this.#putObject(type, name, fields);
      // Only a PUT of a new endpoint makes Asterisk keep its state.
      else if (mark === undefined) await this.#putObject(type, name, { ...fields, [MARKED]: this.names.trunkMark });
    }
    await this.#storeEndpoint(name, objects.endpoint);
    // A registration does not notice that its password has changed.
    if (objects.registration !== undefined)
      await this.asterisk.amiAction({ Action: 'PJSIPRegister', Registration: name });
  }

  /** Does nothing for endpoints that are not ours. */
  async remove(name: string): Promise<void> {
    const mark = await this.#markOf(name);
    if (mark === undefined || !this.#isMark(mark)) return;
    for (const type of [...TRUNK_OBJECTS].reverse()) await this.#removeObject(type, name);
  }

  async list(): Promise<string[]> {
    const rows = await this.asterisk.amiList({ Action: 'DBGetTree', Family: ENDPOINTS }).catch((error: unknown) => {
      // Nothing is stored yet.
      if (error instanceof AsteriskError && error.reason === 'refused') return [];
      throw error;
    });
    return rows
      .filter((row) => this.#isMark(/"callerid_tag":"([^"]*)"/.exec(textOf(row, 'val'))?.[1] ?? ''))
      .map((row) => textOf(row, 'key').slice(ENDPOINTS.length + 2))
      .sort();
  }

  async links(names: readonly string[]): Promise<Map<string, TrunkLink>> {
    const [endpoints, registrations, all] = await Promise.all([
      this.request({ method: 'GET', path: 'endpoints/PJSIP' }),
      registrationsByEndpoint((fields) => this.asterisk.amiList(fields)),
      this.asterisk.listChannels(),
    ]);
    const states = new Map(
      endpointSchema
        .array()
        .parse(endpoints)
        .map(({ resource, state }) => [resource, state]),
    );
    return new Map(
      names.map((name) => {
        const state = states.get(name);
        const answers = state === 'online' ? true : state === 'offline' ? false : undefined;
        const mine = all.filter((channel) => isOn(name, channel)).length;
        return [
          name,
          { exists: states.has(name), registration: firstWord(registrations.get(name)?.[0]), answers, channels: mine },
        ];
      }),
    );
  }

  /** Channels of calls that came in over the trunk. */
  async incomingCalls(name: string): Promise<number> {
    return (await this.asterisk.listChannels()).filter((channel) => isOn(name, channel) && !isOurs(channel.id)).length;
  }

  async #putObject(type: TrunkObject, name: string, fields: Record<string, string>): Promise<void> {
    const body = { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) };
    await this.request({ method: 'PUT', path: objectPath(type, name), body });
  }

  /** Replaces the entry in Asterisk's database, as src/asterisk/handsets.ts does: a PUT stores options that cause warnings. */
  async #storeEndpoint(name: string, fields: Record<string, string>): Promise<void> {
    const Val = JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')));
    if (Buffer.byteLength(Val) <= MOST_ENTRY_BYTES)
      await this.asterisk.amiAction({ Action: 'DBPut', Family: ENDPOINTS, Key: name, Val });
    if ((await this.#markOf(name)) !== fields[MARKED]) await this.#putObject('endpoint', name, fields);
  }

  async #removeObject(type: TrunkObject, name: string): Promise<void> {
    await ignoringGone(this.request({ method: 'DELETE', path: objectPath(type, name) }));
  }

  /** The mark of this gateway, with a hash or without. */
  #isMark(mark: string): boolean {
    const { trunkMark } = this.names;
    return mark === trunkMark || mark.startsWith(`${trunkMark}-`);
  }

  /** Undefined when there is no such endpoint. */
  async #markOf(name: string): Promise<string | undefined> {
    const path = objectPath('endpoint', name);
    const found = await ignoringGone(this.request({ method: 'GET', path }));
    if (found === undefined) return undefined;
    return fieldsSchema.parse(found).find(({ attribute }) => attribute === MARKED)?.value ?? '';
  }
}

/** Asterisk can add how long ago it tried: `Rejected (exp. 20s ago)`. */
function firstWord(status: string | undefined): string | undefined {
  return status?.split(' ')[0];
}

/** `PJSIP/name-0000002a` */
function isOn(trunk: string, { name }: Pick<ChannelSnapshot, 'name'>): boolean {
  return name.startsWith(`PJSIP/${trunk}-`) && /^[0-9a-f]{8}$/.test(name.slice(`PJSIP/${trunk}-`.length));
}

function objectPath(type: TrunkObject, name: string): string {
  return ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', type, name);
}
