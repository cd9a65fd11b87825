import { fileExists } from '../../lib/file-exists.js';
import type { AsteriskProbe } from '../../asterisk/probe.js';
import { failed, joined, ok, skipped, warning, type Finding } from '../finding.js';

/** Call times of Asterisk and of the gateway are compared: reports and time-outs are wrong by this much. */
const WRONG_MS = 2_000;
const VERY_WRONG_MS = 30_000;

/** Files that exist while a time service keeps the clock: systemd-timesyncd, chrony, ntpd. */
const TIME_SERVICES = ['/run/systemd/timesync/synchronized', '/run/chrony/chronyd.pid', '/run/ntpd.pid'];

/** The gateway's clock against Asterisk's, and whether a time service keeps it. */
export async function checkClock(probe: AsteriskProbe): Promise<Finding> {
  const { offsetMs, exactToMs } = await probe.clockOffset();
  return joined([judgeOffset(offsetMs, exactToMs), await timeService()]);
}

function judgeOffset(offsetMs: number, exactToMs: number): Finding {
  const off = Math.abs(offsetMs) - exactToMs;
  const value = `Asterisk's clock is ${Math.round(offsetMs)} ms off (exact to ${Math.ceil(exactToMs)} ms)`;
  if (off > VERY_WRONG_MS) return failed(value, 'clock_differs');
  return off > WRONG_MS ? warning(value, 'clock_differs') : ok(value);
}

async function timeService(): Promise<Finding> {
  for (const file of TIME_SERVICES) {
    if (await fileExists(file)) return ok('a time service keeps the clock');
  }
  // In a container it runs outside: that is no fault.
  return skipped('no time service is seen from here');
}
