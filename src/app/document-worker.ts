import { workerData } from 'node:worker_threads';
import { hasPublicHolidays, holidayRegions, publicHolidaysOf } from '../directory/public-holidays.js';
import { EffectSender } from '../http/effect-sender.js';
import { OutboundClient } from '../http/outbound.js';
import { checkProfile } from '../integrations/shared/check-profile.js';
import { telfaHandOver } from '../integrations/telfa/hand-over.js';
import { createLogger } from '../lib/logger.js';
import { serveJobs } from '../lib/worker-jobs.js';
import type { PromptFacts } from '../company/company-check.js';
import type { Company } from '../company/company.js';
import { readDocument } from '../company/document/document.js';
import { checkSource } from '../company/document-check-queue.js';
import { readKnownSounds } from '../company/lint/known-sounds.js';
import type { SimulateRequest } from '../company/simulate-routes.js';
import { compareStoredCalls, type StoredCalls } from '../simulator/past-calls/compare-job.js';
import { simulateService } from '../simulator/service.js';

/** Worker thread that checks documents and simulates calls: see documents.ts. */

export interface DocumentWorkerData {
  soundsFolder: string;
  /** Names of the webhooks' secrets. */
  secrets: readonly string[];
  logLevel: string;
}

export type DocumentJob =
  | { type: 'lint' | 'read'; source: string; promptFacts: PromptFacts }
  | { type: 'simulate'; document: string | Company; request: SimulateRequest }
  | { type: 'compare'; document: string; stored: StoredCalls }
  | { type: 'holiday_regions'; country: string | undefined; language: string }
  | { type: 'holidays'; region: string; years: readonly number[]; language: string };

const { soundsFolder, secrets, logLevel } = workerData as DocumentWorkerData;
const options = { knownSounds: await readKnownSounds(soundsFolder), checkProfile, secrets: new Set(secrets) };
const simulate = simulateService({
  contract: telfaHandOver,
  soundsFolder,
  http: new EffectSender(new OutboundClient()),
  logger: createLogger({ level: logLevel }),
});

serveJobs(async (given, signal) => {
  const job = given as DocumentJob;
  if (job.type === 'simulate') {
    const read = typeof job.document === 'string' ? readDocument(job.document, 'configuration') : undefined;
    if (read?.ok === false) return read;
    return simulate(read?.document.company ?? (job.document as Company), job.request, signal);
  }
  if (job.type === 'holiday_regions') return holidayRegions(job.country, job.language);
  if (job.type === 'holidays') {
    const { region, years, language } = job;
    return hasPublicHolidays(region) ? years.map((year) => publicHolidaysOf(region, year, language)) : undefined;
  }
  if (job.type === 'compare') {
    const read = readDocument(job.document, 'draft');
    if (!read.ok) return read;
    return { ok: true, comparisons: compareStoredCalls(job.stored, read.document.company, telfaHandOver) };
  }
  const found = checkSource(job.source, { ...options, promptFacts: job.promptFacts });
  return job.type === 'lint' && found.ok ? { ok: true, checked: found.checked } : found;
});
