import { compact } from '../lib/compact.js';
import { sql, type Kysely } from 'kysely';

/** Rows rewritten at once; a state has some kilobytes. */
const SLICE = 200;

type Json = Record<string, unknown>;

/** Renames fields in the stored states of running calls. An unreadable state is left unchanged. */
export async function renameCallStates(db: Kysely<unknown>): Promise<void> {
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string; state: string }>`
      select id, state from flows where over = 0 and kind = 'plan' and id > ${after} order by id limit ${SLICE}`.execute(
      db,
    );
    for (const { id, state } of rows) {
      const renamed = renamedState(state);
      if (renamed !== undefined) await sql`update flows set state = ${renamed} where id = ${id}`.execute(db);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return;
    after = last.id;
  }
}

function renamedState(stored: string): string | undefined {
  let state: unknown;
  try {
    state = JSON.parse(stored);
  } catch {
    return undefined;
  }
  return isObject(state) ? JSON.stringify(renamed(state)) : undefined;
}

const STATE_FIELDS: Record<string, string> = {
  order: 'pendingRedirect',
  ordered: 'overridePlan',
  frames: 'callStack',
  told: 'eventSeq',
  asides: 'overlays',
};

const OVERLAY_TYPES: Record<string, string> = { insert: 'injection', listener: 'supervisor' };

function renamed(state: Json): Json {
  const { action, overlays, ...rest } = withFields(state, STATE_FIELDS);
  return compact({
    ...rest,
    action: isObject(action) ? renamedAction(action) : action,
    overlays: Array.isArray(overlays) ? overlays.map(renamedOverlay) : overlays,
  });
}

function renamedAction(action: Json): Json {
  const { doing, ...rest } = withFields(action, { on: 'type' });
  return compact({ ...rest, doing: isObject(doing) ? withFields(doing, { what: 'type' }) : doing });
}

function renamedOverlay(overlay: unknown): unknown {
  if (!isObject(overlay)) return overlay;
  const { type, ...rest } = withFields(overlay, { what: 'type' });
  return { type: OVERLAY_TYPES[String(type)] ?? type, ...rest };
}

function withFields(value: Json, names: Record<string, string>): Json {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [names[name] ?? name, field]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
