import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** SIPp at the other end of the trunk: everybody who is called answers at once, and waits to be hung up on. */
export async function startAnswering(
  port: number,
  signal: AbortSignal,
): Promise<{ port: number; stop(): Promise<void> }> {
  const options = ['-sn', 'uas', '-i', '127.0.0.1', '-p', String(port), '-nostdin', '-aa'];
  const sipp = spawn('sipp', options, { signal, stdio: 'ignore' });
  // It is ended by us.
  sipp.on('error', () => undefined);
  await once(sipp, 'spawn');
  return {
    port,
    async stop() {
      if (sipp.exitCode !== null || sipp.signalCode !== null) return;
      const exited = once(sipp, 'exit');
      sipp.kill('SIGKILL');
      await exited;
    },
  };
}
