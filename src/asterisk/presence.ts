import { z } from 'zod';
import type { AmiFields } from './ami/ami-connection.js';
import { ariPath, type AriRequest } from './ari/ari-request.js';
import type { AriEvent } from './ari/ari-schema.js';
import type { AsteriskNames } from './names.js';
import type { PresenceKey } from './port.js';

interface PresenceLinks {
  names: AsteriskNames;
  request: (request: AriRequest) => Promise<unknown>;
  action: (fields: AmiFields) => Promise<unknown>;
  failed: (error: unknown) => void;
}

const deviceStateSchema = z.object({ name: z.string(), state: z.string() });

/** The scheme of device states that ARI applications publish. */
const SCHEME = 'Stasis:';
/** Device states in one request. */
const SLICE = 20;

/**
 * The states that phones subscribe to for their keys. The gateway publishes them as states of its own: a hint that named the handset
 * itself would make Asterisk tell subscribers who calls it.
 */
export class Presence {
  /** The keys that a device decides. */
  #keysOf = new Map<string, PresenceKey[]>();
  readonly #states = new Map<string, string>();
  /** Names that have a hint. */
  readonly #hints = new Set<string>();

  /** Of the device states of this gateway. Names of handsets have no dot. */
  readonly #prefix: string;

  constructor(private readonly links: PresenceLinks) {
    this.#prefix = `${SCHEME}${links.names.app}.`;
  }

  /** The link is lost: Asterisk may restart without its hints. */
  reset(): void {
    this.#hints.clear();
    this.#states.clear();
  }

  async put(keys: PresenceKey[]): Promise<void> {
    this.#keysOf = this.#keysByDevice(keys);
    const unknown = [...this.#keysOf.keys()].filter((device) => !this.#states.has(device));
    await this.#subscribe(unknown);
    for (const device of unknown) {
      const found = await this.links.request({ method: 'GET', path: ariPath('deviceStates', device) });
      this.#states.set(device, deviceStateSchema.parse(found).state);
    }
    const names = new Set(keys.map(({ name }) => name));
    const published = await this.#published(keys);
    for (const name of published.keys()) if (!names.has(name)) await this.#remove(name);
    for (const key of keys) {
      if (published.get(key.name) !== this.#stateOf(key)) await this.#publish(key);
      await this.#addHint(key.name);
    }
  }

  fromAri(event: AriEvent): void {
    if (event.type !== 'DeviceStateChanged') return;
    const { name: device, state } = event.device_state;
    if (device.startsWith(SCHEME) || this.#states.get(device) === state) return;
    this.#states.set(device, state);
    for (const key of this.#keysOf.get(device) ?? []) this.#publish(key).catch(this.links.failed);
  }

  async #subscribe(devices: string[]): Promise<void> {
    for (let start = 0; start < devices.length; start += SLICE) {
      const eventSource = devices.slice(start, start + SLICE).map((device) => `deviceState:${device}`);
      const path = ariPath('applications', this.links.names.app, 'subscription');
      await this.links.request({ method: 'POST', path, query: { eventSource: eventSource.join(',') } });
    }
  }

  /** States of the gateway by their names. Removes those of earlier versions, which had no prefix. */
  async #published(keys: PresenceKey[]): Promise<Map<string, string>> {
    const listing = await this.links.request({ method: 'GET', path: 'deviceStates' });
    const states = deviceStateSchema.array().parse(listing);
    const old = new Set(keys.map(({ name }) => SCHEME + name));
    for (const { name } of states) if (old.has(name)) await this.#unpublish(name);
    const ours = states.filter(({ name }) => name.startsWith(this.#prefix));
    return new Map(ours.map(({ name, state }) => [name.slice(this.#prefix.length), state]));
  }

  async #publish(key: PresenceKey): Promise<void> {
    const path = ariPath('deviceStates', this.#prefix + key.name);
    await this.links.request({ method: 'PUT', path, query: { deviceState: this.#stateOf(key) } });
  }

  #stateOf(key: PresenceKey): string {
    const [device = '', available = ''] = this.#devicesOf(key).map((one) => this.#states.get(one) ?? 'UNKNOWN');
    if ('handset' in key) return device === 'UNKNOWN' || device === 'INVALID' ? 'UNAVAILABLE' : device;
    // A waiting caller blinks. Without one, the key is dark while somebody is free.
    if (device === 'RINGING') return 'RINGING';
    if (available === 'NOT_INUSE') return 'NOT_INUSE';
    return available === 'INUSE' ? 'INUSE' : 'UNAVAILABLE';
  }

  async #addHint(name: string): Promise<void> {
    if (this.#hints.has(name)) return;
    const { presence: Context } = this.links.names.contexts;
    const hint = { Context, Extension: name, Priority: 'hint', Application: this.#prefix + name };
    await this.links.action({ Action: 'DialplanExtensionAdd', ...hint, Replace: 'yes' });
    this.#hints.add(name);
  }

  async #remove(name: string): Promise<void> {
    const hint = { Context: this.links.names.contexts.presence, Extension: name, Priority: 'hint' };
    // Already gone after a restart of Asterisk.
    await this.links.action({ Action: 'DialplanExtensionRemove', ...hint }).catch(() => undefined);
    this.#hints.delete(name);
    await this.#unpublish(this.#prefix + name);
  }

  async #unpublish(state: string): Promise<void> {
    await this.links.request({ method: 'DELETE', path: ariPath('deviceStates', state) });
  }

  #keysByDevice(keys: readonly PresenceKey[]): Map<string, PresenceKey[]> {
    const found = new Map<string, PresenceKey[]>();
    for (const key of keys)
      for (const device of this.#devicesOf(key)) found.set(device, [...(found.get(device) ?? []), key]);
    return found;
  }

  /** The device states of Asterisk that decide the state of a key. */
  #devicesOf(key: PresenceKey): string[] {
    const { names } = this.links;
    if ('handset' in key) return [`PJSIP/${names.endpointOf(key.handset)}`];
    const queue = `Queue:${names.queue(key.queue)}`;
    return [queue, `${queue}_avail`];
  }
}
