export type G711 = 'alaw' | 'ulaw';

const MU_BIAS = 132;
const MU_CLIP = 32_635;

/** Encodes 16-bit samples as raw G.711, one byte each (ITU-T G.711). */
export function encodeG711(samples: Buffer, law: G711): Buffer {
  const table = tables[law]();
  const encoded = Buffer.allocUnsafe(samples.length >> 1);
  for (let index = 0; index < encoded.length; index += 1) encoded[index] = table[samples.readUInt16LE(index * 2)] ?? 0;
  return encoded;
}

/** Decodes raw G.711 to 16-bit samples: of the samples with the same code, the middle one. */
export function decodeG711(codes: Buffer, law: G711): Buffer {
  const table = decodingTables[law]();
  const samples = Buffer.allocUnsafe(codes.length * 2);
  for (const [index, code] of codes.entries()) samples.writeInt16LE(table[code] ?? 0, index * 2);
  return samples;
}

const tables: Record<G711, () => Uint8Array> = {
  alaw: lazy(() => tableOf(toALaw)),
  ulaw: lazy(() => tableOf(toMuLaw)),
};

const decodingTables: Record<G711, () => Int16Array> = {
  alaw: lazy(() => decodingTableOf(toALaw)),
  ulaw: lazy(() => decodingTableOf(toMuLaw)),
};

function decodingTableOf(encode: (sample: number) => number): Int16Array {
  const [lowest, highest] = [new Map<number, number>(), new Map<number, number>()];
  for (let sample = -32_768; sample <= 32_767; sample += 1) {
    const code = encode(sample);
    if (!lowest.has(code)) lowest.set(code, sample);
    highest.set(code, sample);
  }
  return Int16Array.from({ length: 256 }, (_, code) => ((lowest.get(code) ?? 0) + (highest.get(code) ?? 0)) >> 1);
}

/** The code of each 16-bit sample, indexed by its bits as an unsigned number. */
function tableOf(encode: (sample: number) => number): Uint8Array {
  return Uint8Array.from({ length: 65_536 }, (_, bits) => encode((bits << 16) >> 16));
}

function toMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** Every other bit is inverted on the wire, the sign bit set for positive samples. */
function toALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = (sample >= 0 ? sample : -sample - 1) >> 3;
  const exponent = magnitude < 32 ? 0 : Math.floor(Math.log2(magnitude)) - 4;
  const mantissa = exponent === 0 ? magnitude >> 1 : magnitude >> exponent;
  return (sign | (exponent << 4) | (mantissa & 0x0f)) ^ 0x55;
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
