import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Child } from './child.js';

const register = (cseq: number, more = '') => `  <send>
    <![CDATA[
REGISTER sip:127.0.0.1 SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]
From: <sip:[service]@127.0.0.1>;tag=[call_number]
To: <sip:[service]@127.0.0.1>
Call-ID: [call_id]
CSeq: ${cseq} REGISTER
Contact: <sip:[service]@[local_ip]:[local_port]>
${more}Max-Forwards: 70
Content-Length: 0

    ]]>
  </send>`;

/** Registers with a wrong password: answers the challenge when it receives one, and logs the last status. */
const SCENARIO = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="guess">
${register(1)}
  <recv response="401" auth="true" optional="true" next="answer" />
  <recv response="403"><action><log message="first 403" /></action></recv>
  <nop next="end" />
  <label id="answer" />
${register(2, '[authentication username=a1 password=wrong]\n')}
  <recv response="401" optional="true" next="refused" />
  <recv response="403"><action><log message="second 403" /></action></recv>
  <nop next="end" />
  <label id="refused" />
  <nop><action><log message="second 401" /></action></nop>
  <label id="end" />
</scenario>
`;

/** Guesses a handset's password with SIPp from one address. @returns how often a guess was checked, and how often it was refused unseen */
export async function guessWithSipp(options: {
  server: { host: string; port: number };
  from: string;
  account: string;
  times: number;
  perSecond: number;
  transport: 'udp' | 'tcp';
}): Promise<{ checked: number; banned: number }> {
  const { server, from, account, times, perSecond, transport } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'sipp-'));
  try {
    await writeFile(path.join(folder, 'scenario.xml'), SCENARIO);
    const settings = {
      sf: 'scenario.xml',
      i: from,
      s: account,
      m: times,
      r: perSecond,
      t: transport === 'udp' ? 'u1' : 't1',
    };
    const more = { timeout: '60s', recv_timeout: 20_000, log_file: 'guesses.log' };
    const args = Object.entries({ ...settings, ...more }).flatMap(([name, value]) => [`-${name}`, String(value)]);
    const sipp = Child.run('sipp', [`${server.host}:${server.port}`, ...args, '-nostdin', '-trace_logs'], {
      cwd: folder,
      env: { ...process.env, TERM: 'dumb' },
    });
    await sipp.exited;
    const log = await readFile(path.join(folder, 'guesses.log'), 'utf8').catch(() => sipp.output);
    const count = (what: RegExp) => [...log.matchAll(what)].length;
    return { checked: count(/second 401/g), banned: count(/403/g) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
