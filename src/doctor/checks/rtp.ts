import { createSocket } from 'node:dgram';
import type { AsteriskProbe } from '../../asterisk/probe.js';
import { failed, ok, skipped, warning, type Finding } from '../finding.js';

/** A call of two parties needs four: RTP and RTCP for each. */
const PORTS_OF_A_CALL = 4;
const FEW_CALLS = 10;
const SAMPLES = 20;
/** Asterisk's defaults (rtp.conf). */
const DEFAULT_RANGE = { start: 5000, end: 31_000 };

/** The ports for audio: enough of them, and not taken by other programs. @param isLocal Asterisk runs on this machine */
export async function checkRtp(probe: AsteriskProbe, isLocal: boolean): Promise<Finding> {
  const general = (await probe.configuration('rtp.conf'))?.find(({ name }) => name === 'general');
  if (general === undefined) return skipped('Asterisk has no rtp.conf');
  const { start, end } = rangeOf(new Map(general.settings));
  const ports = end - start + 1;
  const value = `${start}-${end}/udp, ${Math.max(0, Math.floor(ports / PORTS_OF_A_CALL))} calls of two parties`;
  if (ports < FEW_CALLS * PORTS_OF_A_CALL) return failed(value, 'rtp_few');
  if (!isLocal) return ok(value);
  const taken = await takenOf(start, end);
  if (taken * 2 <= SAMPLES) return ok(value);
  return warning(`${value}; ${taken} of ${SAMPLES} tried ports are taken`, 'rtp_taken');
}

function rangeOf(settings: ReadonlyMap<string, string>): { start: number; end: number } {
  const read = (name: string, otherwise: number) => Number(settings.get(name) ?? otherwise);
  return { start: read('rtpstart', DEFAULT_RANGE.start), end: read('rtpend', DEFAULT_RANGE.end) };
}

async function takenOf(start: number, end: number): Promise<number> {
  const step = Math.max(1, Math.floor((end - start) / SAMPLES));
  const tried = Array.from({ length: SAMPLES }, (_, index) => start + index * step).filter((port) => port <= end);
  const free = await Promise.all(tried.map(isFree));
  return free.filter((one) => !one).length;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, () => {
      socket.close();
      resolve(true);
    });
  });
}
