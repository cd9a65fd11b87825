import { open } from 'node:fs/promises';
import { endsWithinFrame } from './mp3.js';
import { makePlainWav, readWavFile, type WavFile } from './wav-file.js';

export type AudioType = 'wav' | 'mp3' | 'ogg' | 'flac';

/** So much of a file's beginning and end is looked at. */
const LOOK_BYTES = 65_536;
/** Ogg (RFC 3533): on its last page a stream says that it ends. */
const OGG_END_OF_STREAM = 4;

export interface Sniffed {
  /** By what is in it, whatever it is called. */
  type: AudioType | undefined;
  /** True when the file itself shows that its end is missing. */
  cutOff: boolean;
  /** Of a WAV file. */
  wav?: WavFile | undefined;
  bytes: number;
}

/** Looks into a file of our own; an RF64 file is made plain WAV on the way. */
export async function sniff(path: string): Promise<Sniffed> {
  const file = await open(path, 'r+');
  try {
    const bytes = (await file.stat()).size;
    const start = await part(0);
    const end = await part(Math.max(0, bytes - LOOK_BYTES));
    const type = typeOf(start);
    if (type !== 'wav') return { type, cutOff: type !== undefined && isCutOff[type](end), bytes };
    const wav = await readWavFile(file, bytes);
    if (wav?.isRf64 === true && !wav.lengthUnknown) await makePlainWav(file, wav, bytes);
    return { type, cutOff: wav === undefined || isWavCutOff(wav, bytes), wav, bytes };
  } finally {
    await file.close();
  }

  async function part(position: number): Promise<Buffer> {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, position);
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

/** Programs that count their own header in are wrong by so much; it is a few milliseconds of sound. */
const HEADER_SLACK_BYTES = 64;

function isWavCutOff({ dataBytes, dataOffset }: WavFile, bytes: number): boolean {
  const saysNothing = dataBytes === 0 || dataBytes >= 0x7fff_f000;
  return !saysNothing && dataOffset + dataBytes > bytes + HEADER_SLACK_BYTES;
}

const isCutOff: Record<Exclude<AudioType, 'wav'>, (end: Buffer) => boolean> = {
  ogg(end) {
    const lastPage = end.lastIndexOf('OggS');
    return lastPage === -1 || ((end[lastPage + 5] ?? 0) & OGG_END_OF_STREAM) === 0;
  },
  mp3: (end) => endsWithinFrame(end),
  /** Its decoder notices by itself. */
  flac: () => false,
};
