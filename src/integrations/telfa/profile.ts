import { z } from 'zod';
import { controlProfile } from './control/profile.js';

/**
 * The parts of Telfa's hand-over that no public source defines, as data. The company can change them in its document (`profiles: { telfa: {
 * … } }`); docs/hand-over.md explains every setting.
 */
export const telfaProfile = z.strictObject({
  encoding: z.enum(['json', 'form']).default('json'),
  numbers: z.enum(['national', '00', 'e164']).default('national'),
  /** Sent as the number of an anonymous caller. */
  anonymous: z.string().max(40).default(''),
  /** Sends our own `call_id` and `step`. */
  identifiers: z.boolean().default(true),
  /** Keys that are echoed: of the last answer, or of all answers of the hand-over. */
  echo: z.enum(['last', 'sticky']).default('last'),
  /** Sends digits and transfer results in one request, or in every later request too. */
  results: z.enum(['once', 'sticky']).default('once'),
  after_play: z.enum(['callback', 'return']).default('callback'),
  hangup_means: z.enum(['hangup', 'return']).default('hangup'),
  menu_timeout_s: z.number().min(1).max(60).default(5),
  menu_max: z.number().int().min(1).max(64).default(20),
  /** Renamed fields and actions: `{ received_digits: digits }`. */
  rename: z.record(z.string(), z.string()).default({}),
  /** Renamed fields, events and results of webhooks: `{ hangup: call_ended, queue.id: queue_id }`. */
  webhook_rename: z.record(z.string(), z.string()).default({}),
  /** Fields omitted in webhooks: `[seq, queue.waiting]`. */
  webhook_drop: z.array(z.string()).default([]),
  webhook_encoding: z.enum(['json', 'form']).default('json'),
  /** The control API: docs/control-api.md. */
  control: controlProfile.default(() => controlProfile.parse({})),
});

export type TelfaProfile = z.output<typeof telfaProfile>;
