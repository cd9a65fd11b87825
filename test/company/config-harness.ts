import { readFileSync } from 'node:fs';
import { checkSource, type DocumentChecks } from '../../src/company/document-check-queue.js';
import { readDocument } from '../../src/company/document/document.js';
import { ConfigEditor } from '../../src/company/config-editor.js';
import { draftRoutes } from '../../src/company/draft-routes.js';
import { ConfigDrafts } from '../../src/company/drafts.js';
import { itemRoutes } from '../../src/company/item-routes.js';
import { configRoutes } from '../../src/company/routes.js';
import { simulateRoutes, type SimulateRequest } from '../../src/company/simulate-routes.js';
import { CompanyStore } from '../../src/company/store/company-store.js';
import { ConfigStore } from '../../src/company/store/config-store.js';
import { ConfigVersions } from '../../src/company/store/versions.js';
import { Emitter } from '../../src/lib/emitter.js';
import { recordAudit } from '../../src/storage/audit-log.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, startServer, type TestServer } from '../http/http-harness.js';

const read = readDocument(readFileSync('examples/company.yaml', 'utf8'), 'example');
if (!read.ok) throw new Error('the example has errors');
export const example = read.document.company;
const sounds = new Set(example.prompts.flatMap(({ sound }) => (sound === undefined ? [] : [sound])));
const knownSounds = new Map([...example.languages, 'music'].map((language) => [language, sounds.add('calm')]));

export const BOSS = { authorization: 'Bearer boss-token' };
/** Writes the configuration without the right to see people's numbers. */
export const WRITER = { authorization: 'Bearer config-writer' };
export const READER = { authorization: 'Bearer config-reader' };

interface ApiAnswer {
  status: number;
  etag: string;
  body: Record<string, unknown>;
}

/** The routes of the configuration with the example company, over HTTP. */
export class ConfigHarness {
  readonly companies: CompanyStore;
  readonly versions: ConfigVersions;
  readonly editor: ConfigEditor;
  readonly drafts: ConfigDrafts;
  readonly documents: DocumentChecks<SimulateRequest>;
  http!: TestServer;

  private constructor(readonly db: Database) {
    this.companies = new CompanyStore({
      store: new ConfigStore(db),
      lint: { knownSounds },
      hasAudio: () => Promise.resolve(false),
      changed: new Emitter(() => undefined),
    });
    const check = (source: string) =>
      Promise.resolve(checkSource(source, { knownSounds, promptFacts: this.companies.promptFacts }));
    this.documents = { read: check, lint: check, simulate: () => Promise.resolve({ ok: true, call: {} }) };
    this.versions = new ConfigVersions(db);
    const store = new ConfigStore(db);
    this.editor = new ConfigEditor({
      companies: this.companies,
      store,
      versions: this.versions,
      documents: this.documents,
    });
    const { companies, versions, editor, documents } = this;
    this.drafts = new ConfigDrafts({ db, companies, store, versions, editor, documents, now: () => 0 });
  }

  static async open(): Promise<ConfigHarness> {
    const harness = new ConfigHarness(await openDatabase(':memory:'));
    const { companies, db, documents, editor, versions } = harness;
    const settled = () => Promise.resolve([]);
    harness.http = await startServer(
      [
        ...configRoutes({ companies, documents, record: (entry) => recordAudit(db, { ...entry, at: 0 }) }),
        ...simulateRoutes({ documents, draftSource: async (id) => (await harness.drafts.withSource(id)).source }),
        ...draftRoutes({ drafts: harness.drafts, settled }),
        ...itemRoutes({ editor, versions, companies, settled }),
      ],
      {
        tokens: [
          { name: 'boss', token: 'boss-token', scopes: ['config:read', 'config:write', 'numbers:read'] },
          { name: 'config-writer', token: 'config-writer', scopes: ['config:read', 'config:write'] },
          { name: 'config-reader', token: 'config-reader', scopes: ['config:read'] },
          { name: 'supervisor', token: 'supervisor', scopes: ['config:read', 'numbers:read'] },
        ],
      },
    );
    await companies.apply({ company: example });
    await companies.load();
    return harness;
  }

  async api(
    method: string,
    path: string,
    {
      body,
      headers = {},
      as = asAdmin,
    }: { body?: unknown; headers?: Record<string, string>; as?: Record<string, string> } = {},
  ): Promise<ApiAnswer> {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.http.url}/api/v1/config${path}`, {
      method,
      headers: { ...as, ...type, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const parsed = (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>;
    return { status: response.status, etag: response.headers.get('etag') ?? '', body: parsed };
  }

  async close(): Promise<void> {
    await this.http.stop();
    await this.db.destroy();
  }
}
