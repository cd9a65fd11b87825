import type { SetupAnswers, SetupMade } from '../../../company/setup-progress.js';
import type { Section } from '../../../company/store/items.js';
import { keysOf, SOUNDS, type WholeMade } from './company.js';

/** Names of the items that the set-up makes, if nothing else has them. */
const NAMES = { test_handset: 'browser-test', part: 'main-menu' } as const;

/** Chooses keys of new items that the document does not have yet; those that were chosen before stay. */
export function withKeys(made: SetupMade, document: Record<string, unknown>, answers: SetupAnswers): WholeMade {
  const testHandset = made.test_handset ?? freeName(document, 'handsets', NAMES.test_handset);
  const handset = made.handset ?? freeName(document, 'handsets', answers.answered_by === 'phone' ? 'phone' : 'browser');
  return {
    prompts: made.prompts,
    queue: made.queue ?? 1 + Math.max(0, ...keysOf(document, 'queues').map(Number)),
    handset,
    test_handset: testHandset,
    part: made.part ?? freeName(document, 'parts', NAMES.part),
  };
}

interface KnownPrompt {
  id: number;
  sound: string | null;
  audio: { source: 'own' | 'shipped' }[];
}

/** A prompt that plays this shipped sound and nothing else; undefined when there is none. */
export function promptWithSound(prompts: readonly KnownPrompt[], purpose: keyof typeof SOUNDS): number | undefined {
  return prompts.find(({ sound, audio }) => sound === SOUNDS[purpose] && audio.every(({ source }) => source !== 'own'))
    ?.id;
}

function freeName(document: Record<string, unknown>, section: Section, wanted: string): string {
  const taken = new Set(keysOf(document, section));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
