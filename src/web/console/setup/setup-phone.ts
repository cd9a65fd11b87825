import { computed, signal } from '@preact/signals';
import { api } from '../api/client.js';
import { OperatorPhone } from '../phone/operator-phone.js';
import type { PhoneEvent, Reach } from '../phone/phone-state.js';
import { MicrophoneOrSilence } from './microphone-or-silence.js';

const REGISTRATION_MS = 20_000;
/** There is one call at a time. */
const DIALLED_ID = 'test-call';

/** Why no call can be made: no account or no connection, or Asterisk refuses the account. */
export type Trouble = 'failed' | 'refused';

/** The operator's phone at a handset of the set-up, with a new password. Other tabs of the browser do not matter to it. */
export class SetupPhone {
  /** What the other party says; undefined outside of a talk. */
  readonly sound = signal<MediaStream | undefined>(undefined);
  readonly #phone: OperatorPhone;
  #voice!: MicrophoneOrSilence;
  readonly reach = computed((): Reach => this.#phone.state.value.reach);
  readonly call = computed(() => this.#phone.state.value.calls[0]);
  readonly ended = computed(() => this.#phone.state.value.ended);
  /** Whether the other party hears the microphone, and not silence. */
  readonly hasMicrophone = computed(() => this.#voice.isOpen.value);

  constructor(handset: string) {
    this.#phone = new OperatorPhone((report) => {
      this.#voice = new MicrophoneOrSilence(report);
      const voice = this.#voice;
      return {
        microphone: voice,
        tab: {
          claim: () => report({ type: 'tab_claimed' }),
          release: nothing,
          requestFromOther: nothing,
          refuseOther: nothing,
        },
        loadSip: async () => {
          const { SipClient } = await import('../phone/sip-client.js');
          const play = (_: string, sound: MediaStream | undefined) => (this.sound.value = sound);
          return new SipClient({
            report,
            play,
            voiceOf: () => voice.forCall(),
            onMediaPath: nothing,
            onSound: nothing,
            now: Date.now,
          });
        },
        fetchAccount: () => void fetchAccount(handset).then(report),
        remember: nothing,
      };
    });
  }

  /** Asks for the microphone, and registers. @returns why calls cannot be made; undefined when they can */
  async start(): Promise<Trouble | undefined> {
    this.#phone.handle({ type: 'switched_on' });
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stopWatching = this.#phone.state.subscribe(({ reach, microphone }) => {
        // The visitor may think about the microphone for as long as they like.
        if (microphone === 'open') timer ??= setTimeout(() => end('failed'), REGISTRATION_MS);
        if (reach === 'registered' || reach === 'ready') end(undefined);
        else if (reach === 'lost' || reach === 'off') end('failed');
        else if (reach === 'refused') end('refused');
      });
      const end = (trouble: Trouble | undefined) => {
        clearTimeout(timer);
        stopWatching();
        resolve(trouble);
      };
    });
  }

  dial(number: string): void {
    this.#phone.handle({ type: 'dialled', number, id: DIALLED_ID });
  }

  answer(): void {
    this.#ofCall((id) => ({ type: 'answered', id }));
  }

  press(key: string): void {
    this.#ofCall((id) => ({ type: 'key_pressed', id, key }));
  }

  hangUp(): void {
    this.#ofCall((id) => ({ type: 'hung_up', id }));
  }

  /** Ends the call, the registration and the use of the microphone. */
  stop(): void {
    this.#phone.handle({ type: 'switched_off' });
  }

  #ofCall(event: (id: string) => PhoneEvent): void {
    const call = this.call.peek();
    if (call !== undefined) this.#phone.handle(event(call.id));
  }
}

const nothing = () => undefined;

/** The phone is used for less time than the credentials of the servers live. */
async function fetchAccount(handset: string): Promise<PhoneEvent> {
  const path = { name: handset };
  const [account, servers] = await Promise.all([
    api.post('/api/v1/handsets/{name}/password', { path }),
    api.post('/api/v1/handsets/{name}/ice-servers', { path }),
  ]);
  if (!account.ok || !servers.ok) return { type: 'account_failed', isFinal: false };
  const { user, password } = account.data;
  const iceServers = servers.data.ice_servers;
  return { type: 'account_received', account: { user, authorizationUser: user, password, iceServers } };
}
