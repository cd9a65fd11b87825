import { sql, type Kysely } from 'kysely';

/** Notifications of a restored data folder that wait for a decision. */
export async function addHeldNotifications(db: Kysely<unknown>): Promise<void> {
  await sql`alter table notifications add column held_since integer`.execute(db);
  await sql`create index notifications_held on notifications (id) where state = 'waiting' and held_since is not null`.execute(
    db,
  );
}
