import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../../../src/integrations/telfa/control/endpoints/index.js';
import { readXml } from '../../../src/integrations/telfa/control/xml-read.js';
import { cases, type Case } from './cases.js';
import {
  startControlHarness,
  PASSWORD,
  READER,
  STARTED_AT,
  TOKEN,
  type ControlHarness,
} from './telfa-control-harness.js';

let harness: ControlHarness;
beforeAll(async () => {
  harness = await startControlHarness();
});
afterAll(() => harness.close());
beforeEach(() => {
  harness.done.length = 0;
  harness.refuse(undefined);
});

const logins: Record<string, (url: URL, headers: Record<string, string>) => void> = {
  'HTTP Basic': (_url, headers) => {
    headers['authorization'] = `Basic ${Buffer.from(`jana@shop.cz:${PASSWORD}`).toString('base64')}`;
  },
  'the header api_key': (_url, headers) => (headers['api_key'] = TOKEN),
  'the header X-Api-Key': (_url, headers) => (headers['X-Api-Key'] = TOKEN),
  'api_key in the query': (url) => url.searchParams.set('api_key', TOKEN),
};

type Format = 'xml' | 'json' | 'form';

interface Sent extends Partial<Case> {
  path: string;
  body?: string | undefined;
}

async function send(
  sent: Sent,
  format: Format,
  login = 'the header api_key',
  answer: 'xml' | 'json' = format === 'xml' ? 'xml' : 'json',
) {
  const url = new URL(`${sent.path}.${answer}`, harness.url);
  for (const [name, value] of Object.entries(sent.query ?? {})) url.searchParams.set(name, value);
  const headers: Record<string, string> = {};
  logins[login]?.(url, headers);
  const init: RequestInit = { method: sent.method ?? 'GET', headers };
  if (sent.method !== undefined && sent.method !== 'GET') {
    headers['content-type'] = {
      xml: 'application/xml',
      json: 'application/json',
      form: 'application/x-www-form-urlencoded',
    }[format];
    init.body = sent.body ?? written(sent, format);
  }
  const response = await fetch(url, init);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text(), response };
}

function written({ root, fields }: Sent, format: Format): string {
  if (fields === undefined) return format === 'xml' ? '<xml><nil></nil></xml>' : format === 'json' ? '{}' : '';
  if (format === 'json') return JSON.stringify(root === undefined ? fields : { [root]: fields });
  if (format === 'form')
    return new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [
        root === undefined ? name : `${root}[${name}]`,
        String(value),
      ]),
    ).toString();
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root ?? 'xml', fields)}`;
}

/** A list is the element again and again. */
function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => element(name, each)).join('');
  if (typeof value === 'string') return `<${name}>${escaped(value)}</${name}>`;
  if (typeof value !== 'object' || value === null) return element(name, JSON.stringify(value));
  const inner = Object.entries(value).map(([each, its]) => element(each, its));
  return `<${name}>${inner.join('')}</${name}>`;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** XML knows text only: everything of the JSON, as text. */
function asText(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === 'settings' ? JSON.stringify(each) : asText(each)]),
  );
}

describe.each(Object.keys(logins))('with %s', (login) => {
  it.each(cases)('$row in JSON', async (each) => {
    const { status, type, text } = await send(each, 'json', login);
    expect([status, type], text).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(text)).toEqual(each.says);
    if (each.does) expect(harness.done).toEqual([each.does]);
  });

  it.each(cases)('$row in XML says the same', async (each) => {
    const inXml = await send(each, 'xml', login);
    expect([inXml.status, inXml.type], inXml.text).toEqual([200, 'application/xml; charset=utf-8']);
    if (each.does) expect(harness.done).toEqual([each.does]);
    const inJson = JSON.parse((await send(each, 'json', login)).text) as unknown;
    const { root, content } = readXml(inXml.text);
    expect(root).not.toBe('nil-classes');
    expect(JSON.parse(JSON.stringify(content))).toEqual(asText(inJson));
  });

  it.each(cases.filter(({ method }) => method !== undefined))('$row as a form', async (each) => {
    const { status, text } = await send(each, 'form', login);
    expect(status, text).toBe(200);
    if (each.does) expect(harness.done).toEqual([each.does]);
  });
});

describe('every row', () => {
  const changing = [
    'make_recipe',
    'change_recipe',
    'add_step',
    'change_step',
    'remove_step',
    'set_webhook',
    'remove_webhook',
  ];

  it('has a case, here or below', () => {
    expect([...cases.map(({ row }) => row), ...changing, 'call_audio'].sort()).toEqual(
      rows.map(({ name }) => name).sort(),
    );
  });

  it('is documented', async () => {
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(new URL('../../../docs/control-api.md', import.meta.url), 'utf8');
    for (const { name, method, path } of rows) {
      expect(text).toContain(`\`${name}\``);
      expect(text).toContain(`\`${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    }
  });

  it.each(cases)('$row answers 401 without a login, in the requested format', async (each) => {
    for (const format of ['xml', 'json'] as const) {
      const { status, text, type, response } = await send(each, format, 'nobody');
      expect(status).toBe(401);
      expect(type).toContain(format);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
      expect(text).toMatch(format === 'xml' ? /^<\?xml.*<errors><error>log in/s : /^\{"errors":\["log in/);
    }
    expect(harness.done).toEqual([]);
  });
});

describe('an api_key in the body', () => {
  it.each([
    ['xml', '<interrupt_call><api_key>TOKEN</api_key><id>c_1</id></interrupt_call>'],
    ['json', '{"api_key":"TOKEN","interrupt_call":{"id":"c_1"}}'],
    ['json', '{"interrupt_call":{"api_key":"TOKEN","id":"c_1"}}'],
    ['form', 'api_key=TOKEN&interrupt_call[id]=c_1'],
    ['form', 'api_key=TOKEN&id=c_1'],
  ] as const)('logs in: %s %s', async (format, body) => {
    const sent = { method: 'POST', path: '/calls/interrupt', body: body.replace('TOKEN', TOKEN) };
    expect((await send(sent, format, 'nobody')).status).toBe(200);
    expect(harness.done).toEqual([['interrupt', 'c_1', undefined]]);
  });
});

describe('wrong logins', () => {
  it('are 401: a wrong key, a wrong password, a nonsense header', async () => {
    for (const headers of [
      { api_key: 'wrong' },
      { authorization: `Basic ${Buffer.from('jana@shop.cz:wrong').toString('base64')}` },
      { authorization: 'Basic !!!' },
      { authorization: `Digest ${TOKEN}` },
    ]) {
      const response = await fetch(`${harness.url}/users.json`, { headers });
      expect(response.status).toBe(401);
    }
  });

  it('become 429 when there are too many from one address; the right one still works', async () => {
    const own = await startControlHarness();
    try {
      const wrong = async () => (await fetch(`${own.url}/users.xml`, { headers: { api_key: 'wrong' } })).status;
      const answers: number[] = [];
      for (let tries = 0; tries < 40 && answers.at(-1) !== 429; tries++) answers.push(await wrong());
      expect(answers.at(-1)).toBe(429);
      expect((await fetch(`${own.url}/users.xml`, { headers: { api_key: TOKEN } })).status).toBe(200);
    } finally {
      await own.close();
    }
  });

  it.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['in an old browser', { origin: 'https://elsewhere.example' }],
  ])('a page %s cannot use a password that a browser remembers', async (_what, tells) => {
    const authorization = `Basic ${Buffer.from(`jana@shop.cz:${PASSWORD}`).toString('base64')}`;
    const headers = { authorization, ...tells };
    expect((await fetch(`${harness.url}/calls/hangup.json?call_id=c_1`, { method: 'POST', headers })).status).toBe(403);
    expect(harness.done).toEqual([]);
  });
});

describe('a field that is missing or wrong', () => {
  const given = ({ query, fields }: Case): Record<string, unknown> => ({ ...query, ...fields });
  /** In the body, where everything can be said. */
  const sentWith = async (each: Case, fields: Record<string, unknown>, format: 'xml' | 'json') => {
    const { status, text } = await send({ ...each, query: {}, root: each.root ?? 'fields', fields }, format);
    if (status !== 200)
      expect(
        complaints(text, format).every((one) => /^[a-z_.]+: \S/.test(one)),
        text,
      ).toBe(true);
    return status;
  };
  const complaints = (text: string, format: 'xml' | 'json'): string[] =>
    format === 'json'
      ? (JSON.parse(text) as { errors: string[] }).errors
      : [(readXml(text).content as { error: string | string[] }).error].flat();
  const written = cases.filter((each) => (each.method ?? 'GET') !== 'GET' && Object.keys(given(each)).length > 0);

  it.each(written)('of $row is named, in XML and in JSON, and nothing is done', async (each) => {
    const { input } = rows.find(({ name }) => name === each.row)!;
    for (const format of ['xml', 'json'] as const) {
      for (const name of Object.keys(given(each))) {
        const others = Object.fromEntries(Object.entries(given(each)).filter(([one]) => one !== name));
        const isNeeded = !input.safeParse({ id: 1, ...others }).success;
        harness.done.length = 0;
        const status = await sentWith(each, others, format);
        if (isNeeded) expect([name, status, harness.done]).toEqual([name, 422, []]);
        harness.done.length = 0;
        for (const wrong of [{ deeper: 'x' }, ['a', 'b']])
          expect([name, await sentWith(each, { ...others, [name]: wrong }, format), harness.done]).toEqual([
            name,
            422,
            [],
          ]);
      }
    }
  });
});

describe('permissions', () => {
  const petr = { authorization: `Basic ${Buffer.from(`petr:${PASSWORD}`).toString('base64')}` };

  it('without the right to numbers they are masked', async () => {
    const response = await fetch(`${harness.url}/calls/current.json`, { headers: { api_key: READER } });
    expect(await response.json()).toMatchObject([
      { caller_number: expect.stringMatching(/^\+?•+99$/) as unknown, recordings: [] },
    ]);
  });

  it('without the scope it is 403', async () => {
    const response = await fetch(`${harness.url}/calls/hangup.json?call_id=c_1`, {
      method: 'POST',
      headers: { api_key: READER },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ errors: ['this login lacks the scope calls:control'] });
  });

  it('an operator calls only from the own handset', async () => {
    const own = await fetch(`${harness.url}/calls.json?number=777888999`, { method: 'POST', headers: petr });
    expect(own.status).toBe(200);
    expect(harness.done).toEqual([['call', { number: '777888999', autoAnswer: false, handset: 'kancelar' }]]);
    const other = await fetch(`${harness.url}/calls.json?number=777888999&telfa_user_id=7`, {
      method: 'POST',
      headers: petr,
    });
    expect(other.status).toBe(403);
  });

  it('an operator logs in at the own desk only', async () => {
    expect((await fetch(`${harness.url}/users/8/login.json`, { method: 'POST', headers: petr })).status).toBe(200);
    expect((await fetch(`${harness.url}/users/7/login.json`, { method: 'POST', headers: petr })).status).toBe(403);
    expect(harness.done).toEqual([['logIn', 'kancelar', undefined, 'petr']]);
  });
});

describe('click to call', () => {
  const ring = async (query: Record<string, string>) => {
    const { status, text } = await send(
      { method: 'POST', path: '/calls', query: { number: '777888999', ...query } },
      'json',
    );
    return status === 200 ? harness.done.pop() : [status, text];
  };

  it('by every method', async () => {
    const base = { number: '777888999', autoAnswer: false };
    expect(await ring({ telfa_user_id: '7', method: 'voip' })).toEqual(['call', { ...base, handset: 'sklad' }]);
    expect(await ring({ telfa_user_id: '7', method: 'mobile' })).toEqual([
      'call',
      { ...base, mobile: '+420777000111', forHandset: 'sklad' },
    ]);
    expect(await ring({ telfa_user_login: 'JANA@shop.cz', method: 'both' })).toEqual([
      'call',
      { ...base, handset: 'sklad', mobile: '+420777000111' },
    ]);
    expect(await ring({ telfa_user_id: '7' })).toEqual(['call', { ...base, handset: 'sklad' }]);
    expect(await ring({ telfa_user_id: '8', method: 'mobile' })).toEqual([422, expect.stringContaining('no mobile')]);
    expect(await ring({})).toEqual([422, expect.stringContaining('telfa_user_id')]);
    expect(await ring({ telfa_user_id: '99' })).toEqual([422, expect.stringContaining('no such user')]);
    expect(await ring({ telfa_user_id: '7', method: 'pigeon' })).toEqual([
      422,
      expect.stringContaining('voip, mobile or both'),
    ]);
  });

  it('as PHP clients of Telfa send it: fields in the query, an empty document in the body', async () => {
    const { status, text } = await send(
      {
        method: 'POST',
        path: '/calls/announce',
        query: { number: '777888999', text: 'Zboží je připraveno' },
        body: '<xml><nil></nil></xml>',
      },
      'xml',
      'HTTP Basic',
    );
    expect(status, text).toBe(200);
    expect(text).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<call><id>3</id><call_id>c_new</call_id></call>\n');
    expect(harness.done).toEqual([
      ['speak', 'Zboží je připraveno', undefined],
      ['announce', { number: '777888999', say: { prompt: 1_000_000_001 } }],
    ]);
  });
});

describe('announcing', () => {
  const announce = (query: Record<string, string>) =>
    send({ method: 'POST', path: '/calls/announce', query: { number: '777888999', ...query } }, 'json');

  it('runs a part by its id, and no plan of a number', async () => {
    expect((await announce({ recipe_id: '3' })).status).toBe(200);
    expect(harness.done).toEqual([['announce', { number: '777888999', say: { part: 'sklad' } }]]);
    expect((await announce({ recipe_id: '1' })).text).toContain('plan of a number');
    expect((await announce({ recipe_id: '99' })).status).toBe(422);
  });

  it('takes one thing to say, of a reasonable length', async () => {
    expect((await announce({})).status).toBe(422);
    expect((await announce({ text: 'a', recording_id: '12' })).status).toBe(422);
    expect((await announce({ text: 'a'.repeat(1001) })).status).toBe(422);
    expect(harness.done).toEqual([]);
  });
});

describe('refusals of the telephony', () => {
  it.each([
    ['unknown_call', 404],
    ['unknown_prompt', 422],
    ['unknown_part', 422],
    ['bad_number', 422],
    ['refused', 422],
    ['unknown_target', 422],
    ['not_now', 409],
    ['unavailable', 503],
  ] as const)('%s is %i', async (why, status) => {
    harness.refuse({ why, detail: 'because' });
    const sent = {
      method: 'POST',
      path: '/calls/play_recording',
      root: 'play_recording',
      fields: { call_id: 'c_9', recording_id: 1 },
    };
    const inXml = await send(sent, 'xml');
    expect([inXml.status, inXml.text.includes('because')]).toEqual([status, true]);
    expect((await send(sent, 'json')).status).toBe(status);
  });
});

describe('the ✕', () => {
  it('is taken at any path under /calls, by its element', async () => {
    const body = '<interrupt_call>\n  <id>c_1</id>\n <recording_id>40</recording_id></interrupt_call>';
    for (const path of ['/calls', '/calls/hangup_and_play', '/calls/c_1/interrupt', '/calls/announce']) {
      const { status, text } = await send({ method: 'POST', path, body }, 'xml', 'HTTP Basic');
      expect([status, path], text).toEqual([200, path]);
    }
    expect(harness.done).toEqual(Array.from({ length: 4 }, () => ['interrupt', 'c_1', 40]));
    expect((await send({ method: 'POST', path: '/calls/nowhere', body: '<other/>' }, 'xml')).status).toBe(404);
    expect((await send({ method: 'POST', path: '/users/interrupt', body }, 'xml')).status).toBe(404);
  });

  it.each([
    ['play', '/calls/play_recording', { call_id: 1, recording_id: 40 }, ['play', 'c_1', 40, 'both']],
    ['interrupt_call', '/calls/interrupt', { id: 1 }, ['interrupt', 'c_1', undefined]],
    ['transfer', '/calls/transfer', { call_id: '1', group_id: 2 }, ['transfer', 'c_1', { queue: 2 }]],
    ['listen', '/calls/listen', { call_id: '1', telfa_user_login: 'petr' }, ['listen', 'c_1', 'kancelar']],
    ['hangup', '/calls/hangup', { call_id: ' 2 ' }, ['hangUp', 'c_2']],
  ])('%s takes the integer id of a call, in JSON and in XML', async (root, path, fields, does) => {
    const xml = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
    const bodies = { json: JSON.stringify(fields), xml: `<${root}>${xml.join('')}</${root}>` };
    for (const [ending, body] of Object.entries(bodies)) {
      const headers = { api_key: TOKEN, 'content-type': `application/${ending}` };
      const response = await fetch(`${harness.url}${path}.${ending}`, { method: 'POST', headers, body });
      expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
    }
    expect(harness.done).toEqual([does, does]);
  });

  it('one call is found by both of its ids', async () => {
    const headers = { api_key: TOKEN };
    const read = async (id: string): Promise<unknown> =>
      (await fetch(`${harness.url}/calls/${id}.json`, { headers })).json();
    expect(await read('2')).toMatchObject({ id: 2, call_id: 'c_2' });
    expect(await read('c_2')).toEqual(await read('2'));
    expect((await fetch(`${harness.url}/calls/99.json`, { headers })).status).toBe(404);
  });
});

describe('plans', () => {
  const recipe = async (id: number) =>
    JSON.parse((await send({ path: `/recipes/${id}` }, 'json')).text) as {
      id: number;
      steps: { action: string; settings: unknown }[];
    };

  it.each(['xml', 'json'] as const)('are made, changed step by step, and checked, in %s', async (format) => {
    const name = `část-${format}`;
    const steps = [{ action: 'answer' }, { action: 'play', settings: { prompt: 12 } }];
    const made = await send(
      format === 'json'
        ? { method: 'POST', path: '/recipes', root: 'recipe', fields: { name, steps } }
        : {
            method: 'POST',
            path: '/recipes',
            body: `<recipe><name>${name}</name><steps type="array"><step><action>answer</action></step><step><action>play</action><settings>{"prompt":12}</settings></step></steps></recipe>`,
          },
      format,
    );
    expect(made.status, made.text).toBe(200);
    const id = Number(/(?:"id":|<id>)(\d+)/.exec(made.text)?.[1]);
    expect(harness.company().parts[name]).toEqual([{ answer: {} }, { play: { prompt: 12 } }]);

    const add = {
      method: 'POST',
      path: `/recipes/${id}/steps`,
      root: 'step',
      fields: { action: 'play', settings: '{"prompt":40}', position: 2 },
    };
    expect((await send(add, format)).status).toBe(200);
    const change = {
      method: 'PUT',
      path: `/recipes/${id}/steps/3`,
      root: 'step',
      fields: { action: 'go_to_part', settings: 'sklad' },
    };
    expect((await send(change, format)).status).toBe(200);
    expect((await send({ method: 'DELETE', path: `/recipes/${id}/steps/1` }, format)).status).toBe(200);
    expect((await recipe(id)).steps.map(({ action, settings }) => [action, settings])).toEqual([
      ['play', { prompt: 40 }],
      ['go_to_part', 'sklad'],
    ]);

    const bad = {
      method: 'PUT',
      path: `/recipes/${id}`,
      root: 'recipe',
      fields: { steps: [{ action: 'play', settings: { prompt: 999 } }] },
    };
    const refused = await send(bad, 'json');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('999');
    expect((await recipe(id)).steps).toHaveLength(2);
    expect(
      (await send({ method: 'POST', path: `/recipes/${id}/steps`, root: 'step', fields: { action: 'dance' } }, format))
        .status,
    ).toBe(422);
    expect((await send({ method: 'DELETE', path: `/recipes/${id}/steps/9` }, format)).status).toBe(404);
    expect((await send({ method: 'POST', path: '/recipes', root: 'recipe', fields: { name } }, format)).status).toBe(
      409,
    );
    expect((await send({ path: '/recipes/999' }, format)).status).toBe(404);
  });

  it('of a number are changed too, and what is read can be written back', async () => {
    const { steps } = await recipe(1);
    const before = structuredClone(harness.company().lines[0]?.plan);
    const { status, text } = await send(
      { method: 'PUT', path: '/recipes/1', root: 'recipe', fields: { steps } },
      'json',
    );
    expect(status, text).toBe(200);
    expect(harness.company().lines[0]?.plan).toEqual(before);
  });

  it('come 30 a page, and an empty page is as Rails writes it', async () => {
    await harness.apply((all) => ({
      ...all,
      parts: { ...all.parts, ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, []])) },
    }));
    const pages = await Promise.all(
      [1, 2, 3].map(
        async (page) =>
          JSON.parse((await send({ path: '/recipes', query: { page: String(page) } }, 'json')).text) as {
            id: number;
          }[],
      ),
    );
    expect(pages.map(({ length }) => length)).toEqual([30, expect.any(Number), 0]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(pages.flat().length);
    const none = await send({ path: '/recipes', query: { page: '3' } }, 'xml');
    expect(none.text).toContain('<nil-classes type="array"/>');
    await harness.apply((all) => ({
      ...all,
      parts: Object.fromEntries(Object.entries(all.parts).filter(([name]) => !/^p\d/.test(name))),
    }));
    await harness.apply((all) => ({ ...all, parts: { ...all.parts, later: [] } }));
    const ids = pages.flat().map(({ id }) => id);
    const all = JSON.parse((await send({ path: '/recipes' }, 'json')).text) as { id: number; name: string }[];
    expect(ids).not.toContain(all.find(({ name }) => name === 'later')?.id);
  });
});

describe('webhooks', () => {
  it.each(['xml', 'json'] as const)('are set and removed, in %s; a secret stays', async (format) => {
    const url = 'https://shop.example/telfa/?x=1&y=ž';
    const events = format === 'xml' ? 'ringing,hangup' : ['ringing', 'hangup'];
    const set = await send({ method: 'POST', path: '/webhooks', root: 'webhook', fields: { url, events } }, format);
    expect(set.status, set.text).toBe(200);
    expect(harness.company().webhooks).toEqual([
      { name: 'telfa', url, events: ['ringing', 'hangup'], profile: 'telfa', secret: 'WEBHOOK_SHOP' },
    ]);
    const more = {
      method: 'POST',
      path: '/webhooks',
      root: 'webhook',
      fields: { id: 'crm', url, events: 'hangup,bridge' },
    };
    expect((await send(more, format)).status).toBe(200);
    expect(harness.company().webhooks[1]).toMatchObject({ name: 'crm', events: ['hangup', 'bridge'] });
    expect((await send({ method: 'DELETE', path: '/webhooks/crm' }, format)).status).toBe(200);
    expect((await send({ method: 'DELETE', path: '/webhooks/crm' }, format)).status).toBe(404);
    expect((await send({ ...more, fields: { url: 'ftp://x' } }, format)).status).toBe(422);
    expect((await send({ ...more, fields: { url, events: 'sneeze' } }, format)).status).toBe(422);
  });
});

describe('recordings of calls', () => {
  it('are answered as audio', async () => {
    const headers = { api_key: TOKEN, accept: 'application/json' };
    const response = await fetch(`${harness.url}/calls/recordings/r_1`, { headers });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'audio/wav',
      'RIFF',
    ]);
    expect((await fetch(`${harness.url}/calls/recordings/r_2.json`, { headers })).status).toBe(404);
    const reader = { ...headers, api_key: READER };
    expect((await fetch(`${harness.url}/calls/recordings/r_1`, { headers: reader })).status).toBe(403);
  });
});

describe('the profile', () => {
  it('gives calls other paths and fields other names, from the next request on', async () => {
    const own = await startControlHarness();
    const asJson = { api_key: TOKEN, 'content-type': 'application/json' };
    try {
      await own.apply((all) => ({
        ...all,
        profiles: {
          telfa: {
            control: {
              paths: {
                'POST /hovory/poloz': 'interrupt',
                'GET /osoby/:id': 'one_user',
                'GET /aktivni': 'current_calls',
              },
              rename: { id: 'cislo', recording_id: 'hlaska' },
              recipe_ids: { 1: 'sklad', 28: 'rozlouceni' },
              voices: { 2: 'cs+f2' },
              empty_list: 'named',
              json_root: true,
            },
          },
        },
      }));
      const body = JSON.stringify({ interrupt_call: { cislo: 'c_1', hlaska: 40 } });
      const reject = await fetch(`${own.url}/hovory/poloz.json`, { method: 'POST', headers: asJson, body });
      expect([reject.status, own.done]).toEqual([200, [['interrupt', 'c_1', 40]]]);
      const user: unknown = await (await fetch(`${own.url}/osoby/7.json`, { headers: asJson })).json();
      expect(user).toMatchObject({ user: { cislo: 7, login: 'jana@shop.cz' } });
      expect(await (await fetch(`${own.url}/aktivni.xml`, { headers: asJson })).text()).toContain(
        '<cislo>1</cislo><call_id>c_1</call_id>',
      );
      const recipes = (await (await fetch(`${own.url}/recipes.json`, { headers: asJson })).json()) as {
        recipe: { cislo: number; name: string };
      }[];
      const ids = new Map(recipes.map(({ recipe }) => [recipe.name, recipe.cislo]));
      expect([ids.get('sklad'), ids.get('rozlouceni'), new Set(ids.values()).size]).toEqual([1, 28, recipes.length]);
      expect(await (await fetch(`${own.url}/recipes.xml?page=9`, { headers: asJson })).text()).toContain(
        '<recipes type="array"/>',
      );
      own.done.length = 0;
      await fetch(`${own.url}/calls/announce.json?number=777888999&text=a&voice=2`, {
        method: 'POST',
        headers: asJson,
        body: '{}',
      });
      expect(own.done[0]).toEqual(['speak', 'a', 'cs+f2']);
    } finally {
      await own.close();
    }
  });

  it('that names no call is refused with the configuration', async () => {
    const own = await startControlHarness();
    try {
      const wrong = { telfa: { control: { paths: { 'GET /x': 'no_such_call' } } } };
      await expect(own.apply((all) => ({ ...all, profiles: wrong }))).rejects.toThrow(/GET \/x: the name of a call/);
    } finally {
      await own.close();
    }
  });
});

it('leaves other requests alone', async () => {
  const page = await fetch(`${harness.url}/calls`, { headers: { accept: 'text/html,application/xml;q=0.9' } });
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
  expect((await fetch(`${harness.url}/calls`, { headers: { accept: '*/*' } })).headers.get('content-type')).toContain(
    'problem',
  );
  const unknown = await fetch(`${harness.url}/users/7/shoes.xml`, { headers: { api_key: TOKEN } });
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('<errors><error>')]);
  const nowhere = await fetch(`${harness.url}/nosuch.xml`, { headers: { api_key: TOKEN } });
  expect([nowhere.status, await nowhere.text()]).toEqual([404, expect.stringContaining('<errors><error>')]);
  expect((await fetch(`${harness.url}/nosuch.xml`)).headers.get('content-type')).toContain('xml');
  expect(STARTED_AT).toBeGreaterThan(0);
});
