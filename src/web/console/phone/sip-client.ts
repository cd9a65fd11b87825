import JsSIP from 'jssip';
import type { EndEvent, RTCSession } from 'jssip/lib/RTCSession.js';
import type { RTCSessionEvent } from 'jssip/lib/UA.js';
import { repeatVainRestarts } from './ice-restart.js';
import { watchMediaPath, type MediaPath } from './media-path.js';
import type { SipPort } from './operator-phone.js';
import type { Account, PhoneEvent } from './phone-state.js';
import { watchSound, type SoundQuality } from './sound-quality.js';
import { DTMF_IN_RTP, endGatheringEarly, sipSocketAddress } from './sip-settings.js';

/** Seconds. A hidden tab runs timers late, so the registration lasts as long as Asterisk permits. */
const REGISTER_S = 300;
const RECOVERY_S = { min: 1, max: 10 };
/** How long a hold may wait for the end of another negotiation. */
const NEGOTIATION_MS = 5_000;
const NEGOTIATION_POLL_MS = 100;
/** An interruption of this length is no short loss of packets. */
const ICE_LOST_MS = 2_000;
/** Between two restarts of ICE, which include a new connection of the WebSocket. */
const ICE_RETRY_MS = 8_000;

export interface SipClientParts {
  report: (event: PhoneEvent) => void;
  /** What a call sends; the client stops it after the call. */
  voiceOf: () => MediaStream | undefined;
  /** Plays what the other party of a call says; undefined when the call is over. */
  play: (call: string, sound: MediaStream | undefined) => void;
  onMediaPath: (path: MediaPath) => void;
  /** How well both sides of a call hear each other; undefined when it is not known, and when the call is over. */
  onSound: (call: string, quality: SoundQuality | undefined) => void;
  now: () => number;
}

type SocketWithCallbacks = JsSIP.WebSocketInterface & { ondisconnect: (error: boolean) => void };

/** The SIP client of the operator's phone: JsSIP over the gateway's `/ws`. */
export class SipClient implements SipPort {
  readonly #parts: SipClientParts;
  readonly #sessions = new Map<string, RTCSession>();
  #agent: JsSIP.UA | undefined;
  #socket: SocketWithCallbacks | undefined;
  /** Asterisk has sent a request over the present connection. */
  #isReached = false;
  #wasDisconnected = false;
  #dialledId: string | undefined;
  /** Of new connections. Without servers Asterisk is reached at its own address, and learns the browser's from the first packet. */
  #rtcSettings: RTCConfiguration = {};

  constructor(parts: SipClientParts) {
    this.#parts = parts;
    addEventListener('online', () => this.reconnect());
    // A frozen tab did not answer Asterisk, which does not ring it until it registers again.
    document.addEventListener('resume', () => this.reconnect());
  }

  start({ user, authorizationUser, password, iceServers }: Account): void {
    this.stop();
    this.#rtcSettings = { iceServers };
    const socket = new JsSIP.WebSocketInterface(sipSocketAddress()) as SocketWithCallbacks;
    const agent = new JsSIP.UA({
      sockets: [socket],
      uri: `sip:${user}@${location.hostname}`,
      authorization_user: authorizationUser,
      password,
      user_agent: 'Cordboard console',
      register_expires: REGISTER_S,
      connection_recovery_min_interval: RECOVERY_S.min,
      connection_recovery_max_interval: RECOVERY_S.max,
      session_timers: false,
    });
    this.#agent = agent;
    this.#socket = socket;
    const current = (act: () => void) => () => {
      if (this.#agent === agent) act();
    };
    agent.on(
      'connected',
      current(() => (this.#isReached = false)),
    );
    agent.on(
      'disconnected',
      current(() => this.#onDisconnected()),
    );
    agent.on(
      'registered',
      current(() => this.#onRegistered()),
    );
    agent.on('registrationFailed', ({ response }) => {
      // Null without an answer, whatever the type says.
      const isAnswered = Boolean(response as unknown);
      current(() => this.#onRegistrationFailed(isAnswered))();
    });
    agent.on(
      'newOptions',
      current(() => this.#onReached()),
    );
    agent.on('newRTCSession', (event: RTCSessionEvent) => current(() => this.#onSession(event))());
    agent.start();
  }

  /** Uses another account of the same handset from the next challenge on. */
  renew({ authorizationUser, password, iceServers }: Account): void {
    this.#rtcSettings = { iceServers };
    this.#agent?.set('authorization_user', authorizationUser);
    this.#agent?.set('password', password);
  }

  stop(): void {
    const agent = this.#agent;
    this.#agent = undefined;
    this.#wasDisconnected = false;
    agent?.stop();
  }

  reconnect(): void {
    const socket = this.#socket;
    // Without a connection JsSIP is about to connect anyway.
    if (socket === undefined || this.#agent?.isConnected() !== true) return;
    socket.disconnect();
    // JsSIP connects again as after a connection that broke by itself.
    socket.ondisconnect(true);
  }

  replaceVoice(): void {
    for (const session of this.#sessions.values()) {
      const voice = this.#parts.voiceOf();
      if (voice !== undefined) void replaceVoice(session, voice);
    }
  }

  dial(id: string, number: string): void {
    const voice = this.#parts.voiceOf();
    if (this.#agent === undefined || voice === undefined) {
      this.#parts.report({ type: 'call_ended', id, why: 'failed' });
      return;
    }
    this.#dialledId = id;
    try {
      stopAfterCall(this.#agent.call(number, { mediaStream: voice, pcConfig: this.#rtcSettings }), voice);
    } catch {
      stopStream(voice);
      this.#parts.report({ type: 'call_ended', id, why: 'unknown_number' });
    }
  }

  answer(id: string): void {
    const voice = this.#parts.voiceOf();
    const session = this.#sessions.get(id);
    if (session === undefined || voice === undefined) return;
    stopAfterCall(session, voice);
    session.answer({ mediaStream: voice, pcConfig: this.#rtcSettings });
  }

  reject(id: string, status: number): void {
    this.#terminate(id, { status_code: status });
  }

  hangUp(id: string): void {
    this.#terminate(id);
  }

  hold(id: string): void {
    this.#whenNegotiable(id, (session) => session.hold());
  }

  resume(id: string): void {
    this.#whenNegotiable(id, (session) => session.unhold());
  }

  mute(id: string, isMuted: boolean): void {
    const session = this.#sessions.get(id);
    if (isMuted) session?.mute({ audio: true });
    else session?.unmute({ audio: true });
  }

  sendKey(id: string, key: string): void {
    this.#sessions.get(id)?.sendDTMF(key, DTMF_IN_RTP);
  }

  #terminate(id: string, options?: { status_code: number }): void {
    const session = this.#sessions.get(id);
    if (session === undefined || session.isEnded()) return;
    session.terminate(options);
  }

  #onRegistered(): void {
    this.#parts.report({ type: 'sip_registered' });
    if (this.#isReached) this.#parts.report({ type: 'sip_reached' });
    if (!this.#wasDisconnected) return;
    this.#wasDisconnected = false;
    // Asterisk sends the next requests of a talk to the new connection only after a request of the talk has arrived over it.
    for (const id of this.#sessions.keys()) this.#whenNegotiable(id, (session) => renewNegotiation(session));
  }

  #onReached(): void {
    this.#isReached = true;
    this.#parts.report({ type: 'sip_reached' });
  }

  #onDisconnected(): void {
    this.#wasDisconnected = true;
    this.#isReached = false;
    this.#parts.report({ type: 'sip_disconnected' });
  }

  /** @param isAnswered Asterisk has answered; otherwise the connection is dead. */
  #onRegistrationFailed(isAnswered: boolean): void {
    if (isAnswered) this.#parts.report({ type: 'sip_refused' });
    else this.reconnect();
  }

  #onSession({ session }: RTCSessionEvent): void {
    const isIncoming = (session.direction as string) === 'incoming';
    const id = isIncoming ? session.id : (this.#dialledId ?? session.id);
    this.#dialledId = undefined;
    this.#sessions.set(id, session);
    this.#listen(id, session);
    if (!isIncoming) return;
    const { display_name: name, uri } = session.remote_identity;
    this.#parts.report({ type: 'call_arrived', id, number: uri.user, name: name || '' });
  }

  #listen(id: string, session: RTCSession): void {
    const { report, play, now } = this.#parts;
    const over = () => {
      this.#sessions.delete(id);
      play(id, undefined);
    };
    session.on('peerconnection', ({ peerconnection }) => this.#watch(id, peerconnection));
    const connection: unknown = session.connection;
    // Null until an incoming call is answered, whatever the type says.
    if (connection instanceof RTCPeerConnection) this.#watch(id, connection);
    session.on('accepted', () => report({ type: 'call_connected', id, at: now() }));
    session.on('ended', () => {
      over();
      report({ type: 'call_ended', id, why: 'over' });
    });
    session.on('failed', (event) => {
      over();
      report({ type: 'call_ended', id, why: endingOf(event) });
    });
  }

  #watch(id: string, connection: RTCPeerConnection): void {
    endGatheringEarly(connection);
    repeatVainRestarts(connection, () => this.#whenNegotiable(id, restartIce));
    watchMediaPath(connection, this.#parts.onMediaPath);
    watchSound(connection, (quality) => this.#parts.onSound(id, quality));
    connection.addEventListener('track', ({ streams: [stream] }) => this.#parts.play(id, stream));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const reconnectIfLost = () => {
      timer = undefined;
      if (!isIceLost(connection) || !this.#sessions.has(id)) return;
      // The network has changed, and the socket of the old one is dead, too.
      this.reconnect();
      // A restart of ICE may find no way when the network is not ready yet.
      timer = setTimeout(reconnectIfLost, ICE_RETRY_MS);
    };
    connection.addEventListener('iceconnectionstatechange', () => {
      if (isIceLost(connection)) timer ??= setTimeout(reconnectIfLost, ICE_LOST_MS);
    });
  }

  /** Two negotiations of one call at a time are refused. */
  #whenNegotiable(id: string, act: (session: RTCSession) => void, leftMs = NEGOTIATION_MS): void {
    const session = this.#sessions.get(id);
    if (session === undefined || session.isEnded() || leftMs <= 0) return;
    if (session.isReadyToReOffer()) act(session);
    else setTimeout(() => this.#whenNegotiable(id, act, leftMs - NEGOTIATION_POLL_MS), NEGOTIATION_POLL_MS);
  }
}

function isIceLost({ iceConnectionState: state }: RTCPeerConnection): boolean {
  return state === 'disconnected' || state === 'failed';
}

function renewNegotiation(session: RTCSession): void {
  if (!session.isEstablished()) return;
  if (['connected', 'completed'].includes(session.connection.iceConnectionState)) session.renegotiate();
  else restartIce(session);
}

function restartIce(session: RTCSession): void {
  if (session.isEstablished()) session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
}

async function replaceVoice(session: RTCSession, voice: MediaStream): Promise<void> {
  // Null while a call rings, whatever the type says.
  const connection = session.connection as RTCPeerConnection | null;
  const sender = connection?.getSenders().find(({ track }) => track?.kind === 'audio');
  const [track] = voice.getAudioTracks();
  if (sender === undefined || track === undefined || session.isEnded()) {
    stopStream(voice);
    return;
  }
  stopAfterCall(session, voice);
  track.enabled = sender.track?.enabled ?? true;
  sender.track?.stop();
  await sender.replaceTrack(track);
}

function stopAfterCall(session: RTCSession, stream: MediaStream): void {
  session.on('ended', () => stopStream(stream));
  session.on('failed', () => stopStream(stream));
}

function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Another phone has answered: RFC 3326, section 3.1, and cause 26 of Q.850, which Asterisk sends beside it. */
function isTaken(cancel: EndEvent['message'] | null): boolean {
  // Null after a CANCEL of this side, whatever the type says.
  const reasons = cancel?.getHeaders('Reason') ?? [];
  return reasons.some((reason) => /^SIP *;.*cause *= *200\b|^Q\.850 *;.*cause *= *26\b/i.test(reason));
}

const ENDINGS: Record<string, Extract<PhoneEvent, { type: 'call_ended' }>['why']> = {
  Busy: 'busy',
  Rejected: 'refused',
  'Not Found': 'unknown_number',
  'Address Incomplete': 'unknown_number',
  Unavailable: 'unanswered',
  'No Answer': 'unanswered',
  Canceled: 'over',
};

function endingOf({ cause, message }: EndEvent): Extract<PhoneEvent, { type: 'call_ended' }>['why'] {
  if (cause === 'Canceled' && isTaken(message)) return 'taken';
  return ENDINGS[cause] ?? 'failed';
}
