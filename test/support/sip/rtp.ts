/** RTP packets (RFC 3550) with G.711 in them. */

const HEADER_BYTES = 12;
/** RTCP packets that land on an RTP port have these in place of the payload type (RFC 5761). */
const RTCP_TYPES = { from: 192, to: 223 };

export interface RtpPacket {
  payloadType: number;
  sequence: number;
  /** In samples; wraps at 2^32. */
  timestamp: number;
  ssrc: number;
  marker: boolean;
  payload: Uint8Array;
}

/** Undefined for anything but RTP: RTCP, SIP keep-alives, truncated packets. */
export function parseRtp(data: Buffer): RtpPacket | undefined {
  if (data.length < HEADER_BYTES || data[0]! >> 6 !== 2) return undefined;
  if (data[1]! >= RTCP_TYPES.from && data[1]! <= RTCP_TYPES.to) return undefined;
  let start = HEADER_BYTES + (data[0]! & 0x0f) * 4;
  if (data[0]! & 0x10) {
    if (data.length < start + 4) return undefined;
    start += 4 + data.readUInt16BE(start + 2) * 4;
  }
  const padding = data[0]! & 0x20 ? data.at(-1)! : 0;
  if (start > data.length - padding) return undefined;
  return {
    payloadType: data[1]! & 0x7f,
    marker: data[1]! >= 0x80,
    sequence: data.readUInt16BE(2),
    timestamp: data.readUInt32BE(4),
    ssrc: data.readUInt32BE(8),
    payload: new Uint8Array(data.subarray(start, data.length - padding)),
  };
}

export function buildRtp(packet: RtpPacket): Uint8Array {
  const data = Buffer.alloc(HEADER_BYTES + packet.payload.length);
  data[0] = 0x80;
  data[1] = packet.payloadType | (packet.marker ? 0x80 : 0);
  data.writeUInt16BE(packet.sequence & 0xffff, 2);
  data.writeUInt32BE(packet.timestamp >>> 0, 4);
  data.writeUInt32BE(packet.ssrc >>> 0, 8);
  data.set(packet.payload, HEADER_BYTES);
  return new Uint8Array(data);
}
