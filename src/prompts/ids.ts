import type { Kysely } from 'kysely';
import type { Database } from '../storage/database.js';
import type { Tables } from '../storage/schema.js';

const KEY = 'highest_prompt_id';

/** The next prompt id: above every id that was given out or noted before, and above `atLeast`. */
export async function reservePromptId(db: Database, atLeast: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const id = Math.max(await highest(tx), atLeast) + 1;
    await store(tx, id);
    return id;
  });
}

/**
 * Notes ids that prompts have, so that they are not given out again once those prompts are gone. For whoever adds
 * prompts under ids of the company's own choice, inside the same transaction.
 */
export async function notePromptIds(tx: Kysely<Tables>, ids: number[]): Promise<void> {
  const most = Math.max(0, ...ids);
  if (most > (await highest(tx))) await store(tx, most);
}

async function highest(tx: Kysely<Tables>): Promise<number> {
  const row = await tx.selectFrom('meta').where('key', '=', KEY).select('value').executeTakeFirst();
  return Number(row?.value ?? 0);
}

async function store(tx: Kysely<Tables>, id: number): Promise<void> {
  await tx
    .insertInto('meta')
    .values({ key: KEY, value: String(id) })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(id) }))
    .execute();
}
