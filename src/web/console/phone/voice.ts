import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { chosenDevices } from './devices.js';
import type { MicrophonePort } from './operator-phone.js';
import type { PhoneEvent } from './phone-state.js';

/** The microphone, opened before the first call, so that an answered call is heard at once. */
export class Microphone implements MicrophonePort {
  readonly #stream = signal<MediaStream | undefined>(undefined);
  readonly #report: (event: PhoneEvent) => void;
  /** Counts requests, because the visitor may switch the phone off while the browser asks. */
  #request = 0;
  #isWanted = false;

  constructor(report: (event: PhoneEvent) => void) {
    this.#report = report;
    const retry = () => {
      if (this.#isWanted && this.#stream.peek() === undefined) report({ type: 'retried' });
    };
    // Undefined on pages without HTTPS, whatever the type says.
    (navigator.mediaDevices as MediaDevices | undefined)?.addEventListener('devicechange', retry);
    void watchPermission(retry);
    let opened = chosenDevices.microphone.peek();
    effect(() => {
      const chosen = chosenDevices.microphone.value;
      if (chosen !== opened && this.#stream.peek() !== undefined) this.open();
      opened = chosen;
    });
  }

  get stream(): ReadonlySignal<MediaStream | undefined> {
    return this.#stream;
  }

  open(): void {
    this.#isWanted = true;
    this.#request += 1;
    void this.#open(this.#request);
  }

  close(): void {
    this.#isWanted = false;
    this.#request += 1;
    this.#use(undefined);
  }

  /** A copy for one call, with its own mute. */
  forCall(): MediaStream | undefined {
    const tracks = this.#stream
      .peek()
      ?.getAudioTracks()
      .map((track) => track.clone());
    return tracks === undefined ? undefined : new MediaStream(tracks);
  }

  async #open(request: number): Promise<void> {
    try {
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (devices === undefined) {
        this.#report({ type: 'microphone_failed', why: 'insecure' });
        return;
      }
      const stream = await devices.getUserMedia({ audio: { deviceId: { ideal: chosenDevices.microphone.peek() } } });
      if (request !== this.#request) {
        stopTracks(stream);
        return;
      }
      this.#use(stream);
      this.#report({ type: 'microphone_opened' });
    } catch (error) {
      if (request !== this.#request) return;
      this.#use(undefined);
      const isDenied = error instanceof DOMException && error.name === 'NotAllowedError';
      this.#report({ type: 'microphone_failed', why: isDenied ? 'denied' : 'missing' });
    }
  }

  #use(stream: MediaStream | undefined): void {
    const former = this.#stream.peek();
    this.#stream.value = stream;
    if (former !== undefined) stopTracks(former);
    for (const track of stream?.getAudioTracks() ?? [])
      track.addEventListener('ended', () => {
        if (this.#stream.peek() === stream) this.#report({ type: 'microphone_lost' });
      });
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function watchPermission(onChange: () => void): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: 'microphone' });
    status.addEventListener('change', onChange);
  } catch {
    // Some browsers cannot be asked about it.
  }
}
