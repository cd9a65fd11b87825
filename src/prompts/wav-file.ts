import type { FileHandle } from 'node:fs/promises';
import type { WavLayout } from './wav.js';

/** Most chunks read before the audio data, so that a crafted file cannot keep us busy. */
const MAX_CHUNKS = 1_000;
/** Programs that do not know the length yet write 0, or a size near 2 or 4 GB. */
const NEARLY_2_GB = 0x7fff_f000;

export interface WavFile extends WavLayout {
  /** RF64 or BW64: WAV with 64-bit lengths in the chunk `ds64`. */
  isRf64: boolean;
  /** Offset of the length of the samples. */
  sizeOffset: number;
  /** The header has no length, or one that is larger than the file. */
  lengthUnknown: boolean;
}

/**
 * Reads the header of a WAV file chunk by chunk, so that metadata of any size can precede the audio. Undefined when the file has
 * no samples.
 *
 * @param bytes length of the file
 */
export async function readWavFile(file: FileHandle, bytes: number): Promise<WavFile | undefined> {
  const start = await part(file, 0, 12);
  if (start.length < 12 || start.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  const isRf64 = start.toString('latin1', 0, 4) !== 'RIFF';
  let format: Pick<WavLayout, 'format' | 'channels' | 'sampleRate' | 'bits'> | undefined;
  let longSize: number | undefined;
  let at = 12;
  for (let chunks = 0; chunks < MAX_CHUNKS && at + 8 <= bytes; chunks += 1) {
    const header = await part(file, at, 24);
    if (header.length < 8) return undefined;
    const name = header.toString('latin1', 0, 4);
    const size = header.readUInt32LE(4);
    if (name === 'ds64' && header.length === 24) longSize = Number(header.readBigUInt64LE(16));
    if (name === 'fmt ' && header.length === 24)
      format = {
        format: header.readUInt16LE(8),
        channels: header.readUInt16LE(10),
        sampleRate: header.readUInt32LE(12),
        bits: header.readUInt16LE(22),
      };
    if (name === 'data') {
      if (format === undefined) return undefined;
      const dataBytes = isRf64 && size === 0xffff_ffff && longSize !== undefined ? longSize : size;
      const dataOffset = at + 8;
      const lengthUnknown = dataBytes === 0 || dataBytes >= NEARLY_2_GB || dataOffset + dataBytes > bytes;
      return { ...format, dataOffset, dataBytes, isRf64, sizeOffset: at + 4, lengthUnknown };
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}

async function part(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Rewrites the header of an RF64 file to plain WAV. Its length must fit in 32 bits, as it does for uploads. */
export async function convertToPlainWav(
  file: FileHandle,
  { sizeOffset, dataBytes }: WavFile,
  bytes: number,
): Promise<void> {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes - 8);
  await file.write(Buffer.concat([Buffer.from('RIFF', 'latin1'), size]), 0, 8, 0);
  size.writeUInt32LE(dataBytes);
  await file.write(size, 0, 4, sizeOffset);
}
