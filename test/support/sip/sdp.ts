/** Session descriptions (RFC 4566) of a phone that speaks G.711 and RFC 4733 digits. */

export interface MediaAddress {
  host: string;
  port: number;
}

export const TELEPHONE_EVENT_TYPE = 101;

export function buildSdp({ host, port }: MediaAddress): string {
  return [
    'v=0',
    `o=- ${port} 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0 ${TELEPHONE_EVENT_TYPE}`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:0 PCMU/8000',
    `a=rtpmap:${TELEPHONE_EVENT_TYPE} telephone-event/8000`,
    `a=fmtp:${TELEPHONE_EVENT_TYPE} 0-15`,
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

export interface RemoteMedia extends MediaAddress {
  /** The far end's first choice among the supported codecs. */
  codec: 0 | 8;
  /** Payload type of digits; undefined when the far end accepts none in RTP. */
  telephoneEventType: number | undefined;
}

/** Undefined when the text describes no supported audio. */
export function parseSdp(text: string): RemoteMedia | undefined {
  const host = /^c=IN IP4 (\S+)/m.exec(text)?.[1];
  const [, port, types = ''] = /^m=audio (\d+) \S+ (.*)$/m.exec(text) ?? [];
  const codec = types
    .trim()
    .split(/\s+/)
    .map(Number)
    .find((type) => type === 0 || type === 8);
  if (host === undefined || port === undefined || codec === undefined) return undefined;
  const event = /^a=rtpmap:(\d+) telephone-event\/8000/im.exec(text)?.[1];
  return {
    host,
    port: Number(port),
    codec: codec === 0 ? 0 : 8,
    telephoneEventType: event === undefined ? undefined : Number(event),
  };
}
