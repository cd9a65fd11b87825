import type { FieldSpec } from '../config/field-spec.js';

/** A queue of the company's document. */
export interface QueueItem {
  id: number;
  name: string;
  handsets?: string[];
  strategy?: string;
}

/** The groups of the form, in the order of a caller's way through the queue. */
export const queueGroups = {
  basics: [
    { path: 'name', kind: 'text', maxLength: 80 },
    { path: 'extension', kind: 'text', maxLength: 6 },
  ],
  members: [
    { path: 'handsets', kind: 'own' },
    {
      path: 'strategy',
      kind: 'radio',
      options: ['ringall', 'linear', 'rrmemory', 'leastrecent', 'fewestcalls', 'random'],
      fallback: 'ringall',
    },
    { path: 'ring_timeout', kind: 'duration', fallback: '20s' },
    { path: 'retry', kind: 'duration', fallback: '5s' },
    { path: 'wrap_up', kind: 'duration', fallback: '0s' },
    { path: 'starts_logged_out', kind: 'check' },
    { path: 'weight', kind: 'number', min: 0, max: 1000, fallback: 0 },
  ],
  waiting: [
    { path: 'music', kind: 'choice', of: 'music' },
    { path: 'join_prompt', kind: 'choice', of: 'prompt' },
    { path: 'announce', kind: 'switch', initial: {} },
    { path: 'announce.every', kind: 'duration', fallback: '60s' },
    { path: 'announce.position', kind: 'select', options: ['off', 'on', 'limit', 'more'], fallback: 'on' },
    { path: 'announce.position_limit', kind: 'number', min: 1, max: 999, fallback: 5 },
    { path: 'announce.hold_time', kind: 'select', options: ['off', 'on', 'once'], fallback: 'off' },
    { path: 'announce.thanks', kind: 'check' },
    { path: 'periodic', kind: 'switch', initial: { prompts: [], every: '60s' } },
    { path: 'periodic.prompts', kind: 'choices', of: 'prompt', isNumber: true },
    { path: 'periodic.every', kind: 'duration' },
    { path: 'periodic.first_after', kind: 'duration' },
    { path: 'language', kind: 'choice', of: 'language' },
  ],
  limits: [
    { path: 'join_when', kind: 'radio', options: ['always', 'registered', 'free'], fallback: 'registered' },
    { path: 'stay_when', kind: 'radio', options: ['always', 'registered'], fallback: 'registered' },
    { path: 'max_wait', kind: 'duration', fallback: '600s' },
    { path: 'max_length', kind: 'number', min: 0, max: 10_000, fallback: 0 },
  ],
  talk: [{ path: 'record', kind: 'own', inside: [{ path: 'announce', kind: 'own' }] }],
} as const satisfies Record<string, readonly FieldSpec[]>;

export type QueueGroup = keyof typeof queueGroups;

/** The number of a queue is its key: only a new one has a choice. */
export const queueId: FieldSpec = { path: 'id', kind: 'number', min: 1 };

/** Every field of a queue. */
export const queueFields: readonly FieldSpec[] = [queueId, ...Object.values(queueGroups).flat()];
