import { z } from 'zod';
import { json } from '../http/answer.js';
import { runChecks, type HealthCheck } from '../http/health.js';
import { responseInstant } from '../http/instant.js';
import { route, type Route } from '../http/route.js';
import { version } from '../lib/version.js';
import type { SipServer } from '../directory/phone-encryption.js';
import type { BackupHistory } from '../backups/backups.js';
import { presentTrunk, trunkStateSchema } from '../directory/trunk-routes.js';
import type { TrunkState } from '../directory/trunk-states.js';
import type { TrunkEndpointState } from './readiness.js';
import { remedyCodeOf, remedyCodes } from './remedies.js';
import { diskSpace } from '../lib/disk-space.js';

const systemAnswer = z.object({
  status: z.enum(['ready', 'degraded', 'not ready']).describe('As of /readyz'),
  version: z.string().describe('Of the gateway'),
  node_version: z.string().meta({ examples: ['v22.23.0'] }),
  addresses: z
    .object({
      outside_url: z.string().describe('Of the gateway, for browsers and other systems'),
      listens_at: z.string().meta({ examples: ['127.0.0.1:8080'] }),
      sip: z
        .object({ server: z.string(), port: z.number().int(), tls_port: z.number().int().nullable() })
        .describe('Where telephones register; `tls_port`: null when Asterisk serves no SIP over TLS'),
    })
    .describe('As the environment sets them'),
  database: z.object({ bytes: z.number().describe('Size of its file') }),
  prompts_missing: z
    .array(z.object({ id: z.number().int(), name: z.string(), languages: z.array(z.string()) }))
    .describe(
      'Used prompts without audio in the first language of the company, with all languages that lack it: callers hear another language, or nothing',
    ),
  asterisk: z.object({
    connected: z.boolean(),
    version: z
      .string()
      .nullable()
      .describe('null before the first connect')
      .meta({ examples: ['22.10.1'] }),
  }),
  trunk: z
    .object({
      endpoint: z.string(),
      state: z.enum(['online', 'offline', 'unknown']).describe('unknown: Asterisk has no such endpoint'),
      registrations: z
        .array(z.string())
        .describe('With the provider, as Asterisk reports them; empty when the trunk does not register')
        .meta({ examples: [['Registered']] }),
    })
    .nullable()
    .describe('TRUNK_ENDPOINT; null when Asterisk cannot be asked, and when the company has trunks'),
  trunks: z.array(trunkStateSchema).describe('As /api/v1/trunks'),
  backup: z
    .object({
      last_at: z.iso.datetime().nullable().describe('When the last successful backup was begun; null before the first'),
      last_bytes: z.number().nullable(),
      failure: z.string().nullable().describe('Why the last backup failed; null when it succeeded'),
      at: z
        .string()
        .nullable()
        .describe('Time of the daily backup; null: none')
        .meta({ examples: ['03:30'] }),
    })
    .describe('Of /api/v1/backups'),
  certificates: z
    .array(z.object({ service: z.enum(['https', 'sip']), expires_at: responseInstant }))
    .describe('In use by the gateway (`https`) and by Asterisk (`sip`), with TLS_DIR'),
  disk: z.object({ free_bytes: z.number(), total_bytes: z.number() }).describe('Of the data folder'),
  checks: z.array(
    z.object({
      check: z.string().meta({ examples: ['trunk'] }),
      ok: z.boolean(),
      blocking: z.boolean().describe('Calls cannot work'),
      problem: z.string().nullable().describe('In English'),
      remedy: z.string().nullable().describe('In English'),
      remedy_code: z
        .enum(remedyCodes)
        .nullable()
        .describe('For a translation of the remedy; null when none is known')
        .meta({ examples: ['trunk_not_registered'] }),
    }),
  ),
});

interface SystemRoutesOptions {
  asterisk: { readonly usable: boolean; readonly version: string };
  trunk: () => Promise<TrunkEndpointState | undefined>;
  trunks: () => Promise<TrunkState[]>;
  checks: Record<string, HealthCheck>;
  warnings: Record<string, HealthCheck>;
  dataDir: string;
  databaseSize: () => Promise<number>;
  certificates: () => { service: 'https' | 'sip'; expiresAt: number }[];
  backups: { readonly history: BackupHistory; readonly settings: { at: string | undefined } };
  http: { host: string; port: number; outsideUrl: string };
  sip: SipServer;
  /** As `prompts_missing`. */
  promptsMissing: () => Promise<{ id: number; name: string; languages: string[] }[]>;
}

/** `/api/v1/system`. */
export function systemRoutes(options: SystemRoutesOptions): Route[] {
  const {
    asterisk,
    trunk,
    trunks,
    checks,
    warnings,
    dataDir,
    databaseSize,
    backups,
    certificates,
    http,
    sip,
    promptsMissing,
  } = options;
  return [
    route({
      method: 'GET',
      path: '/api/v1/system',
      scope: 'metrics:read',
      summary: 'State of the gateway, Asterisk, the trunk and the disk, with a remedy for each problem',
      answers: { 200: { description: 'The state', schema: systemAnswer } },
      async handle() {
        const sipAddress = { server: sip.server, port: sip.port, tls_port: sip.tlsPort ?? null };
        const [{ status, rows }, known, states, disk, databaseBytes, missing] = await Promise.all([
          runChecks(checks, warnings),
          trunk().catch(() => undefined),
          trunks(),
          diskSpace(dataDir),
          databaseSize(),
          promptsMissing(),
        ]);
        return json({
          status,
          version,
          node_version: process.version,
          addresses: { outside_url: http.outsideUrl, listens_at: `${http.host}:${http.port}`, sip: sipAddress },
          database: { bytes: databaseBytes },
          prompts_missing: missing,
          asterisk: { connected: asterisk.usable, version: asterisk.version === '' ? null : asterisk.version },
          trunk: known ?? null,
          trunks: states.map(presentTrunk),
          backup: presentBackups(backups),
          certificates: certificates().map(({ service, expiresAt }) => ({
            service,
            expires_at: new Date(expiresAt).toISOString(),
          })),
          disk: { free_bytes: disk.freeBytes, total_bytes: disk.totalBytes },
          checks: rows.map(({ name, problem }) => ({
            check: name,
            ok: problem === undefined,
            blocking: problem?.blocking ?? false,
            problem: problem?.problem ?? null,
            remedy: problem?.remedy ?? null,
            remedy_code: (problem && remedyCodeOf(name, problem.problem)) ?? null,
          })),
        } satisfies z.output<typeof systemAnswer>);
      },
    }),
  ];
}

function presentBackups({ history, settings }: SystemRoutesOptions['backups']) {
  const { success, failure } = history;
  return {
    last_at: success === undefined ? null : new Date(success.at).toISOString(),
    last_bytes: success?.bytes ?? null,
    failure: failure?.message ?? null,
    at: settings.at ?? null,
  };
}
