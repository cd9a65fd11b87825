import { createHash } from 'node:crypto';

/** A deterministic UUID version 7: the random part is derived, so an event that is written again has the same id. */
export function eventId(flowId: string, seq: number, at: number): string {
  const hash = createHash('sha256').update(`${flowId} ${seq}`).digest('hex');
  const time = at.toString(16).padStart(12, '0').slice(-12);
  const variant = ((parseInt(hash.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  const [random, variantAndRandom] = [hash.slice(0, 3), variant + hash.slice(4, 7)];
  return [time.slice(0, 8), time.slice(8), `7${random}`, variantAndRandom, hash.slice(8, 20)].join('-');
}
