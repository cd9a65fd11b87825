import { open } from 'node:fs/promises';
import { endsWithinFrame } from './mp3.js';
import { readWavLayout } from './wav.js';

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
  start: Buffer;
  bytes: number;
}

export async function sniff(path: string): Promise<Sniffed> {
  const file = await open(path);
  try {
    const bytes = (await file.stat()).size;
    const start = await part(0);
    const end = await part(Math.max(0, bytes - LOOK_BYTES));
    const type = typeOf(start);
    return { type, cutOff: type !== undefined && isCutOff[type](start, end, bytes), start, bytes };
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
  if (magic === 'RIFF' && start.toString('latin1', 8, 12) === 'WAVE') return 'wav';
  if (magic === 'OggS') return 'ogg';
  if (magic === 'fLaC') return 'flac';
  const mpegFrame = start[0] === 0xff && ((start[1] ?? 0) & 0xe6) === 0xe2;
  return magic.startsWith('ID3') || mpegFrame ? 'mp3' : undefined;
}

const isCutOff: Record<AudioType, (start: Buffer, end: Buffer, bytes: number) => boolean> = {
  wav(start, _end, bytes) {
    const layout = readWavLayout(start);
    if (!layout) return true;
    const unknownLength = layout.dataBytes === 0 || layout.dataBytes >= 0x7fff_f000;
    return !unknownLength && layout.dataOffset + layout.dataBytes > bytes;
  },
  ogg(_start, end) {
    const lastPage = end.lastIndexOf('OggS');
    return lastPage === -1 || ((end[lastPage + 5] ?? 0) & OGG_END_OF_STREAM) === 0;
  },
  mp3: (_start, end) => endsWithinFrame(end),
  /** Its decoder notices by itself. */
  flac: () => false,
};
