import type { AsteriskOptions } from '../asterisk/asterisk-options.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';

const KEY = 'asterisk_started_at';

/** Stores the start time of the last connected Asterisk, to detect a restart while the gateway was down. */
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
        logger.warn({ err: error }, "Asterisk's start time was not stored"),
      ),
  };
}
