import { ariPath, type AriRequest } from './ari/ari-request.js';
import { DIALLED } from './ari/ari-schema.js';
import type { ExpectedLeg } from './channel-events.js';
import { ignoringConflict, ignoringGone } from './ignored-errors.js';
import { legVariables } from './leg-variables.js';
import { compact } from '../lib/compact.js';
import { AsteriskError, type DialRequest, type SnoopRequest } from './port.js';

/** Timeout for a created leg to enter our application (ms); normally a millisecond or two. */
const ENTRY_MS = 1000;

interface LegLinks {
  app: string;
  request: (request: AriRequest) => Promise<unknown>;
  expect: (channelId: string) => ExpectedLeg;
  /** The dial string of an endpoint named by the dial policy. @throws AsteriskError `refused` when it must not be dialled. */
  endpointOf: (endpoint: string) => Promise<string>;
  ping: () => Promise<void>;
  hangUp: (channelId: string) => Promise<void>;
}

/** Creates channels: dialled legs, and snoop channels that listen to other channels or speak into them. */
export class Legs {
  constructor(private readonly links: LegLinks) {}

  /** Creates, then dials: `originate` in one step can lose the events of a leg that answers at once. */
  async dial(request: DialRequest): Promise<void> {
    const { channelId, timeoutS } = request;
    const leg = this.links.expect(channelId);
    try {
      await this.#create(request);
      try {
        await this.#waitForEntry(leg);
        const query = { timeout: String(timeoutS) };
        // Requests over the events socket are served in order: this one is carried out before a ping is answered.
        await this.#settle(this.links.request({ method: 'POST', path: ariPath('channels', channelId, 'dial'), query }));
      } catch (error) {
        await this.links.hangUp(channelId).catch(() => undefined);
        throw error;
      }
    } finally {
      leg.forget();
    }
  }

  async snoop({ channelId, snoopId, whisper, spies }: SnoopRequest): Promise<void> {
    const { app, request } = this.links;
    const query = { app, appArgs: DIALLED, spy: spies ? 'both' : 'none', whisper };
    const leg = this.links.expect(snoopId);
    try {
      await request({ method: 'POST', path: ariPath('channels', channelId, 'snoop', snoopId), query });
      await this.#waitForEntry(leg);
    } catch (error) {
      // ARI reports an id in use with a general error: check whether the channel exists.
      const there = await ignoringGone(request({ method: 'GET', path: ariPath('channels', snoopId) }));
      if (there === undefined) throw error;
    } finally {
      leg.forget();
    }
  }

  async #create(wish: DialRequest): Promise<void> {
    const { channelId, originatorId } = wish;
    const endpoint = await this.links.endpointOf(wish.endpoint);
    const request: AriRequest = {
      method: 'POST',
      path: 'channels/create',
      // The request waits for a thread that serves SIP.
      waitsForChannel: true,
      query: compact({ endpoint, channelId, app: this.links.app, appArgs: DIALLED, originator: originatorId }),
      body: { variables: legVariables(wish) },
    };
    // Safe to repeat: creating does not ring, and an id is used once.
    await this.#settle(this.links.request(request), () => ignoringConflict(this.links.request(request)));
  }

  /**
   * Awaits a request and recovers when its response is missing, for example because a process was suspended: once Asterisk answers
   * a ping, `next` finishes the request. Otherwise the new call would be lost.
   */
  async #settle(request: Promise<unknown>, next: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    try {
      await request;
    } catch (error) {
      if (!(error instanceof AsteriskError && error.reason === 'unavailable')) throw error;
      await this.links.ping();
      await next();
    }
  }

  /** Waits for a created leg. When it is late, Asterisk may have been suspended: waits for a ping, then once more for the leg. */
  async #waitForEntry(leg: ExpectedLeg): Promise<void> {
    if (await leg.waitForEntry(ENTRY_MS)) return;
    await this.links.ping();
    await leg.waitForEntry(ENTRY_MS);
  }
}
