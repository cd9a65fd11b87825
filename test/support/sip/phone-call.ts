import { digestAnswer, type Account } from './digest.js';
import { sameTransaction, type Dialog } from './dialog.js';
import type { Ear } from './ear.js';
import { cseqOf, responseTo, type SipRequest, type SipResponse } from './message.js';
import type { Heard, Sound } from './recogniser.js';
import { RtpSender } from './rtp-sender.js';
import { buildSdp, parseSdp, type RemoteMedia } from './sdp.js';
import { describeHeard, describeSound, SoundCursor, type Expectation } from './sounds.js';
import type { SipSocket } from './transactions.js';
import { Changes } from './until.js';

/** How long to wait for audio in flight when the call has ended (ms). */
const LINGER_MS = 60;
/** Long enough for a busy machine. */
const DEFAULT_WITHIN_MS = 15_000;
const DEFAULT_HOLD_MS = 100;
const DEFAULT_GAP_MS = 100;

/** How a call ended, and which side ended it: this phone or the other side (Asterisk). */
export interface CallEnd {
  by: 'phone' | 'peer';
  how: 'hung_up' | 'cancelled' | 'rejected' | 'no_response';
  /** SIP status, when the call was rejected. */
  status: number | undefined;
  /** Q.850 cause of the Reason header, when there was one. */
  q850: number | undefined;
  atMs: number;
}

/** What a call needs of its phone. */
export interface CallContext {
  socket: SipSocket;
  server: { host: string; port: number };
  account: Account | undefined;
  digitsBy: 'info' | 'rfc4733';
  sendsAudio: boolean;
  suppressesSilence: boolean;
  network: ((send: () => void) => void) | undefined;
}

/** One call of a test phone, outgoing or incoming, from its INVITE to its end. */
export class PhoneCall {
  /** The receiver of the call's audio. */
  readonly ear: Ear;
  readonly direction: 'outgoing' | 'incoming';
  /** The INVITE as received, or as first sent. */
  readonly invite: SipRequest;
  /** When it came in or was dialled (ms since 1970). */
  readonly arrivedAtMs = Date.now();
  readonly #context: CallContext;
  readonly #dialog: Dialog;
  readonly #changes = new Changes();
  readonly #cursor = new SoundCursor();
  readonly #offEar: () => void;
  #latestInvite: SipRequest;
  #state: 'calling' | 'ringing' | 'up' | 'ending' | 'over' = 'calling';
  #gotProvisional = false;
  /** Of our answer. */
  #gotAck = false;
  #answeredAtMs: number | undefined;
  #end: CallEnd | undefined;
  #sender: RtpSender | undefined;
  #remoteMedia: RemoteMedia | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: { context: CallContext; dialog: Dialog; ear: Ear; invite?: SipRequest }) {
    this.#context = parts.context;
    this.#dialog = parts.dialog;
    this.ear = parts.ear;
    this.direction = parts.invite === undefined ? 'outgoing' : 'incoming';
    this.invite = parts.invite ?? this.#withSdp(parts.dialog.request('INVITE', parts.context.socket.address));
    this.#latestInvite = this.invite;
    this.#offEar = this.ear.onChange(() => this.#changes.notify());
  }

  get callId(): string {
    return this.#dialog.callId;
  }

  /** Where the other side receives this phone's audio; undefined before its SDP came. */
  get remoteMedia(): RemoteMedia | undefined {
    return this.#remoteMedia;
  }

  /** Of the dialog: this phone's and the other side's. */
  get tags(): { local: string; remote: string } {
    return { local: this.#dialog.localTag, remote: this.#dialog.remoteTag };
  }

  /** When it was answered (ms since 1970); undefined when it never was. */
  get answeredAtMs(): number | undefined {
    return this.#answeredAtMs;
  }

  /** Sends the INVITE of an outgoing call; the phone does this. */
  start(): void {
    void this.#invite(this.invite, true);
  }

  /** Resolves when the far end rings (180 or 183), or has answered already. */
  async rings({ withinMs = DEFAULT_WITHIN_MS } = {}): Promise<void> {
    await this.#until(() => this.#state === 'ringing' || this.#answeredAtMs !== undefined, withinMs, 'ringing');
  }

  /** Resolves when the call is answered; rejects when it ends before. */
  async answered({ withinMs = DEFAULT_WITHIN_MS } = {}): Promise<this> {
    await this.#until(() => this.#answeredAtMs !== undefined, withinMs, 'answered');
    return this;
  }

  /**
   * Waits for a sound after those already waited for, and returns it. Rejects at once, naming both, when the next
   * sound is another one (unless `skipping`), and when the call ends without it.
   */
  async hears(
    expected: Sound,
    {
      withinMs = DEFAULT_WITHIN_MS,
      skipping = false,
      toItsEnd = false,
    }: Partial<Expectation & { withinMs: number }> = {},
  ): Promise<Heard> {
    const look = () => {
      const isOver = this.#state === 'over';
      const found = this.#cursor.find(expected, this.ear.liveSounds, { skipping, toItsEnd }, isOver);
      if (found === undefined && isOver)
        throw new Error(`The call ended before ${describeSound(expected)}: ${this.#story()}`);
      return found;
    };
    const complaint = () => `Did not hear ${describeSound(expected)}: ${this.#story()}`;
    return { ...(await this.#changes.until(look, withinMs, complaint)) };
  }

  /** Everything heard so far, with all packets in place. Times count from the first packet received. */
  heard(): Heard[] {
    return this.ear.heard();
  }

  /** Presses keys one after another; resolves when the last one was sent (and, by INFO, acknowledged). */
  async press(
    keys: string,
    { gapMs = DEFAULT_GAP_MS, holdMs = DEFAULT_HOLD_MS, by = this.#context.digitsBy } = {},
  ): Promise<void> {
    for (const [index, key] of Array.from(keys).entries()) {
      if (index > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
      if (by === 'info') await this.#info(key, holdMs);
      else await this.#speaking().digit(key, holdMs);
    }
  }

  /** Says these samples (8 kHz) instead of silence. */
  say(samples: Int16Array, options: { repeats?: boolean } = {}): void {
    this.#speaking().say(samples, options);
  }

  /** Answers an incoming call. */
  answer(): void {
    if (this.#end !== undefined) return;
    this.#accept(this.invite);
    this.#startMedia(parseSdp(this.invite.body));
    this.#enter('up');
  }

  /** Sends ringing to an incoming call's caller; the phone does this for every call that it does not refuse at once. */
  ring(): void {
    this.#respond(this.invite, 180, 'Ringing');
    this.#enter('ringing');
  }

  /** Sends progress to an incoming call's caller: it does not ring yet. */
  progress(): void {
    this.#respond(this.invite, 183, 'Session Progress');
  }

  /** Refuses an incoming call: 486 busy, 480 unavailable, 603 decline; 302 with an alternative URI. */
  reject(status: number, contact?: string): void {
    if (this.#end !== undefined) return;
    this.#respond(this.invite, status, 'Rejected', contact);
    this.#finish({ by: 'phone', how: 'rejected', status });
  }

  /** Hangs up: BYE, CANCEL before an answer, 603 for an incoming call. Resolves when the far end has confirmed. */
  async hangUp(): Promise<CallEnd> {
    if (this.#end === undefined) await this.#hangUpNow();
    return this.ended();
  }

  /** Resolves when the call is over and all its audio has arrived. */
  ended({ withinMs = DEFAULT_WITHIN_MS } = {}): Promise<CallEnd> {
    const look = () => (this.#state === 'over' ? this.#end : undefined);
    return this.#changes.until(look, withinMs, () => `The call did not end: ${this.#story()}`);
  }

  /** Sends a re-INVITE: to hold the other side, or (`sendrecv`) to resume. Resolves with the status of the response. */
  async offer(direction: 'sendrecv' | 'sendonly' | 'inactive'): Promise<number> {
    const { socket } = this.#context;
    const invite = this.#withSdp(this.#dialog.request('INVITE', socket.address));
    invite.body = invite.body.replace('a=sendrecv', `a=${direction}`);
    const { status } = await socket.request(invite, this.#dialog.peer);
    socket.send(this.#dialog.request('ACK', socket.address, cseqOf(invite).number), this.#dialog.peer);
    return status;
  }

  /** Sends any request of this call. Resolves with the status of its response; rejects without one. */
  async send(method: string, headers: Record<string, string> = {}, body = ''): Promise<number> {
    const { socket } = this.#context;
    const request = { ...this.#dialog.request(method, socket.address), body };
    for (const [name, value] of Object.entries(headers)) request.headers.add(name, value);
    return (await socket.request(request, this.#dialog.peer)).status;
  }

  /** Stops sending audio; the call continues. */
  fallSilent(): void {
    this.#sender?.stop();
  }

  /** Frees timers and ports; notifies the far end without waiting for it. */
  async dispose(): Promise<void> {
    if (this.#end === undefined) this.#sayGoodbye();
    this.#finish({ by: 'phone', how: 'hung_up' });
    await this.#closing;
  }

  /** Handles a received request of this call; the phone calls this. */
  handle(request: SipRequest): void {
    switch (request.method) {
      case 'ACK':
        this.#gotAck = true;
        this.#changes.notify();
        return;
      case 'BYE':
        this.#respond(request, 200, 'OK');
        this.#finish({ by: 'peer', how: 'hung_up' }, request);
        return;
      case 'CANCEL':
        this.#respond(request, 200, 'OK');
        if (this.#answeredAtMs !== undefined || this.#end !== undefined) return;
        this.#respond(this.invite, 487, 'Request Terminated');
        this.#finish({ by: 'peer', how: 'cancelled' }, request);
        return;
      case 'INVITE':
        this.#accept(request);
        return;
      default:
        this.#respond(request, 200, 'OK');
    }
  }

  async #invite(invite: SipRequest, mayAuthenticate: boolean): Promise<void> {
    this.#latestInvite = invite;
    const { socket, server, account } = this.#context;
    const onResponse = (response: SipResponse) => this.#onInviteResponse(invite, response);
    const final = await socket.request(invite, server, onResponse).catch(() => undefined);
    if (final === undefined) {
      this.#finish({ by: 'peer', how: 'no_response' });
    } else if ((final.status === 401 || final.status === 407) && account && mayAuthenticate) {
      const again = this.#withSdp(this.#dialog.request('INVITE', socket.address));
      const challenge = final.headers.get(final.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate');
      again.headers.add(
        final.status === 401 ? 'Authorization' : 'Proxy-Authorization',
        digestAnswer(challenge, again, account),
      );
      await this.#invite(again, false);
    } else if (final.status >= 300) {
      const byUs = this.#state === 'ending';
      this.#finish({ by: byUs ? 'phone' : 'peer', how: byUs ? 'cancelled' : 'rejected', status: final.status }, final);
    }
  }

  #onInviteResponse(invite: SipRequest, response: SipResponse): void {
    const { socket, server } = this.#context;
    if (response.status > 100 && response.status < 300) this.#dialog.learn(response);
    if (response.status < 200) {
      this.#gotProvisional = true;
      if (response.status > 100 && this.#state === 'calling') this.#enter('ringing');
      else this.#changes.notify();
    } else if (response.status < 300) {
      socket.send(this.#dialog.request('ACK', socket.address, cseqOf(invite).number), this.#dialog.peer);
      if (this.#answeredAtMs === undefined && this.#end === undefined) {
        this.#startMedia(parseSdp(response.body));
        this.#enter('up');
      }
    } else {
      socket.send(sameTransaction(invite, 'ACK', response.headers.get('To')), server);
    }
  }

  async #hangUpNow(): Promise<void> {
    const { socket, server } = this.#context;
    if (this.#answeredAtMs !== undefined) {
      // RFC 3261, 15: the called phone sends no BYE before the ACK; the far end may not know of the call yet.
      if (this.direction === 'incoming')
        await this.#until(() => this.#gotAck, DEFAULT_WITHIN_MS, 'acknowledged').catch(() => undefined);
      if (this.#end !== undefined) return;
      this.#finish({ by: 'phone', how: 'hung_up' });
      await socket.request(this.#dialog.request('BYE', socket.address), this.#dialog.peer);
    } else if (this.direction === 'incoming') {
      this.reject(603);
    } else {
      this.#state = 'ending';
      // RFC 3261, 9.1: no CANCEL before a provisional response.
      await this.#until(() => this.#gotProvisional, DEFAULT_WITHIN_MS, 'answered by anything');
      const invite = this.#latestInvite;
      await socket.request(sameTransaction(invite, 'CANCEL', invite.headers.get('To')), server);
    }
  }

  #sayGoodbye(): void {
    const { socket, server } = this.#context;
    if (this.#answeredAtMs !== undefined) socket.send(this.#dialog.request('BYE', socket.address), this.#dialog.peer);
    else if (this.direction === 'incoming') this.#respond(this.invite, 603, 'Decline');
    else socket.send(sameTransaction(this.#latestInvite, 'CANCEL', this.#latestInvite.headers.get('To')), server);
  }

  async #info(key: string, durationMs: number): Promise<void> {
    const { socket } = this.#context;
    const info = this.#dialog.request('INFO', socket.address);
    info.headers.add('Content-Type', 'application/dtmf-relay');
    info.body = `Signal=${key}\r\nDuration=${durationMs}\r\n`;
    const { status } = await socket.request(info, this.#dialog.peer);
    if (status !== 200) throw new Error(`INFO with a digit was answered ${status}`);
  }

  #speaking(): RtpSender {
    if (this.#sender === undefined) throw new Error('The phone sends no audio on this call');
    return this.#sender;
  }

  #startMedia(remote: RemoteMedia | undefined): void {
    this.#remoteMedia = remote;
    if (remote === undefined || !this.#context.sendsAudio) return;
    const { suppressesSilence, network = (send) => send() } = this.#context;
    const send = (packet: Uint8Array) => network(() => this.ear.send(packet, remote));
    this.#sender = new RtpSender({ ...remote, suppressesSilence, send });
    this.#sender.start();
  }

  #withSdp(request: SipRequest): SipRequest {
    request.headers.add('Content-Type', 'application/sdp');
    request.headers.add('Allow', 'INVITE, ACK, CANCEL, BYE, INFO, OPTIONS, UPDATE');
    return { ...request, body: buildSdp(this.ear.address) };
  }

  #accept(invite: SipRequest): void {
    const { socket } = this.#context;
    const response = responseTo(invite, 200, 'OK', this.#dialog.localTag);
    response.headers.add('Contact', `<sip:phone@${socket.address.host}:${socket.address.port}>`);
    response.headers.add('Content-Type', 'application/sdp');
    socket.respond(invite, { ...response, body: buildSdp(this.ear.address) });
  }

  #respond(request: SipRequest, status: number, reason: string, contact?: string): void {
    const response = responseTo(request, status, reason, this.#dialog.localTag);
    const { host, port } = this.#context.socket.address;
    response.headers.add('Contact', `<${contact ?? `sip:phone@${host}:${port}`}>`);
    this.#context.socket.respond(request, response);
  }

  #enter(state: 'ringing' | 'up'): void {
    if (state === 'up') this.#answeredAtMs = Date.now();
    if (this.#state !== 'ending') this.#state = state;
    this.#changes.notify();
    // Answered at the moment of our CANCEL: the answer came first.
    if (state === 'up' && this.#state === 'ending') void this.#hangUpNow().catch(() => undefined);
  }

  #finish(end: { by: CallEnd['by']; how: CallEnd['how']; status?: number }, message?: SipRequest | SipResponse): void {
    if (this.#end !== undefined) return;
    const cause = /Q\.850\s*;\s*cause=(\d+)/.exec(message?.headers.get('Reason') ?? '')?.[1];
    this.#end = {
      by: end.by,
      how: end.how,
      status: end.status,
      q850: cause === undefined ? undefined : Number(cause),
      atMs: Date.now(),
    };
    this.#sender?.stop();
    this.#closing = this.#close();
  }

  async #close(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    await this.ear.close();
    this.#offEar();
    this.#state = 'over';
    this.#changes.notify();
  }

  async #until(look: () => boolean, withinMs: number, what: string): Promise<void> {
    const check = () => {
      if (look()) return true;
      if (this.#end !== undefined) throw new Error(`The call ended before it was ${what}: ${this.#story()}`);
      return undefined;
    };
    await this.#changes.until(check, withinMs, () => `The call was not ${what}: ${this.#story()}`);
  }

  /** The events of this call so far, for messages of failed tests. */
  #story(): string {
    const end = this.#end;
    const ended = end
      ? `ended by ${end.by} (${end.how}${end.status === undefined ? '' : ` ${end.status}`})`
      : this.#state;
    return `${ended}, heard ${describeHeard(this.ear.liveSounds)}`;
  }
}
