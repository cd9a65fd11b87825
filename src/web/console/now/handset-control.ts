import { api } from '../api/client.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';

type Command = 'log-in' | 'log-out' | 'pause' | 'unpause';

/** The command that takes another one back. */
const INVERSE: Record<Command, Command> = {
  'log-in': 'log-out',
  'log-out': 'log-in',
  pause: 'unpause',
  unpause: 'pause',
};

const DONE: Record<Command, (who: string) => string> = {
  'log-in': texts.isLoggedIn,
  'log-out': texts.isLoggedOut,
  pause: texts.isPaused,
  unpause: texts.isUnpaused,
};

/** Sends a command for a handset. Its result appears with the next change of the live state. @returns whether it was accepted */
export async function sendCommand(handset: string, command: Command, reason = ''): Promise<boolean> {
  const outcome =
    command === 'pause'
      ? await api.post('/api/v1/handsets/{name}/pause', { path: { name: handset }, body: { reason } })
      : await api.post(`/api/v1/handsets/{name}/${command}`, { path: { name: handset }, body: {} });
  if (!outcome.ok) showFailure(outcome.status);
  return outcome.ok;
}

/** The same for somebody else's handset, with a toast to undo it. @param who the name that is shown */
export async function commandFor(handset: string, who: string, command: Command, reason?: string): Promise<void> {
  if (await sendCommand(handset, command, reason))
    showDone(DONE[command](who), () => void sendCommand(handset, INVERSE[command]));
}
