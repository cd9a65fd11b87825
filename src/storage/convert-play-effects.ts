import { sql, type Kysely } from 'kysely';
import { z } from 'zod';

/** The three former effects for playback. */
const oldEffect = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('play'), prompts: z.array(z.number()) }),
  z.looseObject({ type: z.literal('say'), sound: z.string() }),
  z.looseObject({ type: z.literal('speak'), prompt: z.number().nullable(), sounds: z.array(z.string()) }),
]);

/** Rewrites the unacknowledged intents of the effects `play`, `say` and `speak` as the one effect `play`. */
export async function convertPlayEffects(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{
    flow_id: string;
    id: string;
    effect: string;
  }>`select flow_id, id, effect from intents where acked_at is null`.execute(db);
  for (const { flow_id, id, effect } of rows) {
    const found = oldEffect.safeParse(parsed(effect));
    if (!found.success) continue;
    const text = JSON.stringify(converted(found.data));
    await sql`update intents set effect = ${text} where flow_id = ${flow_id} and id = ${id}`.execute(db);
  }
}

function converted(old: z.output<typeof oldEffect>): object {
  switch (old.type) {
    case 'play': {
      const { prompts, ...rest } = old;
      return { ...rest, media: prompts.map((prompt) => ({ prompt })) };
    }
    case 'say': {
      const { sound, ...rest } = old;
      return { ...rest, type: 'play', media: [{ sound }] };
    }
    case 'speak': {
      const { prompt, sounds: names, ...rest } = old;
      const sounds = names.map((sound) => ({ sound }));
      const media = prompt === null ? sounds : [{ prompt }];
      const fallback = prompt === null || sounds.length === 0 ? {} : { fallback: sounds };
      return { ...rest, type: 'play', media, ...fallback, codec: '' };
    }
  }
}

/** An unreadable row is skipped: its flow fails when it is loaded. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
