import { gradeOf, ratingOf, type CallGrade, type Transport } from '../../../lib/call-quality.js';

/** How well both sides hear each other, as far as this browser's network is concerned. */
export interface SoundQuality {
  grade: CallGrade;
  /** Of the worse direction. */
  trouble: 'loss' | 'delay';
  /** What this browser hears. */
  heard: Transport;
  /** What it says, as Asterisk reports it; undefined before the first report. */
  said: Transport | undefined;
}

/** Counters since the beginning of the talk. */
export interface SoundCounters {
  received: number;
  lost: number;
  jitterMs: number;
  /** Asterisk's latest report about what this browser sends. */
  reported: { lostShare: number; jitterMs: number; roundTripMs: number | undefined } | undefined;
}

const WINDOW_MS = 5_000;
/** Fewer packets in a window (half a second) say nothing: the other side is silent, or the call is on hold. */
const LEAST_PACKETS = 25;
/** As much loss alone makes a call no longer good. */
const NOTICED_LOSS = 0.02;

/** The quality between two readings; undefined when hardly any sound arrived. */
export function qualityBetween(before: SoundCounters, now: SoundCounters): SoundQuality | undefined {
  const [received, lost] = [now.received - before.received, Math.max(0, now.lost - before.lost)];
  if (received + lost < LEAST_PACKETS) return undefined;
  const roundTripMs = now.reported?.roundTripMs;
  const heard: Transport = { lostShare: lost / (received + lost), jitterMs: now.jitterMs, roundTripMs };
  const said = now.reported && { ...now.reported, roundTripMs };
  const worse = said !== undefined && ratingOf(said) < ratingOf(heard) ? said : heard;
  return {
    grade: gradeOf(ratingOf(worse)),
    trouble: worse.lostShare >= NOTICED_LOSS ? 'loss' : 'delay',
    heard,
    said,
  };
}

/** Reports the quality of a connection every five seconds until it is closed, then undefined. */
export function watchSound(connection: RTCPeerConnection, report: (quality: SoundQuality | undefined) => void): void {
  let before: SoundCounters | undefined;
  const timer = setInterval(() => {
    if (connection.signalingState === 'closed') {
      clearInterval(timer);
      report(undefined);
      return;
    }
    void readCounters(connection).then((now) => {
      if (now !== undefined && before !== undefined) report(qualityBetween(before, now));
      before = now;
    });
  }, WINDOW_MS);
}

/** The statistics of W3C webrtc-stats that are read. Times in seconds. */
interface Stat {
  type: string;
  kind?: string;
  packetsReceived?: number;
  packetsLost?: number;
  jitter?: number;
  fractionLost?: number;
  roundTripTime?: number;
}

async function readCounters(connection: RTCPeerConnection): Promise<SoundCounters | undefined> {
  const stats = [...((await connection.getStats()) as unknown as Map<string, Stat>).values()];
  const find = (type: string) => stats.find((stat) => stat.type === type && stat.kind === 'audio');
  const [inbound, reported] = [find('inbound-rtp'), find('remote-inbound-rtp')];
  if (inbound === undefined) return undefined;
  return {
    received: inbound.packetsReceived ?? 0,
    lost: inbound.packetsLost ?? 0,
    jitterMs: inMs(inbound.jitter ?? 0),
    reported: reported && {
      lostShare: reported.fractionLost ?? 0,
      jitterMs: inMs(reported.jitter ?? 0),
      roundTripMs: reported.roundTripTime === undefined ? undefined : inMs(reported.roundTripTime),
    },
  };
}

function inMs(seconds: number): number {
  return seconds * 1000;
}
