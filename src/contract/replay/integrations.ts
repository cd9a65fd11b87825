import { createHttpServer, type HttpServer } from '../../http/server.js';
import { scopes } from '../../http/route.js';
import { TokenList } from '../../http/tokens.js';
import { GootaxApi } from '../../integrations/gootax/api.js';
import { gootaxProfileOf } from '../../integrations/gootax/profile.js';
import { contractPath, isIntegration, findRequest } from '../../integrations/gootax/request-path.js';
import { RuntelApi } from '../../integrations/runtel/api.js';
import { createLogger } from '../../lib/logger.js';
import type { Company } from '../../company/company.js';
import { openDatabase, type Database } from '../../storage/database.js';
import type { Fixture } from '../fixture.js';
import { hideNumbers } from '../verify/hide.js';
import { fail, pass, skip, warn, type Verdict } from '../verify/sheet.js';
import type { NamedFixture } from './read-fixtures.js';
import { dispatchPorts, runtelPorts } from './integration-ports.js';
import { missingFields } from './shape.js';

/** Of the replay itself: recorded ones are not kept. */
const TOKEN = 'the-token-of-a-replayed-request';

interface Answered {
  status: number;
  /** Empty when it is no JSON object. */
  fields: Record<string, unknown>;
}

/**
 * What a dispatch or a CRM asked of another PBX, sent once more to our own routes, on a server that only this process can reach: with an
 * empty database, and with nobody behind it who calls anybody.
 */
export class IntegrationReplays {
  private constructor(
    private readonly company: Company,
    private readonly server: HttpServer,
    private readonly url: string,
    private readonly db: Database,
    private readonly runtel: RuntelApi,
  ) {}

  static async start(company: Company): Promise<IntegrationReplays> {
    const db = await openDatabase(':memory:');
    const tokens = new TokenList([{ name: 'replay', token: TOKEN, scopes }]);
    const desk = new GootaxApi({ company: () => company, tokens, ...dispatchPorts(db) });
    const runtel = new RuntelApi(runtelPorts(company));
    const server = createHttpServer({
      routes: [],
      find: (method, url) => runtel.find(method, url) ?? desk.find(method, url),
      tokens,
      logger: createLogger({ level: 'silent' }),
    });
    const { port } = await server.start({ host: '127.0.0.1', port: 0 });
    return new IntegrationReplays(company, server, `http://127.0.0.1:${port}`, db, runtel);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.db.destroy();
  }

  /** Whose contract a request is of; undefined: of none of these. */
  wayOf({ method, path }: Fixture['request']): string | undefined {
    if (this.runtel.find(method, path) !== undefined) return 'Runtel';
    return this.#dispatchPath(method, path) === undefined ? undefined : 'dispatch';
  }

  async judge({ fixture: { request, answer } }: NamedFixture): Promise<Verdict> {
    if (typeof request.body !== 'string') return skip(`its body was not kept (${request.body.omitted})`);
    const isRuntel = this.runtel.find(request.method, request.path) !== undefined;
    const path = isRuntel ? request.path : (this.#dispatchPath(request.method, request.path) ?? request.path);
    const ours = await this.#send({ ...request, path, body: request.body });
    const theirs = 'failed' in answer ? undefined : answer;
    if (theirs !== undefined && theirs.status >= 400)
      return ours.status >= 400
        ? pass(`refused with ${ours.status}, there with ${theirs.status}`)
        : warn(`answered with ${ours.status}, there refused with ${theirs.status}`, 'look at why it was refused there');
    if (ours.status >= 400) return refused(ours, request.method, path);
    return isRuntel ? this.#asThere(ours, theirs) : understood(ours);
  }

  /** With the address that we give to a dispatch, whatever it calls is below ours. */
  #dispatchPath(method: string, url: string): string | undefined {
    const path = url.split('?')[0] ?? '';
    if (isIntegration(path)) return url;
    const profile = gootaxProfileOf(this.company.profiles);
    return findRequest(method, contractPath(path).path, profile) === undefined
      ? undefined
      : `/integration/gootax${url}`;
  }

  async #send({ method, path, headers, body }: Fixture['request'] & { body: string }): Promise<Answered> {
    const type = headers['content-type'];
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...(type !== undefined && { 'content-type': type }) },
      ...(hasBody && { body }),
      redirect: 'manual',
    });
    return { status: response.status, fields: fieldsIn(await response.text()) };
  }

  #asThere({ status, fields }: Answered, theirs: { body: Fixture['request']['body'] } | undefined): Verdict {
    const body = typeof theirs?.body === 'string' ? fieldsIn(theirs.body) : {};
    const missing = missingFields(body, fields);
    return missing.length === 0
      ? pass(`status ${status}`)
      : warn(
          `the answer there has ${missing.slice(0, 8).join(', ')}, and ours has not`,
          'what we have under another name can be renamed: runtel.rename (docs/runtel.md)',
        );
  }
}

function refused({ status, fields }: Answered, method: string, path: string): Verdict {
  const where = `${method} ${hideNumbers(path.split('?')[0] ?? '')}`;
  const why = hideNumbers(typeof fields['detail'] === 'string' ? fields['detail'] : '');
  if (status === 501 || status === 404)
    return fail(
      `nobody here knows what ${where} means`,
      'name it: paths in the profile gootax (docs/gootax.md), or runtel.paths (docs/runtel.md); --company has the configuration with them',
    );
  return fail(
    `${where}: ${status}${why === '' ? '' : `, ${why}`}`,
    'give the profile the names that its fields have (docs/gootax.md), or runtel.rename theirs (docs/runtel.md)',
  );
}

/** What the dispatch meant, as far as our answer shows it. */
function understood({ fields }: Answered): Verdict {
  const {
    order,
    not_notified: notNotified,
    ignored = [],
  } = fields as {
    order?: { status: string | null };
    not_notified?: string;
    ignored?: string[];
  };
  if (order === undefined) return pass('they are connected');
  if (order.status === null)
    return warn('its status is not known: the generic prompt is heard', 'name it in the profile: gootax.statuses');
  if (notNotified === 'no_phone')
    return warn(
      'nobody is called: the client’s number was not found',
      'name its field in the profile: gootax.fields.client',
    );
  if (ignored.length > 0) return warn(`not understood: ${ignored.join(', ')}`, 'look at what these fields hold');
  return pass(`told of an order: ${order.status}`);
}

function fieldsIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
