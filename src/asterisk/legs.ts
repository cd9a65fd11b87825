import { ariPath, type AriRequest } from './ari/ari-request.js';
import { DIALLED } from './ari/ari-schema.js';
import type { ExpectedLeg } from './channel-events.js';
import { ignoringConflict, ignoringGone } from './handsets.js';
import { legVariables } from './leg-variables.js';
import { AsteriskError, type DialRequest, type SnoopRequest } from './port.js';

/** How long a leg that was created may take into our application (ms); it takes a millisecond or two. */
const ENTRY_MS = 1000;

interface LegLinks {
  app: string;
  request: (request: AriRequest) => Promise<unknown>;
  expect: (channelId: string) => ExpectedLeg;
  /** What to dial for an endpoint as the dial policy names it. @throws AsteriskError `refused` when it must not be dialled. */
  endpointOf: (endpoint: string) => Promise<string>;
  ping: () => Promise<void>;
  hangUp: (channelId: string) => Promise<void>;
}

/** The channels that we make: legs that are dialled, and those that hear other channels or speak into them. */
export class Legs {
  constructor(private readonly links: LegLinks) {}

  /** Creates, then dials: `originate` in one step can lose the events of a leg that answers at once. */
  async dial(request: DialRequest): Promise<void> {
    const { channelId, timeoutS } = request;
    const leg = this.links.expect(channelId);
    try {
      await this.#create(request);
      try {
        await this.#entered(leg);
        const query = { timeout: String(timeoutS) };
        // Requests over the events socket are served in order: one before a ping has been carried out by then.
        await this.#settled(
          this.links.request({ method: 'POST', path: ariPath('channels', channelId, 'dial'), query }),
        );
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
      await this.#entered(leg);
    } catch (error) {
      // Of an id that is taken it says no more than that it could not be made.
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
      // It waits for a thread that serves SIP.
      waitsForChannel: true,
      query: {
        endpoint,
        channelId,
        app: this.links.app,
        appArgs: DIALLED,
        ...(originatorId !== undefined && { originator: originatorId }),
      },
      body: { variables: legVariables(wish) },
    };
    // Creating rings nobody, and an id is given once.
    await this.#settled(this.links.request(request), () => ignoringConflict(this.links.request(request)));
  }

  /**
   * Settles a request that stayed without an answer, as it does when one of us stands still for a moment: as soon as
   * Asterisk answers anything, `next` says what that means. Otherwise the call that is made would be lost.
   */
  async #settled(request: Promise<unknown>, next: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    try {
      await request;
    } catch (error) {
      if (!(error instanceof AsteriskError && error.reason === 'unavailable')) throw error;
      await this.links.ping();
      await next();
    }
  }

  /** Waits for a leg that was created. When it is late, Asterisk may have stood still: it has to answer first. */
  async #entered(leg: ExpectedLeg): Promise<void> {
    if (await leg.entered(ENTRY_MS)) return;
    await this.links.ping();
    await leg.entered(ENTRY_MS);
  }
}
