import { signal } from '@preact/signals';
import { api } from '../api/client.js';
import { texts } from '../audio/texts.js';
import { doLater } from '../ui/later.js';
import { showFailure, showProblem } from '../ui/toasts.js';
import { placesOf } from './places.js';
import type { Prompt } from './prompts.js';

/** Ids of prompts whose removal can still be undone. */
export const removing = signal<ReadonlySet<number>>(new Set());

/** Removes a prompt when it can no longer be undone: its id is never given again. */
export function removePrompt({ id, name }: Pick<Prompt, 'id' | 'name'>): void {
  removing.value = new Set(removing.value).add(id);
  const keep = () => (removing.value = new Set([...removing.value].filter((other) => other !== id)));
  const remove = async () => {
    const outcome = await api.delete('/api/v1/prompts/{id}', { path: { id } });
    if (outcome.ok || outcome.status === 404) return;
    const { used_in: usedIn } = (outcome.problem ?? {}) as { used_in?: { where: string }[] };
    if (usedIn === undefined) showFailure(outcome.status);
    else
      showProblem(
        texts.stillUsed(
          name,
          placesOf(usedIn)
            .map(({ text }) => text)
            .join(' · '),
        ),
      );
    keep();
  };
  doLater(texts.removed(name), () => void remove(), keep);
}
