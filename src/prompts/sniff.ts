import { open } from 'node:fs/promises';
import { endsWithinFrame } from './mp3.js';
import { convertToPlainWav, readWavFile, type WavFile } from './wav-file.js';

export type AudioType = 'wav' | 'mp3' | 'ogg' | 'flac';

/** Bytes read at the start and at the end of a file. */
const EDGE_BYTES = 65_536;
/** Flag of the last page of an Ogg stream (RFC 3533). */
const OGG_END_OF_STREAM = 4;

export interface DetectedAudio {
  /** Determined from the content, not from the name. */
  type: AudioType | undefined;
  /** True when the content shows that the end is missing. */
  isTruncated: boolean;
  /** Layout of a WAV file. */
  wav?: WavFile | undefined;
  bytes: number;
}

/** Detects the type of a file. Rewrites the header of an RF64 file to plain WAV in place. */
export async function detectAudio(path: string): Promise<DetectedAudio> {
  const file = await open(path, 'r+');
  try {
    const bytes = (await file.stat()).size;
    const start = await part(0);
    const end = await part(Math.max(0, bytes - EDGE_BYTES));
    const type = typeOf(start);
    if (type !== 'wav') return { type, isTruncated: type !== undefined && isTruncatedByType[type](end), bytes };
    const wav = await readWavFile(file, bytes);
    if (wav?.isRf64 === true && !wav.lengthUnknown) await convertToPlainWav(file, wav, bytes);
    return { type, isTruncated: wav === undefined || isWavTruncated(wav, bytes), wav, bytes };
  } finally {
    await file.close();
  }

  async function part(position: number): Promise<Buffer> {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(EDGE_BYTES), 0, EDGE_BYTES, position);
    return buffer.subarray(0, bytesRead);
  }
}

function typeOf(start: Buffer): AudioType | undefined {
  const magic = start.toString('latin1', 0, 4);
  if (['RIFF', 'RF64', 'BW64'].includes(magic) && start.toString('latin1', 8, 12) === 'WAVE') return 'wav';
  if (magic === 'OggS') return 'ogg';
  if (magic === 'fLaC') return 'flac';
  // Some encoders put zeros before the first frame.
  const first = Math.max(
    0,
    start.findIndex((byte) => byte !== 0),
  );
  const mpegFrame = start[first] === 0xff && ((start[first + 1] ?? 0) & 0xe6) === 0xe2;
  return magic.startsWith('ID3') || mpegFrame ? 'mp3' : undefined;
}

/** Tolerance for programs that count the header as data; a few milliseconds of audio. */
const HEADER_SLACK_BYTES = 64;

function isWavTruncated({ dataBytes, dataOffset }: WavFile, bytes: number): boolean {
  const saysNothing = dataBytes === 0 || dataBytes >= 0x7fff_f000;
  return !saysNothing && dataOffset + dataBytes > bytes + HEADER_SLACK_BYTES;
}

const isTruncatedByType: Record<Exclude<AudioType, 'wav'>, (end: Buffer) => boolean> = {
  ogg(end) {
    const lastPage = end.lastIndexOf('OggS');
    return lastPage === -1 || ((end[lastPage + 5] ?? 0) & OGG_END_OF_STREAM) === 0;
  },
  mp3: (end) => endsWithinFrame(end),
  /** The decoder detects truncation. */
  flac: () => false,
};
