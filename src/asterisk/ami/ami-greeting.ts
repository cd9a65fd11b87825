import { connect } from 'node:net';
import type { AmiAddress } from './ami-address.js';
import { deadline } from '../link.js';
import type { LinkContext } from '../link.js';

/** Whether Asterisk greets a new AMI connection within `timing.connectMs`. Needs no login; never rejects. */
export function receivesGreeting(
  { host, port }: Pick<AmiAddress, 'host' | 'port'>,
  { clock, timing }: LinkContext,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (greeted: boolean) => {
      disarm();
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(greeted);
    };
    const stop = () => settle(false);
    const disarm = deadline(clock, timing.connectMs, stop);
    signal.addEventListener('abort', stop);
    socket.on('error', stop);
    socket.on('close', stop);
    socket.once('data', () => settle(true));
  });
}
