import { signal, type ReadonlySignal } from '@preact/signals';
import { reducePhone } from './machine.js';
import { initialState, type Account, type PhoneEffect, type PhoneEvent, type PhoneState } from './phone-state.js';

type Report = (event: PhoneEvent) => void;

/** The SIP client. It reports `sip_…` and `call_…` events. */
export interface SipPort {
  start(account: Account): void;
  /** Ends the calls and the registration. */
  stop(): void;
  /** Drops a connection that may be dead, and connects again. Calls go on. */
  reconnect(): void;
  /** Calls send the present microphone from now on. */
  replaceVoice(): void;
  dial(id: string, number: string): void;
  answer(id: string): void;
  reject(id: string, status: number): void;
  hangUp(id: string): void;
  hold(id: string): void;
  resume(id: string): void;
  mute(id: string, isMuted: boolean): void;
  sendKey(id: string, key: string): void;
}

/** Which tab of the browser is the phone. It reports `tab_…` and `take_over_refused`. */
export interface TabPort {
  claim(): void;
  release(): void;
  requestFromOther(): void;
  refuseOther(): void;
}

/** It reports `microphone_…`. */
export interface MicrophonePort {
  open(): void;
  close(): void;
}

export interface PhonePorts {
  /** Loads the SIP client; only a phone that is switched on needs it. */
  loadSip: () => Promise<SipPort>;
  tab: TabPort;
  microphone: MicrophonePort;
  /** It reports `account_…`. */
  fetchAccount: () => void;
  remember: (isOn: boolean) => void;
}

/**
 * Asterisk sends a request to each registered phone every 30 s and waits 3 s for the response, so this is two and a half of them.
 * A hidden tab may run timers only once a minute.
 */
const REACH_MS = 80_000;
const RETRY_MS = 10_000;

/** Applies events to the phone's state machine and carries out its effects. */
export class OperatorPhone {
  readonly #state = signal<PhoneState>(initialState);
  readonly #ports: PhonePorts;
  #sip: SipPort | undefined;
  /** The account that the SIP client is to use, or uses. */
  #account: Account | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param createPorts receives the function that takes their events */
  constructor(createPorts: (report: Report) => PhonePorts) {
    this.#ports = createPorts((event) => this.handle(event));
  }

  get state(): ReadonlySignal<PhoneState> {
    return this.#state;
  }

  readonly handle: Report = (event) => {
    const { state, effects } = reducePhone(this.#state.peek(), event);
    this.#state.value = state;
    for (const effect of effects) this.#carryOut(effect);
  };

  /** The page is being left: its calls end at once, and Asterisk rings this browser no more. */
  leave(): void {
    this.#sip?.stop();
  }

  #carryOut(effect: PhoneEffect): void {
    const { tab, microphone } = this.#ports;
    switch (effect.type) {
      case 'remember':
        this.#ports.remember(effect.on);
        break;
      case 'claim_tab':
        tab.claim();
        break;
      case 'release_tab':
        tab.release();
        break;
      case 'request_tab':
        tab.requestFromOther();
        break;
      case 'refuse_tab':
        tab.refuseOther();
        break;
      case 'open_microphone':
        microphone.open();
        break;
      case 'close_microphone':
        microphone.close();
        break;
      case 'fetch_account':
        this.#ports.fetchAccount();
        break;
      case 'start_sip':
        void this.#startSip(effect.account);
        break;
      case 'stop_sip':
        this.#account = undefined;
        this.#sip?.stop();
        break;
      case 'watch_reach':
        this.#startTimer(REACH_MS, 'reach_expired');
        break;
      case 'retry_later':
        this.#startTimer(RETRY_MS, 'retry_due');
        break;
      case 'stop_timers':
        clearTimeout(this.#timer);
        break;
      default:
        if (this.#sip !== undefined) commandSip(this.#sip, effect);
    }
  }

  async #startSip(account: Account): Promise<void> {
    this.#account = account;
    try {
      this.#sip ??= await this.#ports.loadSip();
    } catch {
      this.handle({ type: 'account_failed', isFinal: false });
      return;
    }
    // It may have been switched off while the client was loaded.
    if (this.#account === account) this.#sip.start(account);
  }

  #startTimer(ms: number, type: 'reach_expired' | 'retry_due'): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.handle({ type }), ms);
  }
}

type SipEffect = Exclude<
  PhoneEffect,
  | { type: 'remember' | 'fetch_account' | 'start_sip' | 'stop_sip' | 'watch_reach' | 'retry_later' | 'stop_timers' }
  | { type: `${string}_tab` | `${string}_microphone` }
>;

function commandSip(sip: SipPort, effect: SipEffect): void {
  switch (effect.type) {
    case 'reconnect_sip':
      sip.reconnect();
      break;
    case 'replace_voice':
      sip.replaceVoice();
      break;
    case 'dial':
      sip.dial(effect.id, effect.number);
      break;
    case 'answer':
      sip.answer(effect.id);
      break;
    case 'reject':
      sip.reject(effect.id, effect.status);
      break;
    case 'hang_up':
      sip.hangUp(effect.id);
      break;
    case 'hold':
      sip.hold(effect.id);
      break;
    case 'resume':
      sip.resume(effect.id);
      break;
    case 'mute':
      sip.mute(effect.id, true);
      break;
    case 'unmute':
      sip.mute(effect.id, false);
      break;
    case 'send_key':
      sip.sendKey(effect.id, effect.key);
      break;
  }
}
