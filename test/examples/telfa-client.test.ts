import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../../src/integrations/telfa/control/endpoints/index.js';
import { readXml } from '../../src/integrations/telfa/control/xml-read.js';
import { cases } from '../integrations/telfa-control/cases.js';
import {
  startControlHarness,
  PASSWORD,
  TOKEN,
  type ControlHarness,
} from '../integrations/telfa-control/telfa-control-harness.js';

const run = promisify(execFile);
const folder = path.resolve(import.meta.dirname, '../../examples/telfa-client');
const BASIC = `jana@shop.cz:${PASSWORD}`;

interface Said {
  code: number;
  out: string;
}

async function client(program: string, parameters: string[]): Promise<Said> {
  return run(program, parameters).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: `${stdout}${stderr}` };
    },
  );
}

type Fields = Record<string, unknown>;

const asText = (fields: Fields) =>
  Object.entries(fields).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);

/** What stands in the path of a call, by the names of its parts. */
function paramsOf(name: string, given: string): Fields {
  const wanted = rows.find((row) => row.name === name)?.path.split('/') ?? [];
  const parts = given.split('/');
  return Object.fromEntries(
    wanted.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), parts[index]]] : [])),
  );
}

let harness: ControlHarness;
beforeAll(async () => {
  harness = await startControlHarness();
});
afterAll(() => harness.close());
beforeEach(() => void (harness.done.length = 0));

const php = (login: string, name: string, fields: Fields) =>
  client('php', [path.join(folder, 'client.php'), harness.url, login, name, ...asText(fields)]);
const curl = (login: string, method: string, at: string, fields: Fields) =>
  client(path.join(folder, 'curl.sh'), [harness.url, login, method, at, ...asText(fields)]);

describe('the PHP client, in XML', () => {
  it.each(cases)('$row', async ({ row, path: at, query, fields, does }) => {
    const { code, out } = await php(row.length % 2 === 0 ? BASIC : TOKEN, row, {
      ...paramsOf(row, at),
      ...query,
      ...fields,
    });
    expect(code, out).toBe(0);
    expect(readXml(out).root).not.toBe('errors');
    if (does) expect(harness.done).toEqual([does]);
  });

  it('makes and changes plans and webhooks', async () => {
    const steps = [{ action: 'answer' }, { action: 'play', settings: '{"prompt":12}' }];
    const made = await php(BASIC, 'make_recipe', { name: 'z-php', steps });
    expect(made.code, made.out).toBe(0);
    const id = /<id>(\d+)/.exec(made.out)?.[1];
    const calls: [string, Fields][] = [
      ['add_step', { id, action: 'play', settings: '{"prompt":40}', position: 2 }],
      ['change_step', { id, position: 3, action: 'hang_up' }],
      ['remove_step', { id, position: 1 }],
      ['change_recipe', { id, steps: [{ action: 'hang_up' }] }],
      ['set_webhook', { id: 'php', url: 'https://shop.example/php/', events: ['ringing'] }],
      ['remove_webhook', { id: 'php' }],
    ];
    for (const [name, fields] of calls) {
      const { code, out } = await php(BASIC, name, fields);
      expect(code, `${name}: ${out}`).toBe(0);
    }
    expect(harness.company().parts['z-php']).toEqual([{ hang_up: { cause: 'normal' } }]);
  });

  it('covers every call of the API', async () => {
    const { code, out } = await client('php', [path.join(folder, 'client.php')]);
    expect(code).toBe(2);
    expect(out.replace(/.*: /, '').trim().split(' ').sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it('ends with an error when there was one, and prints it', async () => {
    expect(await php('wrong:wrong', 'users', {})).toEqual({
      code: 1,
      out: expect.stringContaining('status 401') as string,
    });
    harness.refuse({ why: 'unknown_call', detail: 'there is no such call' });
    const { code, out } = await php(TOKEN, 'interrupt', { id: 'c_9' });
    expect([code, out]).toEqual([1, expect.stringContaining('<error>there is no such call</error>')]);
    harness.refuse(undefined);
  });
});

describe('the curl client, in JSON', () => {
  it.each(cases)('$row', async ({ row, method = 'GET', path: at, query, fields, does, says }) => {
    const { code, out } = await curl(row.length % 2 === 0 ? TOKEN : BASIC, method, at, { ...query, ...fields });
    expect(code, out).toBe(0);
    if (row !== 'recipes') expect(JSON.parse(out)).toEqual(says);
    if (does) expect(harness.done).toEqual([does]);
  });

  it('ends with an error when there was one', async () => {
    const { code, out } = await curl('nobody', 'GET', '/users', {});
    expect([code, out]).toEqual([22, expect.stringContaining('"errors"')]);
  });
});
