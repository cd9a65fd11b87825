import { computed, type ReadonlySignal } from '@preact/signals';
import type { MicrophonePort } from '../phone/operator-phone.js';
import type { PhoneEvent } from '../phone/phone-state.js';
import { Microphone } from '../phone/voice.js';

/** The microphone of the set-up. When there is none, or it is not permitted, calls send silence. */
export class MicrophoneOrSilence implements MicrophonePort {
  readonly isOpen: ReadonlySignal<boolean>;
  readonly #microphone: Microphone;
  #silence: AudioContext | undefined;

  constructor(report: (event: PhoneEvent) => void) {
    this.#microphone = new Microphone((event) =>
      report(event.type === 'microphone_failed' ? { type: 'microphone_opened' } : event),
    );
    this.isOpen = computed(() => this.#microphone.stream.value !== undefined);
  }

  open(): void {
    this.#microphone.open();
  }

  close(): void {
    this.#microphone.close();
    void this.#silence?.close();
    this.#silence = undefined;
  }

  /** What one call sends. */
  forCall(): MediaStream {
    return this.#microphone.forCall() ?? this.#silentStream();
  }

  #silentStream(): MediaStream {
    this.#silence ??= new AudioContext();
    return this.#silence.createMediaStreamDestination().stream;
  }
}
