import type { AmiEvent, AmiFields } from '../ami/ami-connection.js';
import type { AriRequest } from '../ari/ari-request.js';
import { endpointSchema } from '../ari/ari-schema.js';
import { isOurs } from '../../kernel/ids.js';
import type { AsteriskNames } from '../names.js';
import { AsteriskError, type ChannelSnapshot } from '../port.js';
import { registrationsByEndpoint } from '../inspection.js';
import { hasMark, MARKED, markIn, SipObjects } from '../sip-objects.js';
import { TRUNK_OBJECTS, trunkObjects } from './trunk-objects.js';
import { EndpointTaken, type TrunkAccount, type TrunkLink, type TrunkPort } from './trunk-port.js';

interface Links {
  amiAction(fields: AmiFields): Promise<unknown>;
  amiList(fields: AmiFields): Promise<AmiEvent[]>;
  listChannels(): Promise<Pick<ChannelSnapshot, 'id' | 'name'>[]>;
}

const CONTROL = /[\u0000-\u001f\u007f]/;

/** Trunks in Asterisk's own database, through ARI's dynamic configuration (`sorcery.conf` maps their objects to astdb). */
export class Trunks implements TrunkPort {
  readonly #objects: SipObjects;

  constructor(
    private readonly names: AsteriskNames,
    private readonly request: (request: AriRequest) => Promise<unknown>,
    private readonly asterisk: Links,
  ) {
    this.#objects = new SipObjects(request, asterisk);
  }

  async put(trunk: TrunkAccount): Promise<void> {
    const { name } = trunk;
    const objects = trunkObjects(trunk, this.names);
    const values = Object.values(objects).flatMap((fields) => Object.values(fields ?? {}));
    if (values.some((value) => CONTROL.test(value)))
      throw new AsteriskError('refused', 'a trunk has a control character in a field');
    const mark = await this.#objects.markOf(name);
    if (mark === objects.endpoint[MARKED]) return;
    if (mark !== undefined && !this.#isMark(mark)) throw new EndpointTaken(name);
    // Before everything else, so that a crash below leaves a mark that causes a rewrite.
    if (mark !== undefined) await this.#storeEndpoint(name, { ...objects.endpoint, [MARKED]: this.names.trunkMark });
    for (const type of TRUNK_OBJECTS) {
      const fields = objects[type];
      if (fields === undefined) await this.#objects.remove(type, name);
      else if (type !== 'endpoint') await this.#objects.put(type, name, fields);
      // Only a PUT of a new endpoint makes Asterisk keep its state.
      else if (mark === undefined) await this.#objects.put(type, name, { ...fields, [MARKED]: this.names.trunkMark });
    }
    await this.#storeEndpoint(name, objects.endpoint);
    // A registration does not notice that its password has changed.
    if (objects.registration !== undefined) await this.register(name);
  }

  async register(name: string): Promise<void> {
    await this.asterisk.amiAction({ Action: 'PJSIPRegister', Registration: name });
  }

  /** Does nothing for endpoints that are not ours. */
  async remove(name: string): Promise<void> {
    const mark = await this.#objects.markOf(name);
    if (mark === undefined || !this.#isMark(mark)) return;
    for (const type of [...TRUNK_OBJECTS].reverse()) await this.#objects.remove(type, name);
  }

  async list(): Promise<string[]> {
    const stored = await this.#objects.stored('endpoint');
    return [...stored]
      .filter(([, entry]) => this.#isMark(markIn(entry)))
      .map(([name]) => name)
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

  async #storeEndpoint(name: string, fields: Record<string, string>): Promise<void> {
    await this.#objects.storeEndpoint(name, fields, (_, value) => value === '');
  }

  #isMark(mark: string | undefined): boolean {
    return hasMark(mark, this.names.trunkMark);
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
