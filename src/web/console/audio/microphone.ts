/** Rate of decoded recordings (Hz): more than telephones carry, and ten minutes still fit the limit of an upload. */
export const RATE_HZ = 16_000;
const LEVEL_SAMPLES = 1_024;

/** Why the microphone cannot be used. `insecure`: browsers permit it only over https. */
export type MicrophoneProblem = 'denied' | 'notFound' | 'inUse' | 'insecure';

export class MicrophoneError extends Error {
  constructor(readonly problem: MicrophoneProblem) {
    super(problem);
  }
}

export interface Device {
  id: string;
  name: string;
}

/** The microphones of this device. Before the permission browsers hide their names. */
export async function listMicrophones(): Promise<Device[]> {
  if (!isSupported()) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, label, deviceId }) => kind === 'audioinput' && label !== '' && deviceId !== 'default')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

/** An open microphone, with its level. */
export class Microphone {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #heard = new Float32Array(LEVEL_SAMPLES);
  #recorder: MediaRecorder | undefined;
  #pieces: Blob[] = [];

  private constructor(private readonly stream: MediaStream) {
    this.#analyser.fftSize = LEVEL_SAMPLES;
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  /**
   * @param device id of a microphone; empty: the default one
   * @throws {MicrophoneError}
   */
  static async open(device: string): Promise<Microphone> {
    if (!isSupported()) throw new MicrophoneError('insecure');
    try {
      // The processing of browsers is made for conferences; it makes announcements sound dull.
      const audio: MediaTrackConstraints = { echoCancellation: false, noiseSuppression: false, autoGainControl: true };
      if (device !== '') audio.deviceId = { exact: device };
      return new Microphone(await navigator.mediaDevices.getUserMedia({ audio }));
    } catch (error) {
      throw new MicrophoneError(problemOf(error));
    }
  }

  /** The loudest sample of the last moments, from 0 to 1. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#heard);
    return this.#heard.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  }

  start(): void {
    const recorder = new MediaRecorder(this.stream);
    this.#pieces = [];
    recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data));
    recorder.start();
    this.#recorder = recorder;
  }

  /** Ends the recording and closes the microphone. @returns mono samples of {@link RATE_HZ} */
  async finish(): Promise<Float32Array> {
    const recorder = this.#recorder;
    if (recorder === undefined) throw new Error('nothing is being recorded');
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
    recorder.stop();
    await stopped;
    this.close();
    const bytes = await new Blob(this.#pieces, { type: recorder.mimeType }).arrayBuffer();
    const decoded = await new OfflineAudioContext(1, 1, RATE_HZ).decodeAudioData(bytes);
    return mono(decoded);
  }

  close(): void {
    for (const track of this.stream.getTracks()) track.stop();
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}

function mono(decoded: AudioBuffer): Float32Array {
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) => decoded.getChannelData(index));
  const [first = new Float32Array()] = channels;
  if (channels.length === 1) return first;
  return first.map((_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length);
}

/** Outside of secure contexts browsers have no `mediaDevices`, whatever the type says. */
function isSupported(): boolean {
  return 'mediaDevices' in navigator && typeof MediaRecorder !== 'undefined';
}

function problemOf(error: unknown): MicrophoneProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'notFound' : 'inUse';
}
