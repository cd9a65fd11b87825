import { messageOf } from '../../lib/error-message.js';
import type { Client } from 'ari-client';
import { z } from 'zod';
import { AriConnection } from './ari-connection.js';
import type { RawAriEvent } from './ari-connection.js';
import { AriHttp } from './ari-http.js';
import type { AriRequest } from './ari-request.js';
import { ariPath, bodyOf } from './ari-request.js';
import { createAriClient, openAriSocket } from './ari-socket.js';
import type { AriAddress } from './ari-socket.js';
import { permitted, type LinkContext } from '../link.js';
import { AsteriskError } from '../port.js';
import { KNOWN_EVENTS } from './ari-schema.js';
import { awaitOwnership, OwnedByAnotherInstallation, type Owner } from '../ownership.js';
import { Reconnector } from '../reconnect.js';

const infoSchema = z.object({
  status: z.object({ startup_time: z.string() }),
  system: z.object({ version: z.string() }).optional(),
});
const INFO: AriRequest = { method: 'GET', path: 'asterisk/info', query: { only: 'status,system' } };
const PING: AriRequest = { method: 'GET', path: 'asterisk/ping' };
/** Asterisk that has sent anything so recently (ms) does not stand still. Shorter than any deadline that a caller notices. */
const RECENT_MS = 100;
const REPLACED = 'ApplicationReplaced';
/** Event types to subscribe to. The filter also applies to responses to requests over the socket, so they must be named. */
const SUBSCRIBED = [...KNOWN_EVENTS, REPLACED, 'RESTResponse'];

interface AriLinkEvents {
  /** The link is established. `startedAt`: Asterisk's start time, which changes only with a restart. */
  up(startedAt: string): void;
  down(reason: string): void;
  /** Another process took over our application's name; the link has stopped permanently. */
  replaced(): void;
  /** Asterisk belongs to another installation; the link has stopped permanently. */
  owned?(reason: string): void;
  event(event: RawAriEvent): void;
}

/**
 * ARI over ari-client: events and requests over one socket that is always reopened. Asterisk serves the requests on that socket
 * sequentially, so requests that wait for a channel go over HTTP, each on its own connection; with an Asterisk too old for
 * requests over the socket, all of them do. Every request settles within `timing.requestMs`.
 */
export class AriLink {
  readonly #reconnector: Reconnector<AriConnection>;
  readonly #http: AriHttp;
  #client: Client | undefined;
  #overHttp = false;
  #startedAt = '';
  #version = '';

  constructor(
    private readonly address: AriAddress,
    private readonly context: LinkContext,
    private readonly events: AriLinkEvents,
    private readonly owner?: Owner,
  ) {
    this.#http = new AriHttp(address, context.timing.requestMs);
    this.#reconnector = new Reconnector('ari', (signal) => this.#open(signal), context, {
      up: (connection) => {
        events.up(this.#startedAt);
        connection.onEvent((event) => this.#receive(event));
      },
      down: (reason) => events.down(reason),
    });
  }

  /** Reason why ARI is down; undefined when it is up. */
  get error(): string | undefined {
    return this.#reconnector.error;
  }

  /** Version of the last connected Asterisk; empty before the first connection. */
  get version(): string {
    return this.#version;
  }

  /** Transport of requests that do not wait for a channel. */
  get transport(): 'websocket' | 'http' {
    return this.#overHttp ? 'http' : 'websocket';
  }

  start(): void {
    this.#reconnector.start();
  }

  async stop(): Promise<void> {
    await this.#reconnector.stop();
    await this.#http.close();
  }

  /**
   * A timeout fails only its request: one slow channel does not mean a dead link. It triggers a ping, and the socket is closed
   * only when nothing arrives.
   *
   * @returns the parsed body of the response, undefined when it has none.
   * @throws AsteriskError
   */
  async request(request: AriRequest): Promise<unknown> {
    await permitted(this.context);
    const connection = this.#reconnector.current;
    if (connection === undefined) throw new AsteriskError('unavailable', `ARI: ${this.error ?? 'not connected'}`);
    try {
      return await this.#send(connection, request);
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'unavailable') {
        // 503: Asterisk is still loading or already stopping, and executes no requests.
        if (error.status !== undefined) connection.close(error.message);
        else connection.pingNow();
      }
      throw error;
    }
  }

  /**
   * Resolves when all events that Asterisk has sent so far have been handled. Asks Asterisk only when nothing has come for
   * {@link RECENT_MS}; what has come already and is not read yet is read first in any case.
   *
   * @throws AsteriskError as {@link request}
   */
  async catchUp(): Promise<void> {
    const connection = this.#reconnector.current;
    const silentMs = connection === undefined ? Infinity : this.context.clock.now() - connection.lastHeardAt;
    if (Math.abs(silentMs) > RECENT_MS) await this.request(PING);
    // Runs after the sockets have been read.
    else await new Promise((resolve) => setImmediate(resolve));
  }

  async #send(connection: AriConnection, request: AriRequest): Promise<unknown> {
    const overHttp = this.#overHttp || request.waitsForChannel === true;
    const sent = overHttp ? this.#http.send(request) : connection.send(request, this.context.timing.requestMs);
    return bodyOf(await sent);
  }

  async #open(signal: AbortSignal): Promise<AriConnection> {
    await permitted(this.context, 'connection');
    await this.#awaitOwnership(signal);
    this.#client ??= await createAriClient(this.address);
    const socket = await openAriSocket(this.#client, this.address.app, this.context, signal);
    const connection = new AriConnection(socket, this.context);
    connection.start();
    const stop = () => connection.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#startedAt = await this.#probe(connection);
      await this.#filterEvents(connection);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Before the events socket: opening it takes the application over from its present owner. */
  async #awaitOwnership(signal: AbortSignal): Promise<void> {
    if (this.owner === undefined) return;
    try {
      await awaitOwnership(
        this.owner,
        this.address.app,
        (request) => this.#http.send(request),
        this.context.clock,
        signal,
      );
    } catch (error) {
      if (error instanceof OwnedByAnotherInstallation) {
        this.events.owned?.(error.message);
        void this.#reconnector.stop(error.message);
      }
      throw error;
    }
  }

  /** Detects the transport of this Asterisk and checks that it is ready. */
  async #probe(connection: AriConnection): Promise<string> {
    this.#overHttp = false;
    const answer = await connection.send(INFO, this.context.timing.probeMs).catch(() => undefined);
    if (answer === undefined) {
      this.#overHttp = true;
      this.context.log.info({ link: 'ari' }, 'no REST over WebSocket here, requests go over HTTP');
    }
    const body = bodyOf(answer ?? (await this.#http.send(INFO)));
    const { status, system } = infoSchema.parse(body);
    this.#version = system?.version ?? '';
    return status.startup_time;
  }

  /**
   * Subscribes to the handled events only: most others of a call (mainly `ChannelVarset`) cost both sides. Versions without the
   * filter (before Asterisk 13.26 and 16.3) send them, and they are ignored.
   */
  async #filterEvents(connection: AriConnection): Promise<void> {
    const request: AriRequest = {
      method: 'PUT',
      path: ariPath('applications', this.address.app, 'eventFilter'),
      body: { allowed: SUBSCRIBED.map((type) => ({ type })), disallowed: [] },
    };
    const { probeMs } = this.context.timing;
    try {
      bodyOf(await (this.#overHttp ? this.#http.send(request) : connection.send(request, probeMs)));
    } catch (error) {
      this.context.log.info({ link: 'ari', error: messageOf(error) }, 'Asterisk did not take the event filter');
    }
  }

  #receive(event: RawAriEvent): void {
    if (event.type !== REPLACED) {
      this.events.event(event);
      return;
    }
    this.events.replaced();
    void this.#reconnector.stop('another gateway took over this application name');
  }
}
