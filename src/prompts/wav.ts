/** Sample rate of stored prompts. They are 8 kHz, mono, 16-bit PCM in a WAV file, which Asterisk plays without conversion. */
export const SAMPLE_RATE = 8000;
const BYTES_PER_SAMPLE = 2;
const HEADER_BYTES = 44;

export interface WavLayout {
  /** 1: PCM. */
  format: number;
  channels: number;
  sampleRate: number;
  bits: number;
  /** Offset of the samples. */
  dataOffset: number;
  /** Length of the samples by the header; programs that write to a pipe set 0 or about 4 GB. */
  dataBytes: number;
}

/** Reads the header from the start of a WAV file. Undefined when it is not a WAV file, or its samples start later. */
export function readWavLayout(start: Buffer): WavLayout | undefined {
  if (start.length < 12 || start.toString('latin1', 0, 4) !== 'RIFF' || start.toString('latin1', 8, 12) !== 'WAVE')
    return undefined;
  let format: Omit<WavLayout, 'dataOffset' | 'dataBytes'> | undefined;
  for (let at = 12; at + 8 <= start.length;) {
    const name = start.toString('latin1', at, at + 4);
    const size = start.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'fmt ' && body + 16 <= start.length) {
      format = {
        format: start.readUInt16LE(body),
        channels: start.readUInt16LE(body + 2),
        sampleRate: start.readUInt32LE(body + 4),
        bits: start.readUInt16LE(body + 14),
      };
    }
    if (name === 'data') return format && { ...format, dataOffset: body, dataBytes: size };
    at = body + size + (size % 2);
  }
  return undefined;
}

/** True for the format of stored prompts. */
export function isPlayable({ format, channels, sampleRate, bits }: WavLayout): boolean {
  return format === 1 && channels === 1 && sampleRate === SAMPLE_RATE && bits === 8 * BYTES_PER_SAMPLE;
}

/** A WAV file of these samples with a minimal header, so that equal samples have equal hashes. */
export function encodeWav(samples: Buffer, rate = SAMPLE_RATE): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** The samples of a WAV file made by {@link encodeWav}. */
export function samplesOf(wav: Buffer): Buffer {
  return wav.subarray(HEADER_BYTES);
}

export function durationMsOf(samples: Buffer): number {
  return Math.round((samples.length / BYTES_PER_SAMPLE / SAMPLE_RATE) * 1000);
}
