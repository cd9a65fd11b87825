/** G.711, as RTP carries it: payload type 0 is u-law, 8 is A-law. */
export type PayloadType = 0 | 8;

function decodeUlaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = (((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4);
  return value & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

function decodeAlaw(byte: number): number {
  const value = byte ^ 0x55;
  const segment = (value & 0x70) >> 4;
  const mantissa = (value & 0x0f) << 4;
  const magnitude = segment === 0 ? mantissa + 8 : (mantissa + 0x108) << (segment - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

const tables = {
  0: Int16Array.from({ length: 256 }, (_, byte) => decodeUlaw(byte)),
  8: Int16Array.from({ length: 256 }, (_, byte) => decodeAlaw(byte)),
};

export function decodeG711(payload: Uint8Array, type: PayloadType): Int16Array {
  const table = tables[type];
  return Int16Array.from(payload, (byte) => table[byte]!);
}

/** The code with the nearest value; exact enough for tests, and always consistent with the decoder. */
function nearestCodes(table: Int16Array): Uint8Array {
  const order = Array.from({ length: 256 }, (_, code) => code).sort((a, b) => table[a]! - table[b]!);
  const codes = new Uint8Array(65536);
  let at = 0;
  for (let sample = -32768; sample <= 32767; sample += 1) {
    while (at < 255 && Math.abs(table[order[at + 1]!]! - sample) <= Math.abs(table[order[at]!]! - sample)) at += 1;
    codes[sample + 32768] = order[at]!;
  }
  return codes;
}

const codes = { 0: nearestCodes(tables[0]), 8: nearestCodes(tables[8]) };

export function encodeG711(samples: Int16Array, type: PayloadType): Uint8Array {
  const table = codes[type];
  return Uint8Array.from(samples, (sample) => table[sample + 32768]!);
}
