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
import { compact } from '../../lib/compact.js';

/** The token of the replay; recorded tokens were removed. */
const TOKEN = 'the-token-of-a-replayed-request';

interface Answered {
  status: number;
  /** Empty when the body is not a JSON object. */
  fields: Record<string, unknown>;
}

/**
 * Replays requests of a dispatch or CRM on our own routes, in a server that only this process can reach, with an empty database and ports
 * that dial nothing.
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
    const gootax = new GootaxApi({ company: () => company, tokens, ...dispatchPorts(db) });
    const runtel = new RuntelApi(runtelPorts(company));
    const server = createHttpServer({
      routes: [],
      find: (method, url) => runtel.find(method, url) ?? gootax.find(method, url),
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

  /** The integration whose contract matches a request; undefined if none does. */
  wayOf({ method, path }: Fixture['request']): string | undefined {
    if (this.runtel.find(method, path) !== undefined) return 'Runtel';
    return this.#dispatchPath(method, path) === undefined ? undefined : 'dispatch';
  }

  async judge({ fixture: { request, answer } }: NamedFixture): Promise<Verdict> {
    if (typeof request.body !== 'string') return skip(`its body was not recorded (${request.body.omitted})`);
    const isRuntel = this.runtel.find(request.method, request.path) !== undefined;
    const path = isRuntel ? request.path : (this.#dispatchPath(request.method, request.path) ?? request.path);
    const ours = await this.#send({ ...request, path, body: request.body });
    const theirs = 'failed' in answer ? undefined : answer;
    if (theirs !== undefined && theirs.status >= 400)
      return ours.status >= 400
        ? pass(`refused with ${ours.status}, in the recording with ${theirs.status}`)
        : warn(
            `answered with ${ours.status}, in the recording refused with ${theirs.status}`,
            'find out why it was refused in the recording',
          );
    if (ours.status >= 400) return refused(ours, request.method, path);
    return isRuntel ? this.#asThere(ours, theirs) : understood(ours);
  }

  /** The address that a dispatch is given puts `/integration/gootax` before all its paths. */
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
      headers: compact({ authorization: `Bearer ${TOKEN}`, 'content-type': type }),
      body: hasBody ? body : null,
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
          `the recorded response has ${missing.slice(0, 8).join(', ')}, and ours has not`,
          'fields with another name can be renamed: runtel.rename (docs/runtel.md)',
        );
  }
}

function refused({ status, fields }: Answered, method: string, path: string): Verdict {
  const where = `${method} ${hideNumbers(path.split('?')[0] ?? '')}`;
  const why = hideNumbers(typeof fields['detail'] === 'string' ? fields['detail'] : '');
  if (status === 501 || status === 404)
    return fail(
      `the meaning of ${where} is unknown`,
      'name it: paths in the profile gootax (docs/gootax.md) or runtel.paths (docs/runtel.md), and give the configuration with --company',
    );
  return fail(
    `${where}: ${status}${why === '' ? '' : `, ${why}`}`,
    'add the names of its fields to the profile (docs/gootax.md) or to runtel.rename (docs/runtel.md)',
  );
}

/** How the request was understood, as far as our response shows it. */
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
  if (order === undefined) return pass('the parties are connected');
  if (order.status === null)
    return warn('the status is unknown: the generic prompt is played', 'name it in the profile: gootax.statuses');
  if (notNotified === 'no_phone')
    return warn(
      'the client is not called: the number was not found',
      'name its field in the profile: gootax.fields.client',
    );
  if (ignored.length > 0) return warn(`not understood: ${ignored.join(', ')}`, 'check the values of these fields');
  return pass(`order reported: ${order.status}`);
}

function fieldsIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
