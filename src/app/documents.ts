import type { Config } from '../config.js';
import type { HolidaySource } from '../directory/holiday-routes.js';
import type { NamedRegion, PublicHoliday } from '../directory/public-holidays.js';
import { Problem } from '../http/problem.js';
import { JobFailed, WorkerQueue } from '../lib/worker-queue.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type {
  CheckedDocument,
  DocumentChecks,
  LintedDocument,
  SimulationAnswer,
} from '../company/document-check-queue.js';
import type { SimulateRequest } from '../company/simulate-routes.js';
import type { DocumentProblem } from '../company/problem.js';
import type { CallComparison, StoredCalls } from '../simulator/past-calls/compare-job.js';
import type { DocumentJob, DocumentWorkerData } from './document-worker.js';

type ComparedCalls = { ok: true; comparisons: CallComparison[] } | { ok: false; problems: DocumentProblem[] };

const BUSY_MS = 2_000;
const MAX_WAITING = 8;
/** Timeouts. A check needs no network; a simulated call may wait up to two minutes for a real shop. */
const [CHECK_MS, CALL_MS] = [15_000, 130_000];

/** Checks documents, computes holidays, and simulates and compares calls, in two threads: a call that waits for a shop does not delay a check. */
export class Documents implements DocumentChecks<SimulateRequest>, HolidaySource {
  readonly #checks: WorkerQueue<DocumentJob, unknown>;
  readonly #calls: WorkerQueue<DocumentJob, unknown>;

  constructor(
    config: Pick<Config, 'soundsDir' | 'webhookSecrets' | 'logLevel'>,
    private readonly companies: Pick<CompanyStore, 'company' | 'promptFacts'>,
  ) {
    const workerData: DocumentWorkerData = {
      soundsFolder: config.soundsDir,
      secrets: Object.keys(config.webhookSecrets),
      logLevel: config.logLevel,
    };
    const common = {
      module: new URL('./document-worker.js', import.meta.url),
      workerData,
      busyMs: BUSY_MS,
      maxWaiting: MAX_WAITING,
    };
    this.#checks = new WorkerQueue({ ...common, totalMs: CHECK_MS });
    this.#calls = new WorkerQueue({ ...common, totalMs: CALL_MS });
  }

  async read(source: string): Promise<CheckedDocument> {
    const { promptFacts } = this.companies;
    return (await this.#run(this.#checks, { type: 'read', source, promptFacts })) as CheckedDocument;
  }

  async lint(source: string): Promise<LintedDocument> {
    const { promptFacts } = this.companies;
    return (await this.#run(this.#checks, { type: 'lint', source, promptFacts })) as LintedDocument;
  }

  async simulate(
    source: string | undefined,
    request: SimulateRequest,
    signal?: AbortSignal,
  ): Promise<SimulationAnswer> {
    const document = source ?? this.companies.company;
    return (await this.#run(this.#calls, { type: 'simulate', document, request }, { signal })) as SimulationAnswer;
  }

  async regions(country: string | undefined, language: string): Promise<NamedRegion[]> {
    return (await this.#run(this.#checks, { type: 'holiday_regions', country, language })) as NamedRegion[];
  }

  async holidays(region: string, years: readonly number[], language: string): Promise<PublicHoliday[] | undefined> {
    return (await this.holidaysByYear(region, years, language))?.flat();
  }

  async holidaysByYear(
    region: string,
    years: readonly number[],
    language: string,
  ): Promise<PublicHoliday[][] | undefined> {
    const job = { type: 'holidays', region, years, language } as const;
    return (await this.#run(this.#checks, job)) as PublicHoliday[][] | undefined;
  }

  /** Waits for its turn, however many simulated calls wait: send one batch at a time. */
  async compare(document: string, stored: StoredCalls): Promise<ComparedCalls> {
    const job = { type: 'compare', document, stored } as const;
    return (await this.#run(this.#calls, job, { alwaysWaits: true })) as ComparedCalls;
  }

  async stop(): Promise<void> {
    await Promise.all([this.#checks.stop(), this.#calls.stop()]);
  }

  async #run(
    queue: WorkerQueue<DocumentJob, unknown>,
    job: DocumentJob,
    how: { alwaysWaits?: boolean; signal?: AbortSignal | undefined } = {},
  ): Promise<unknown> {
    try {
      return await queue.run(job, how);
    } catch (error) {
      if (!(error instanceof JobFailed) || error.reason === 'failed') throw error;
      if (error.reason === 'too_long')
        throw new Problem(
          422,
          'Takes too long',
          'the configuration is too large or too complex to be checked; send a smaller one',
        );
      if (error.reason === 'canceled') throw new Problem(503, 'Busy', 'the client has closed the connection');
      throw new Problem(503, 'Busy', 'several configurations are being checked already; retry later', {
        headers: { 'retry-after': '2' },
      });
    }
  }
}
