import { sql, type Kysely } from 'kysely';

/** Calls filled in one statement. */
const SLICE = 5_000;

/**
 * Adds what a search of calls needs: the digits of the outside party, the order, and whether there is a recording. One index holds every
 * column that a search can name, so that no combination of conditions reads the table for a call that is not found.
 */
export async function addCallSearchColumns(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db);
  await run("alter table calls add column number text not null default ''");
  await run('alter table calls add column order_id text');
  await run('alter table calls add column recorded integer not null default 0');
  await inSlices(db, fill);
  await run('drop index calls_by_time');
  await run(`create index calls_by_time on calls (started_at, id, number, order_id, direction, line, over, outcome, queue, agent_kind, agent,
    waited_ms, recorded)`);
  await run('create index calls_by_number on calls (number, started_at, id)');
  await run('create index calls_by_order on calls (order_id, started_at, id) where order_id is not null');
  await run(`create trigger recordings_stored after insert on recordings begin
    update calls set recorded = ${isRecorded('new.call_id')} where id = new.call_id; end`);
  await run(`create trigger recordings_changed after update of deleted_at on recordings begin
    update calls set recorded = ${isRecorded('new.call_id')} where id = new.call_id; end`);
}

function isRecorded(callId: string): string {
  return `exists (select 1 from recordings where call_id = ${callId} and deleted_at is null)`;
}

async function inSlices(
  db: Kysely<unknown>,
  work: (db: Kysely<unknown>, first: string, last: string) => Promise<void>,
): Promise<void> {
  for (let after = ''; ;) {
    const { rows } = await sql<{ first: string | null; last: string | null }>`
      select min(id) as first, max(id) as last from (select id from calls where id > ${after} order by id limit ${SLICE})`.execute(
      db,
    );
    const [{ first, last } = { first: null, last: null }] = rows;
    if (first === null || last === null) return;
    await work(db, first, last);
    after = last;
  }
}

/** An unreadable summary or state leaves the columns empty. */
async function fill(db: Kysely<unknown>, first: string, last: string): Promise<void> {
  await sql`
    update calls set
      number = coalesce(iif(flow.caller glob '[+0-9]*' and ltrim(flow.caller, '+') not glob '*[^0-9]*', ltrim(flow.caller, '+'), ''), ''),
      order_id = flow.order_id,
      recorded = exists (select 1 from recordings where call_id = calls.id and deleted_at is null)
    from (
      select id, iif(json_valid(summary), summary ->> 'caller', '') as caller,
        case when not json_valid(state) then null when kind = 'bridge' then state ->> '$.standing.orderId' else state ->> '$.about.order' end
          as order_id
      from flows where id between ${first} and ${last}
    ) as flow
    where calls.id = flow.id`.execute(db);
}
