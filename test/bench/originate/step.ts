import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestAsterisk } from '../../support/asterisk.js';
import { startCapture, type Datagram } from '../lib/capture.js';
import { cpuMsOfTree } from '../lib/cpu.js';
import type { Originator } from './originators.js';

export interface OriginateHarness {
  asterisk: TestAsterisk;
  farEndPort: number;
  folder: string;
  signal: AbortSignal;
}

export interface StepResult {
  name: string;
  perSecond: number;
  calls: number;
  /** Refused, never sent out, or not completed by both sides. */
  failed: number;
  /** From the request to its INVITE on the trunk, by one machine's clock; sorted. */
  inviteMs: number[];
  /** User and system time of Asterisk and the gateway. */
  cpuMs: number;
}

let lastNumber = 0;

/** Asks for calls evenly, so many a second, and looks at what goes out on the wire. */
export async function runStep(
  harness: OriginateHarness,
  by: Originator,
  perSecond: number,
  seconds: number,
): Promise<StepResult> {
  const { asterisk, farEndPort, folder, signal } = harness;
  const capture = await startCapture(join(folder, 'originate.pcap'), [farEndPort], signal);
  const before = cpuOf(asterisk, by);
  const askedAtUs = new Map<string, number>();
  const calls = perSecond * seconds;
  const startedAt = performance.now();
  const asking: Promise<void>[] = [];
  let refused = 0;
  for (let index = 0; index < calls; index += 1) {
    await delay(Math.max(0, startedAt + (index * 1000) / perSecond - performance.now()), undefined, { signal });
    lastNumber += 1;
    const number = `420777${String(lastNumber).padStart(6, '0')}`;
    askedAtUs.set(number, (performance.timeOrigin + performance.now()) * 1000);
    asking.push(
      by.ask(number).catch((error: unknown) => {
        refused += 1;
        if (refused === 1) console.error(String(error));
      }),
    );
  }
  await Promise.all(asking);
  await delay(by.lastsS * 1000, undefined, { signal });
  const after = cpuOf(asterisk, by);
  const { datagrams } = await capture.stop();
  const seen = observe(datagrams, farEndPort);
  const inviteMs = [...askedAtUs].flatMap(([number, atUs]) => {
    const call = seen.get(number);
    return call === undefined ? [] : [(call.invitedAtUs - atUs) / 1000];
  });
  const completed = [...seen.values()].filter(({ isOver }) => isOver).length;
  return {
    name: by.name,
    perSecond,
    calls,
    cpuMs: after - before,
    failed: Math.max(0, calls * by.legs - completed),
    inviteMs: inviteMs.sort((a, b) => a - b),
  };
}

interface SeenCall {
  invitedAtUs: number;
  /** Somebody has sent BYE. */
  isOver: boolean;
}

/** Calls on the trunk, by the number that was called. */
function observe(datagrams: readonly Datagram[], farEndPort: number): Map<string, SeenCall> {
  const seen = new Map<string, SeenCall>();
  const byCallId = new Map<string, SeenCall>();
  for (const { atUs, destinationPort, payload } of datagrams) {
    const text = payload.toString('latin1');
    const callId = /^Call-ID:\s*(\S+)/im.exec(text)?.[1] ?? '';
    const number = /^INVITE sip:\+?(\d+)@/.exec(text)?.[1];
    if (number !== undefined && destinationPort === farEndPort && !seen.has(number)) {
      const call = { invitedAtUs: atUs, isOver: false };
      seen.set(number, call);
      byCallId.set(callId, call);
    }
    const over = text.startsWith('BYE ') ? byCallId.get(callId) : undefined;
    if (over) over.isOver = true;
  }
  return seen;
}

function cpuOf(asterisk: TestAsterisk, { pid }: Originator): number {
  const own = asterisk.pid();
  if (own === undefined) throw new Error('Asterisk is down');
  return cpuMsOfTree(own) + (pid === undefined ? 0 : cpuMsOfTree(pid));
}
