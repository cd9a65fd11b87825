import { decodeG711 } from '../../support/sip/g711.js';
import type { Datagram } from '../lib/capture.js';
import { ASK_PROMPT, promptOfPacket, STATUS_MS } from './tones.js';

/** What became of one call, as seen on the wire. */
export interface ObservedCall {
  /** User part of the caller's address. */
  caller: string;
  typed: string;
  /** From the INFO that carries `#` to the first packet of a status prompt; undefined when none was heard. */
  answerLatencyMs: number | undefined;
  /** Packets heard of each prompt. */
  packets: Map<number, number>;
}

const RTP_HEADER_BYTES = 12;
const PACKET_MS = 20;
/** The first and the last packet may be part silence. */
const MIN_PART_HEARD = 0.85;

interface Observation extends ObservedCall {
  hashAtUs: number | undefined;
  /** Sequence numbers of its requests so far: one that comes again is a retransmission. */
  seen: Set<string>;
}

/** Sorts the datagrams of one step out by call. `sipPort` and `mediaPort` are Asterisk's and the caller's. */
export function observeCalls(datagrams: Datagram[], ports: { sip: number; media: number }): ObservedCall[] {
  const calls = new Map<string, Observation>();
  /** By Asterisk's RTP port: a port serves one call at a time. */
  const talking = new Map<number, Observation>();
  for (const datagram of datagrams) {
    if (datagram.destinationPort === ports.media) hear(talking.get(datagram.sourcePort), datagram);
    else if (datagram.destinationPort === ports.sip) noteRequest(calls, datagram);
    else if (datagram.sourcePort === ports.sip) noteAnswer(calls, talking, datagram);
  }
  return [...calls.values()];
}

/** True when the caller heard the status of the order typed, all of it, and nothing else but the question. */
export function isServed(call: ObservedCall, expected: ReadonlyMap<string, number>): boolean {
  const prompt = expected.get(call.typed);
  if (prompt === undefined || call.answerLatencyMs === undefined) return false;
  const others = [...call.packets.keys()].filter((heard) => heard !== prompt && heard !== ASK_PROMPT);
  return others.length === 0 && (call.packets.get(prompt) ?? 0) >= (STATUS_MS / PACKET_MS) * MIN_PART_HEARD;
}

function noteRequest(calls: Map<string, Observation>, { payload, atUs }: Datagram): void {
  const text = payload.toString('latin1');
  const id = callId(text);
  if (id === undefined) return;
  if (text.startsWith('INVITE ') && !calls.has(id)) {
    const caller = /^From:.*?sip:([^@>;]*)/im.exec(text)?.[1] ?? '';
    const nothingYet = {
      typed: '',
      answerLatencyMs: undefined,
      packets: new Map<number, number>(),
      hashAtUs: undefined,
    };
    calls.set(id, { ...nothingYet, caller, seen: new Set() });
  }
  const call = calls.get(id);
  const digit = text.startsWith('INFO ') ? /^Signal=(.)/m.exec(text)?.[1] : undefined;
  const sequence = /^CSeq: *(\d+)/im.exec(text)?.[1];
  if (call === undefined || digit === undefined || sequence === undefined || call.seen.has(sequence)) return;
  call.seen.add(sequence);
  if (digit === '#') call.hashAtUs ??= atUs;
  else call.typed += digit;
}

function noteAnswer(calls: Map<string, Observation>, talking: Map<number, Observation>, { payload }: Datagram): void {
  const text = payload.toString('latin1');
  if (!text.startsWith('SIP/2.0 200') || !/^CSeq: *\d+ INVITE/im.test(text)) return;
  const call = calls.get(callId(text) ?? '');
  const port = /^m=audio (\d+)/m.exec(text)?.[1];
  if (call !== undefined && port !== undefined) talking.set(Number(port), call);
}

function hear(call: Observation | undefined, { payload, atUs }: Datagram): void {
  if (call === undefined || payload.length <= RTP_HEADER_BYTES) return;
  const prompt = promptOfPacket(decodeG711(payload.subarray(RTP_HEADER_BYTES), 8));
  if (prompt === undefined) return;
  call.packets.set(prompt, (call.packets.get(prompt) ?? 0) + 1);
  if (prompt !== ASK_PROMPT && call.hashAtUs !== undefined) call.answerLatencyMs ??= (atUs - call.hashAtUs) / 1000;
}

function callId(text: string): string | undefined {
  return /^Call-ID: *(\S+)/im.exec(text)?.[1];
}
