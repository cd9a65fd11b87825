/** Bit rates in kbit/s of MPEG audio layer III by index (ISO 11172-3 and 13818-3); index 0 and 15 are not used. */
const KBITS_MPEG1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_MPEG2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES_MPEG1 = [44_100, 48_000, 32_000];

/** Consecutive frames needed to accept a position as the start of a frame. */
const FRAMES_TO_ACCEPT = 3;

/** The length in bytes of the layer III frame at this position; undefined when there is none. */
function frameLength(bytes: Buffer, at: number): number | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined;
  const header = bytes.readUInt32BE(at);
  const version = (header >> 19) & 3;
  const layer3 = ((header >> 17) & 3) === 1;
  const kbits = (version === 3 ? KBITS_MPEG1 : KBITS_MPEG2)[(header >> 12) & 15];
  const rate = SAMPLE_RATES_MPEG1[(header >> 10) & 3];
  if (((header >>> 21) & 0x7ff) !== 0x7ff || version === 1 || !layer3 || !kbits || !rate) return undefined;
  const divisor = { 3: 1, 2: 2, 0: 4 }[version as 0 | 2 | 3];
  const padding = (header >> 9) & 1;
  return Math.floor(((version === 3 ? 144 : 72) * kbits * 1000) / (rate / divisor)) + padding;
}

/** True when the last frame of a file with this end is incomplete. Tags after the last frame are not frames. */
export function endsWithinFrame(end: Buffer): boolean {
  for (let start = 0; start < end.length; start += 1) {
    if (!isFrameStart(end, start)) continue;
    let at = start;
    for (let length = frameLength(end, at); length !== undefined; length = frameLength(end, at)) at += length;
    return at > end.length;
  }
  return false;
}

function isFrameStart(bytes: Buffer, start: number): boolean {
  let at = start;
  for (let frame = 0; frame < FRAMES_TO_ACCEPT; frame += 1) {
    const length = frameLength(bytes, at);
    if (length === undefined) return false;
    at += length;
  }
  return true;
}
