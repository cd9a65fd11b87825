import { setTimeout as delay } from 'node:timers/promises';
import { digestAnswer, type Account } from './digest.js';
import { Dialog, sameTransaction } from './dialog.js';
import { Ear } from './ear.js';
import { responseTo, userOf, type SipRequest } from './message.js';
import { PhoneCall, type CallContext } from './phone-call.js';
import { buildSdp } from './sdp.js';
import { SipSocket } from './transactions.js';
import { Changes } from './until.js';

export type { CallEnd, PhoneCall } from './phone-call.js';

/** The behaviour of a phone for an incoming call. `ring` leaves it to the test: `call.answer()`, `call.reject()`. */
export type IncomingBehaviour =
  /** `says`: samples at 8 kHz, as soon as it has answered. */
  | { do: 'answer'; afterMs?: number; says?: Int16Array }
  /** `contact`: the alternative URI, with 302. */
  | { do: 'reject'; status: number; contact?: string }
  | { do: 'ring' }
  /** 183, and no ringing. */
  | { do: 'progress' };

export const busy: IncomingBehaviour = { do: 'reject', status: 486 };
export const unavailable: IncomingBehaviour = { do: 'reject', status: 480 };
export const decline: IncomingBehaviour = { do: 'reject', status: 603 };
export const ringForEver: IncomingBehaviour = { do: 'ring' };
export const pickUp: IncomingBehaviour = { do: 'answer' };

export interface PhoneOptions {
  /** Asterisk's SIP address. */
  server: { host: string; port: number };
  /** Account name or caller's number: the user in From. */
  user: string;
  /** With a password it answers challenges and can register; without, it calls as a trunk does. */
  password?: string;
  /** UDP port to listen on; a free one by default. */
  port?: number;
  /** Loopback address to listen on, and to send from; 127.0.0.1 by default. */
  host?: string;
  /** How digits are sent unless `press` sets it: as INFO (default) or in RTP. */
  digitsBy?: 'info' | 'rfc4733';
  /** Whether calls send RTP (silence, until given audio). Default true, as real phones do. */
  sendsAudio?: boolean;
  /** Whether calls send no RTP during silence. Default false. */
  suppressesSilence?: boolean;
  /** Sends a packet of audio, late or not at all: a bad network. Default: at once. */
  network?: (send: () => void) => void;
  incoming?: IncomingBehaviour | ((invite: SipRequest) => IncomingBehaviour);
  /** The user of the address that it registers; by default `user`. */
  contactUser?: string;
  /** The whole Contact of its REGISTER, from its address; by default a plain address. */
  contact?: (own: { host: string; port: number }) => string;
  /** Passes over challenges of other hashes when it registers, as old phones do. Default: takes the first. */
  knowsOnlyMd5?: boolean;
  /** The host in Via of its REGISTER; by default its own. Responses come to the source address in any case. */
  viaHost?: string;
}

/** `from`: a caller number other than the phone's user; `headers`: additional ones. */
interface DialOptions {
  from?: string;
  name?: string;
  headers?: Record<string, string>;
}

/** How long unregistering may take when a phone stops (ms). */
const FAREWELL_MS = 2000;
const SOON_MS = 100;

/**
 * A SIP phone for tests, in this process: calls through the trunk or from an account, recognises audio while it
 * plays, and handles calls as configured. Dozens of calls at once are fine.
 */
export class Phone {
  readonly #options: PhoneOptions;
  readonly #socket = new SipSocket(
    (request) => this.#onRequest(request),
    (text) => this.trace.push(text),
  );
  /** Every message sent or received, as on the wire. */
  readonly trace: string[] = [];
  readonly #calls: PhoneCall[] = [];
  readonly #changes = new Changes();
  #incoming: PhoneOptions['incoming'];
  #taken = 0;
  #isRegistered = false;
  readonly #pickUps = new Set<NodeJS.Timeout>();
  /** Calls that are coming in just now. */
  readonly #arriving = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.#incoming = options.incoming ?? ringForEver;
  }

  async start(): Promise<this> {
    await this.#socket.open(this.#options.port, this.#options.host);
    return this;
  }

  /** Drops all calls, unregisters and frees all ports. Tests that check the end of a call must hang up before. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#isRegistered) await Promise.race([this.register(0).catch(() => undefined), delay(FAREWELL_MS)]);
    for (const timer of this.#pickUps) clearTimeout(timer);
    await Promise.all(this.#arriving.values());
    await Promise.all(this.#calls.map((call) => call.dispose()));
    await this.#socket.close();
  }

  /** Simulates a power loss: sends no more SIP or audio, and answers nothing. */
  die(): void {
    this.#isRegistered = false;
    this.#socket.silence();
    for (const call of this.#calls) call.fallSilent();
  }

  /** The phone's SIP address. */
  get address(): { host: string; port: number } {
    return this.#socket.address;
  }

  /** All calls so far, in both directions, oldest first. */
  get calls(): readonly PhoneCall[] {
    return this.#calls;
  }

  /** Incoming calls; repeated INVITEs are not counted. */
  get invites(): readonly PhoneCall[] {
    return this.#calls.filter((call) => call.direction === 'incoming');
  }

  /** Sets the behaviour for calls from now on. */
  onIncoming(behaviour: NonNullable<PhoneOptions['incoming']>): void {
    this.#incoming = behaviour;
  }

  /** Registers the account for `expiresS` seconds, longer than a test file runs by default; 0 unregisters. Rejects when it is refused. */
  async register(expiresS = 3600): Promise<void> {
    const { server, user, contactUser = user, contact, viaHost } = this.#options;
    const { host, port } = this.address;
    const registered = contact?.({ host, port }) ?? `<sip:${contactUser}@${host}:${port}>`;
    const registrar = `sip:${server.host}:${server.port}`;
    const dialog = Dialog.outgoing({ local: `<sip:${user}@${server.host}>`, targetUri: registrar });
    const request = () => {
      const made = dialog.request('REGISTER', this.address);
      made.headers.add('Expires', String(expiresS));
      // A registration names its account in To, not the registrar.
      const headers = made.headers.with('To', `<sip:${user}@${server.host}>`);
      const via = headers.get('Via').replace(host, viaHost ?? host);
      return { ...made, headers: headers.with('Contact', registered).with('Via', via) };
    };
    let response = await this.#socket.request(request(), server);
    if (response.status === 401 && this.#account) {
      const again = request();
      const challenges = response.headers.all('WWW-Authenticate');
      const known = challenges.find((one) => this.#options.knowsOnlyMd5 !== true || /algorithm=MD5/i.test(one)) ?? '';
      again.headers.add('Authorization', digestAnswer(known, again, this.#account));
      response = await this.#socket.request(again, server);
    }
    this.#isRegistered = response.status === 200 && expiresS > 0;
    if (response.status !== 200)
      throw new Error(`Registration of ${user} was answered ${response.status} ${response.reason}`);
  }

  /** Registers as soon as the registrar accepts it: a new account may not have reached Asterisk yet. */
  async registerSoon(withinMs = 20_000): Promise<void> {
    for (const until = Date.now() + withinMs; ;) {
      try {
        await this.register();
        return;
      } catch (error) {
        if (Date.now() > until) throw error;
      }
      await delay(SOON_MS);
    }
  }

  /** Sends an INVITE. `target`: a number, or a whole SIP URI. */
  async dial(
    target: string,
    { from = this.#options.user, name = '', headers = {} }: DialOptions = {},
  ): Promise<PhoneCall> {
    const { host, port } = this.#options.server;
    const targetUri = target.startsWith('sip:') ? target : `sip:${target}@${host}:${port}`;
    const local = `${name === '' ? '' : `"${name}" `}<sip:${from}@${host}>`;
    const dialog = Dialog.outgoing({ local, targetUri });
    const call = new PhoneCall({ context: this.#context, dialog, ear: await new Ear().open() });
    for (const [header, value] of Object.entries(headers)) call.invite.headers.add(header, value);
    this.#calls.push(call);
    call.start();
    return call;
  }

  /** Sends a request outside of a call. Resolves with the status of its response; rejects without one. */
  async ask(method: string, target: string, headers: Record<string, string> = {}): Promise<number> {
    const { server, user } = this.#options;
    const targetUri = `sip:${target}@${server.host}:${server.port}`;
    const dialog = Dialog.outgoing({ local: `<sip:${user}@${server.host}>`, targetUri });
    const request = () => {
      const made = dialog.request(method, this.address);
      for (const [name, value] of Object.entries(headers)) made.headers.add(name, value);
      if (method !== 'INVITE') return made;
      made.headers.add('Content-Type', 'application/sdp');
      return { ...made, body: buildSdp(this.address) };
    };
    const first = request();
    const response = await this.#socket.request(first, server);
    if (method === 'INVITE') this.#socket.send(sameTransaction(first, 'ACK', response.headers.get('To')), server);
    if (response.status !== 401 || !this.#account) return response.status;
    const again = request();
    again.headers.add('Authorization', digestAnswer(response.headers.get('WWW-Authenticate'), again, this.#account));
    return (await this.#socket.request(again, server)).status;
  }

  /** The next incoming call, or an earlier one that was not yet returned. */
  nextCall({ withinMs = 15_000 } = {}): Promise<PhoneCall> {
    const look = () => {
      const call = this.invites[this.#taken];
      if (call) this.#taken += 1;
      return call;
    };
    return this.#changes.until(look, withinMs, () => `No call came in to ${this.#options.user}`);
  }

  get #account(): Account | undefined {
    const { user, password } = this.#options;
    return password === undefined ? undefined : { user, password };
  }

  get #context(): CallContext {
    const { server, digitsBy = 'info', sendsAudio = true, suppressesSilence = false, network } = this.#options;
    return { socket: this.#socket, server, account: this.#account, digitsBy, sendsAudio, suppressesSilence, network };
  }

  #onRequest(request: SipRequest): void {
    const callId = request.headers.get('Call-ID');
    const call = this.#calls.find((known) => known.callId === callId);
    if (call) call.handle(request);
    else if (request.method === 'INVITE') this.#arrive(request, callId);
    else if (request.method !== 'ACK') this.#refuse(request);
  }

  /** Once, however often it is repeated meanwhile. */
  #arrive(invite: SipRequest, callId: string): void {
    if (this.#stopped || this.#arriving.has(callId)) return;
    const arrived = this.#onInvite(invite).finally(() => this.#arriving.delete(callId));
    this.#arriving.set(callId, arrived);
  }

  async #onInvite(invite: SipRequest): Promise<void> {
    const ear = await new Ear().open();
    if (this.#stopped) {
      await ear.close();
      return;
    }
    const call = new PhoneCall({ context: this.#context, dialog: Dialog.incoming(invite), ear, invite });
    this.#calls.push(call);
    const behaviour = typeof this.#incoming === 'function' ? this.#incoming(invite) : (this.#incoming ?? ringForEver);
    if (behaviour.do === 'reject') call.reject(behaviour.status, behaviour.contact);
    else if (behaviour.do === 'progress') call.progress();
    else call.ring();
    if (behaviour.do === 'answer') this.#pickUpAfter(behaviour, call);
    this.#changes.notify();
  }

  #pickUpAfter({ afterMs = 0, says }: { afterMs?: number; says?: Int16Array }, call: PhoneCall): void {
    const timer = setTimeout(() => {
      this.#pickUps.delete(timer);
      call.answer();
      if (says !== undefined) call.say(says);
    }, afterMs);
    this.#pickUps.add(timer);
  }

  /** OPTIONS checks availability; any other request belongs to an unknown call. */
  #refuse(request: SipRequest): void {
    const isPing = request.method === 'OPTIONS';
    const response = responseTo(request, isPing ? 200 : 481, isPing ? 'OK' : 'Call/Transaction Does Not Exist', 'none');
    this.#socket.respond(request, response);
  }
}

/** The number of a call's caller, from its INVITE. */
export const callerOf = (call: PhoneCall): string => userOf(call.invite.headers.get('From'));
