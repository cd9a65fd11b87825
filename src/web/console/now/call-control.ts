import { api } from '../api/client.js';
import { can, session } from '../session.js';
import { doLater, UNDO_END_MS } from '../ui/later.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';

export type SupervisionMode = 'listen' | 'whisper' | 'barge';
export type Target = { handset: string } | { queue: number } | { line: string } | { prompt: number };

const SUPERVISION_TEXTS = { listen: texts.listening, whisper: texts.whispering, barge: texts.barging };

/** Whether the visitor can take part in calls: on their own handset. */
export const maySupervise = can('calls:listen') && session.handset !== null;

/** Rings the visitor's handset, or changes the mode if they take part already. @param who the name that is shown */
export async function supervise(call: string, who: string, mode: SupervisionMode): Promise<void> {
  if (session.handset === null) return;
  const body = { handset: session.handset, mode };
  const outcome = await api.post('/api/v1/calls/{id}/listen', { path: { id: call }, body });
  if (outcome.ok) showDone(SUPERVISION_TEXTS[mode](who));
  else showFailure(outcome.status);
}

/** Moves a waiting caller, with a toast to move them back. @param from the present position */
export async function moveCaller(call: string, who: string, from: number, to: number): Promise<void> {
  if (await sendMove(call, to)) showDone(texts.moved(who, to), () => void sendMove(call, from));
}

async function sendMove(call: string, position: number): Promise<boolean> {
  const outcome = await api.post('/api/v1/calls/{id}/move', { path: { id: call }, body: { position } });
  if (!outcome.ok) showFailure(outcome.status);
  return outcome.ok;
}

/** Transfers the caller, or plays the prompt and hangs up, in three seconds, unless it is undone. @param where its name */
export function transfer(call: string, who: string, to: Target, where: string): void {
  const path = { id: call };
  runLater('prompt' in to ? texts.endingWith(who, where) : texts.transferring(who, where), () =>
    'prompt' in to
      ? api.post('/api/v1/calls/{id}/interrupt', { path, body: to })
      : api.post('/api/v1/calls/{id}/transfer', { path, body: to }),
  );
}

/** Hangs up in three seconds, unless it is undone. */
export function hangUp(call: string, who: string): void {
  runLater(texts.hangingUp(who), () => api.post('/api/v1/calls/{id}/hangup', { path: { id: call } }));
}

function runLater(text: string, send: () => Promise<{ ok: boolean; status?: number }>): void {
  const start = () =>
    void send().then(({ ok, status = 0 }) => {
      if (!ok) showFailure(status);
    });
  doLater(text, start, () => undefined, UNDO_END_MS);
}
