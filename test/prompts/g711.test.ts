import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { encodeG711 } from '../../src/prompts/g711.js';

/** Every 16-bit sample once. */
const allSamples = Buffer.alloc(131_072);
for (let sample = -32_768; sample < 32_768; sample += 1) allSamples.writeInt16LE(sample, (sample + 32_768) * 2);

test.each([
  { law: 'ulaw', type: 'u-law', scale: 4 },
  { law: 'alaw', type: 'a-law', scale: 16 },
] as const)('$law: sox decodes every sample with an error of at most half a step', ({ law, type }) => {
  const encoded = encodeG711(allSamples, law);
  const decoded = execFileSync(
    'sox',
    [
      '-t',
      'raw',
      '-r',
      '8000',
      '-c',
      '1',
      '-e',
      type,
      '-b',
      '8',
      '-',
      '-t',
      'raw',
      '-e',
      'signed-integer',
      '-b',
      '16',
      '-L',
      '-',
    ],
    {
      input: encoded,
      maxBuffer: 1 << 20,
    },
  );
  const wrong: number[] = [];
  for (let sample = -32_000; sample <= 32_000; sample += 1) {
    const back = decoded.readInt16LE((sample + 32_768) * 2);
    if (Math.abs(back - sample) > Math.max(16, Math.abs(sample) / 32 + 8)) wrong.push(sample);
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['ulaw', 0, 0xff],
  ['ulaw', -1, 0x7f],
  ['ulaw', 32_767, 0x80],
  ['ulaw', -32_768, 0x00],
  ['alaw', 0, 0xd5],
  ['alaw', -1, 0x55],
  ['alaw', 32_767, 0xaa],
  ['alaw', -32_768, 0x2a],
] as const)('%s of %i matches the standard', (law, sample, code) => {
  const one = Buffer.alloc(2);
  one.writeInt16LE(sample);
  expect(encodeG711(one, law)[0]).toBe(code);
});
