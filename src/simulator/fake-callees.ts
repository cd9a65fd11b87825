import { handsetIn, type Callee } from './fake-channels.js';
import type { FakeHandsets } from './fake-handsets.js';

/** The behaviour of every dialable endpoint. */
export class FakeCallees {
  readonly #callees = new Map<string, Callee>();

  constructor(private readonly handsets: Pick<FakeHandsets, 'has' | 'isRegistered'>) {}

  set(endpoint: string, callee: Callee): void {
    this.#callees.set(endpoint, callee);
  }

  /** Undefined: no such endpoint. The default for a registered handset is ringing without an answer. */
  of(endpoint: string): Callee | undefined {
    if (endpoint.startsWith('Local/')) return this.of(`PJSIP/${handsetIn(endpoint)}`);
    const trunk = /@(.+)$/.exec(endpoint)?.[1];
    const callee = this.#callees.get(endpoint) ?? this.#callees.get(`PJSIP/${trunk ?? ''}`);
    if (callee !== undefined) return callee;
    const name = handsetIn(endpoint);
    if (!this.handsets.has(name)) return undefined;
    return { type: this.handsets.isRegistered(name) ? 'ignores' : 'offline' };
  }

  stateOf(name: string): 'online' | 'offline' | 'unknown' {
    const callee = this.of(`PJSIP/${name}`);
    if (callee === undefined) return 'unknown';
    return callee.type === 'offline' ? 'offline' : 'online';
  }
}
