/** The part of RTP packets (RFC 3550) that a test call needs. */
export interface RtpPacket {
  payloadType: number;
  marker: boolean;
  sequence: number;
  /** In samples. */
  timestamp: number;
  ssrc: number;
  payload: Buffer;
}

const HEADER_BYTES = 12;
const VERSION_2 = 0x80;
const MARKER = 0x80;
/** RTCP packets have these in place of the payload type (RFC 5761). */
const RTCP = { from: 192, to: 223 };

export function buildRtp({ payloadType, marker, sequence, timestamp, ssrc, payload }: RtpPacket): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION_2, 0);
  header.writeUInt8(payloadType | (marker ? MARKER : 0), 1);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, payload]);
}

/** Undefined for anything but RTP. */
export function parseRtp(data: Buffer): RtpPacket | undefined {
  if (data.length < HEADER_BYTES) return undefined;
  const [first, second] = [data.readUInt8(0), data.readUInt8(1)];
  if (first >> 6 !== 2 || (second >= RTCP.from && second <= RTCP.to)) return undefined;
  let start = HEADER_BYTES + (first & 0x0f) * 4;
  const hasExtension = (first & 0x10) !== 0;
  if (hasExtension && data.length < start + 4) return undefined;
  if (hasExtension) start += 4 + data.readUInt16BE(start + 2) * 4;
  const padding = (first & 0x20) === 0 ? 0 : data.readUInt8(data.length - 1);
  if (start > data.length - padding) return undefined;
  return {
    payloadType: second & ~MARKER,
    marker: (second & MARKER) !== 0,
    sequence: data.readUInt16BE(2),
    timestamp: data.readUInt32BE(4),
    ssrc: data.readUInt32BE(8),
    payload: data.subarray(start, data.length - padding),
  };
}
