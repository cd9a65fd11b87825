import { signal } from '@preact/signals';
import JsSIP from 'jssip';
import type { RTCSessionEvent } from 'jssip/lib/UA.js';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import { microphoneOrSilence } from './microphone.js';
import { DTMF_IN_RTP, endGatheringEarly, sipSocketAddress } from './sip-settings.js';

/** Registration: `lost` while it connects again after a lost connection. */
export type Registration = 'connecting' | 'registered' | 'refused' | 'lost';

export interface PhoneCall {
  state: 'ringing' | 'calling' | 'talking';
  /** Number or name of the other party. */
  who: string;
}

export interface PhoneAccount {
  user: string;
  password: string;
  /** STUN and TURN servers. The phone does not renew their credentials. */
  iceServers: RTCIceServer[];
}

/** This browser as the telephone of a handset (`webrtc`), over the gateway's `/ws`. One call at a time. */
export class BrowserPhone {
  readonly registration = signal<Registration>('connecting');
  readonly call = signal<PhoneCall | undefined>(undefined);
  /** What the other party says; undefined outside of a talk. */
  readonly heard = signal<MediaStream | undefined>(undefined);
  /** Whether the other party hears the microphone, and not silence. */
  readonly hasMicrophone = signal(true);
  readonly #agent: JsSIP.UA;
  readonly #iceServers: RTCIceServer[];
  #session: RTCSession | undefined;
  #releaseSound: () => void = () => undefined;
  #isStopped = false;

  constructor({ user, password, iceServers }: PhoneAccount) {
    this.#iceServers = iceServers;
    this.#agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(sipSocketAddress())],
      uri: `sip:${user}@${location.hostname}`,
      password,
      register_expires: 120,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 15,
      session_timers: false,
    });
    this.#agent.on('registered', () => (this.registration.value = 'registered'));
    this.#agent.on('registrationFailed', () => (this.registration.value = 'refused'));
    this.#agent.on('disconnected', () => (this.registration.value = 'lost'));
    this.#agent.on('newRTCSession', ({ session }: RTCSessionEvent) =>
      this.#take(session, (session.direction as string) === 'incoming'),
    );
    this.#agent.start();
  }

  async dial(number: string): Promise<void> {
    if (this.#isStopped) return;
    const options = await this.#media();
    if (options !== undefined) this.#agent.call(number, options);
  }

  async answer(): Promise<void> {
    const session = this.#session;
    const options = session && (await this.#media());
    if (options === undefined) return;
    // The caller may have hung up while the browser asked for the microphone.
    if (this.#session === session) session?.answer(options);
    else this.#releaseSound();
  }

  press(key: string): void {
    this.#session?.sendDTMF(key, DTMF_IN_RTP);
  }

  hangUp(): void {
    this.#session?.terminate();
  }

  /** Ends the call and the registration. */
  stop(): void {
    this.#isStopped = true;
    this.#agent.stop();
    this.#releaseSound();
  }

  /** Undefined when the telephone was stopped meanwhile. */
  async #media() {
    const { stream, isMicrophone, release } = await microphoneOrSilence();
    if (this.#isStopped) {
      release();
      return undefined;
    }
    this.hasMicrophone.value = isMicrophone;
    this.#releaseSound = release;
    return { mediaStream: stream, pcConfig: { iceServers: this.#iceServers } };
  }

  #take(session: RTCSession, isIncoming: boolean): void {
    if (this.#session !== undefined) {
      session.terminate({ status_code: 486 });
      return;
    }
    this.#session = session;
    const who = session.remote_identity.display_name || session.remote_identity.uri.user;
    const show = (state: PhoneCall['state']) => (this.call.value = { state, who });
    const over = () => {
      this.#session = undefined;
      this.#releaseSound();
      this.call.value = undefined;
      this.heard.value = undefined;
    };
    const listen = (connection: RTCPeerConnection) => {
      endGatheringEarly(connection);
      connection.addEventListener('track', ({ streams: [stream] }) => (this.heard.value = stream));
    };
    session.on('peerconnection', ({ peerconnection }) => listen(peerconnection));
    const connection: unknown = session.connection;
    // Null until an incoming call is answered, whatever the type says.
    if (connection instanceof RTCPeerConnection) listen(connection);
    session.on('accepted', () => show('talking'));
    session.on('ended', over);
    session.on('failed', over);
    show(isIncoming ? 'ringing' : 'calling');
  }
}
