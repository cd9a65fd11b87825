import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/ports.js';
import { Child } from '../../support/sip/child.js';
import { sippCsv, sippScenario } from '../../support/sip/sipp-scenario.js';

/** New callers a second. */
const PER_SECOND = 5;

const FIRST_CALLER = 200_000;

export interface Listeners {
  stop(): Promise<void>;
}

/** SIPp's callers, who say nothing and press nothing. What they are played goes to a process that throws it away. */
export async function startListeners(
  server: { host: string; port: number },
  {
    target,
    count,
    forMs,
    perSecond = PER_SECOND,
  }: { target: string; count: number; forMs: number; perSecond?: number },
): Promise<Listeners> {
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-bench-'));
  const sinkPort = await freePort();
  const sink = spawn(
    process.execPath,
    ['-e', `require('node:dgram').createSocket('udp4').bind(${sinkPort}, '127.0.0.1')`],
    { stdio: 'ignore' },
  );
  const script = [{ wait: forMs }, { hangUp: true as const }];
  const callers = Array.from({ length: count }, (_, caller) => ({
    caller,
    target,
    mediaHost: '127.0.0.1',
    mediaPort: sinkPort,
    from: `+420608${String(FIRST_CALLER + caller)}`,
  }));
  await writeFile(join(folder, 'scenario.xml'), sippScenario(script));
  await writeFile(join(folder, 'callers.csv'), sippCsv(script, callers));
  const settings = {
    sf: 'scenario.xml',
    inf: 'callers.csv',
    i: '127.0.0.1',
    p: await freePort(),
    m: count,
    r: perSecond,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`-${name}`, String(value)]);
  const sipp = Child.run('sipp', [`${server.host}:${server.port}`, ...args, '-nostdin', '-aa'], {
    cwd: folder,
    env: { ...process.env, TERM: 'dumb' },
  });
  return {
    async stop() {
      await sipp.stop();
      sink.kill();
      if (sink.exitCode === null && sink.signalCode === null) await once(sink, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
