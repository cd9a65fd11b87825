import { z } from 'zod';
import { controlProfile } from './control/profile.js';

/**
 * Everything about Telfa's hand-over that no public source settles, as data: the company changes it in its YAML
 * (`profiles: { telfa: { … } }`) without a release. What each word does: docs/hand-over.md.
 */
export const telfaProfile = z.strictObject({
  encoding: z.enum(['json', 'form']).default('json'),
  numbers: z.enum(['national', '00', 'e164']).default('national'),
  /** What an anonymous caller's number is sent as. */
  anonymous: z.string().max(40).default(''),
  /** Our own `call_id` and `step`. */
  identifiers: z.boolean().default(true),
  /** Which of the shop's own keys are echoed: of its last answer, or of all answers of this hand-over. */
  echo: z.enum(['last', 'sticky']).default('last'),
  /** Whether digits and transfer results are sent in one request, or in every later request as well. */
  results: z.enum(['once', 'sticky']).default('once'),
  after_play: z.enum(['callback', 'return']).default('callback'),
  hangup_means: z.enum(['hangup', 'return']).default('hangup'),
  menu_timeout_s: z.number().min(1).max(60).default(5),
  menu_max: z.number().int().min(1).max(64).default(20),
  /** Other names for fields and actions: `{ received_digits: digits }`. */
  rename: z.record(z.string(), z.string()).default({}),
  /** Other names for fields, events and results of webhooks: `{ hangup: call_ended, queue.id: queue_id }`. */
  webhook_rename: z.record(z.string(), z.string()).default({}),
  /** Fields that webhooks are sent without: `[seq, queue.waiting]`. */
  webhook_drop: z.array(z.string()).default([]),
  webhook_encoding: z.enum(['json', 'form']).default('json'),
  /** The control API: docs/control-api.md. */
  control: controlProfile.default(() => controlProfile.parse({})),
});

export type TelfaProfile = z.output<typeof telfaProfile>;
