import { z } from 'zod';
import { json } from '../http/answer.js';
import { partAnswer } from '../http/bytes.js';
import { conflict, notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { StoredBackup } from './backup-folder.js';
import type { Backups, RunningBackup } from './backups.js';

const instant = z.iso.datetime();

const backupAnswer = z.object({
  name: z.string().meta({ examples: ['cordboard-20261129T023000Z.tar.gz'] }),
  created_at: instant.describe('When it was begun; what came later is not in it'),
  bytes: z.number(),
  encrypted: z.boolean(),
});

const runningAnswer = z.object({
  name: z.string(),
  started_at: instant,
  step: z.enum(['database', 'files']).describe('`database`: it is copied. `files`: the archive is written'),
  done_bytes: z.number().describe('Of this step'),
  total_bytes: z.number(),
});

const listAnswer = z.object({
  backups: z.array(backupAnswer),
  running: runningAnswer.nullable(),
  last_success: z
    .object({ name: z.string(), at: instant, bytes: z.number(), duration_ms: z.number() })
    .nullable()
    .describe('Of any time; the file may have been removed meanwhile'),
  last_failure: z
    .object({ at: instant, fault: z.string().meta({ examples: ['no_space'] }), message: z.string() })
    .nullable()
    .describe('null when the last backup succeeded'),
  schedule: z
    .object({
      at: z
        .string()
        .describe("On the company's clock")
        .meta({ examples: ['03:30'] }),
    })
    .nullable()
    .describe('null: no backups are made by themselves (BACKUP_AT)'),
  keep: z.number().int().describe('How many are kept'),
  encrypted: z.boolean().describe('Whether backups are encrypted (BACKUP_PASSPHRASE_FILE, BACKUP_RECIPIENT)'),
});

const params = z.object({ name: z.string().max(100) });

/** `/api/v1/backups`: makes, lists and downloads backups. */
export function backupRoutes({ backups, recordOnce }: { backups: Backups; recordOnce: RecordAction }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/backups',
      scope: 'backups:make',
      summary: 'Lists the backups, newest first, with the progress of a running one',
      answers: { 200: { description: 'The backups', schema: listAnswer } },
      async handle() {
        const { history, running, settings } = backups;
        return json({
          backups: (await backups.list()).map(presentBackup),
          running: running === undefined ? null : presentRunning(running),
          last_success:
            history.success === undefined
              ? null
              : { ...history.success, at: new Date(history.success.at).toISOString() },
          last_failure:
            history.failure === undefined
              ? null
              : { ...history.failure, at: new Date(history.failure.at).toISOString() },
          schedule: settings.at === undefined ? null : { at: settings.at },
          keep: settings.keep,
          encrypted: settings.encryption !== undefined,
        } satisfies z.output<typeof listAnswer>);
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/backups',
      scope: 'backups:make',
      summary: 'Begins a backup; calls continue. Its progress is in the list',
      answers: {
        202: { description: 'The backup is being made', schema: runningAnswer },
        409: {
          description: 'Another backup is being made, or the database is in PostgreSQL and backed up with pg_dump',
        },
      },
      handle() {
        if (backups.refusal !== undefined) throw conflict(backups.refusal);
        const begun = backups.begin();
        if (begun === undefined) throw conflict('a backup is being made: wait until it is finished');
        return json(presentRunning(begun), 202);
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/backups/:name',
      scope: 'backups:make',
      summary:
        "Downloads a backup; supports ranges. It holds the installation's secrets, recordings and people's numbers",
      params,
      answers: {
        200: {
          description: 'A tar archive, compressed with gzip, encrypted with age if its name ends with .age',
          type: 'application/octet-stream',
        },
      },
      async handle({ params: { name }, headers }) {
        const found = await backups.find(name);
        if (found === undefined) throw notFound('there is no such backup');
        await recordOnce({ action: 'backup_downloaded', subject: name });
        const about = {
          contentType: 'application/octet-stream',
          etag: `"${name}-${found.bytes}"`,
          cacheControl: 'private, no-store',
          disposition: `attachment; filename="${name}"`,
        };
        return partAnswer(
          { bytes: found.bytes, read: (first, last) => backups.read(name, first, last) },
          about,
          headers,
        );
      },
    }),
  ];
}

function presentBackup({ name, createdAt, bytes, encrypted }: StoredBackup): z.output<typeof backupAnswer> {
  return { name, created_at: new Date(createdAt).toISOString(), bytes, encrypted };
}

function presentRunning({ name, startedAt, progress }: RunningBackup): z.output<typeof runningAnswer> {
  const { step, done, total } = progress ?? { step: 'database' as const, done: 0, total: 0 };
  return { name, started_at: new Date(startedAt).toISOString(), step, done_bytes: done, total_bytes: total };
}
