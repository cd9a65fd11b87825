import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SIPp as a crowd of callers with a number each, who ask after an order. */

const DIGITS_TYPED = 4;
/** A caller gives up when nothing comes for so long. */
const PATIENCE_MS = 8000;
const SHUTDOWN_S = 12;

let lastCaller = 0;

export interface Crowd {
  extension: string;
  callsPerSecond: number;
  seconds: number;
  orders: readonly string[];
  ports: { sip: number; caller: number; media: number };
  folder: string;
  signal: AbortSignal;
}

/** Makes the calls and waits for the last of them. Returns how many there were; SIPp's own count of failures is part of it. */
export async function makeCalls(crowd: Crowd): Promise<{ made: number; failed: number }> {
  const scenario = join(crowd.folder, 'scenario.xml');
  const orders = join(crowd.folder, 'orders.csv');
  await writeFile(scenario, await scenarioText());
  const made = crowd.callsPerSecond * crowd.seconds;
  await writeFile(
    orders,
    ['SEQUENTIAL', ...Array.from({ length: made }, (_, call) => callerRow(crowd, call)), ''].join('\n'),
  );
  const statistics = join(crowd.folder, 'statistics.csv');
  const options = [
    ...[`127.0.0.1:${crowd.ports.sip}`, '-i', '127.0.0.1', '-p', String(crowd.ports.caller)],
    ...['-mp', String(crowd.ports.media), '-s', crowd.extension, '-sf', scenario, '-inf', orders],
    ...['-r', String(crowd.callsPerSecond), '-m', String(made), '-l', '100000', '-recv_timeout', String(PATIENCE_MS)],
    ...['-timeout', String(crowd.seconds + SHUTDOWN_S), '-trace_stat', '-stf', statistics, '-nostdin'],
  ];
  const sipp = spawn('sipp', options, { signal: crowd.signal });
  sipp.stdout.resume();
  let complaints = '';
  sipp.stderr.on('data', (text: Buffer) => (complaints += text.toString('utf8')));
  const [code] = (await once(sipp, 'exit')) as [number | null];
  const { ok, failed } = await counts(statistics);
  if (ok + failed === 0) throw new Error(`SIPp made no call (exit ${code}): ${complaints.slice(-2000)}`);
  return { made, failed: made - ok };
}

/** The digits of the order, and the number of the caller. */
function callerRow({ orders }: Crowd, call: number): string {
  lastCaller += 1;
  const order = orders[call % orders.length] ?? '';
  return [...order.split(''), `777${String(lastCaller).padStart(6, '0')}`].join(';');
}

async function scenarioText(): Promise<string> {
  const read = (file: string) => readFile(join(import.meta.dirname, file), 'utf8');
  const digit = await read('digit.xml');
  const signals = [...Array.from({ length: DIGITS_TYPED }, (_, index) => `[field${index}]`), '#'];
  const digits = signals.map((signal, index) => digit.replace('@DIGIT@', signal).replace('@CSEQ@', String(index + 2)));
  return (await read('scenario.xml')).replace('@DIGITS@', () => digits.join(''));
}

async function counts(statistics: string): Promise<{ ok: number; failed: number }> {
  const [head, ...rows] = (await readFile(statistics, 'utf8')).trim().split('\n');
  const last = (rows.at(-1) ?? '').split(';');
  const column = (name: string) => Number(last[(head ?? '').split(';').indexOf(name)] ?? 0);
  return { ok: column('SuccessfulCall(C)'), failed: column('FailedCall(C)') };
}
