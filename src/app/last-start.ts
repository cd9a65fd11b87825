import type { AsteriskOptions } from '../asterisk/asterisk-options.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';

const KEY = 'asterisk_started_at';

/** Keeps the start of the Asterisk that we were last connected to: both may have ended together. */
export async function lastStartOf(db: Database, logger: Logger): Promise<NonNullable<AsteriskOptions['lastStart']>> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst();
  const save = async (value: string) => {
    await db
      .insertInto('meta')
      .values({ key: KEY, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  };
  return {
    known: row?.value ?? '',
    changed: (startedAt) =>
      void save(startedAt).catch((error: unknown) =>
        logger.warn({ err: error }, 'the start of Asterisk was not stored'),
      ),
  };
}
