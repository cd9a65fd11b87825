import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readXml, XmlRefused } from '../../../src/integrations/telfa/control/xml-read.js';
import { xmlOfItem, xmlOfList } from '../../../src/integrations/telfa/control/xml-write.js';
import { startControlHarness, TOKEN, type ControlHarness } from './telfa-control-harness.js';

describe('reading XML', () => {
  const plain = (text: string) => JSON.parse(JSON.stringify(readXml(text))) as unknown;

  it('takes what Rails writes', () => {
    expect(
      plain(
        '<?xml version="1.0"?>\n<a><b type="integer">1</b><c nil="true"/><d type="array"><e>x</e></d><f/><g>1</g><g>2</g></a>',
      ),
    ).toEqual({ root: 'a', content: { b: '1', c: null, d: ['x'], f: '', g: ['1', '2'] } });
    expect(plain('<a> <!-- hm --> x &amp; &lt;y&gt; &#382;<![CDATA[<z>&]]></a>')).toEqual({
      root: 'a',
      content: 'x & <y> ž<z>&',
    });
    expect(plain('<a type="array"/>')).toEqual({ root: 'a', content: [] });
  });

  it('ignores names of built-in properties', () => {
    const { content } = readXml('<a><__proto__><admin>1</admin></__proto__><constructor>x</constructor></a>');
    expect(Object.getPrototypeOf(content)).toBe(null);
    expect(Object.keys(content as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { admin?: string }).admin).toBe(undefined);
  });

  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
    { length: 9 },
    (_, index) => `<!ENTITY lol${index} "${`&lol${index === 0 ? '' : index - 1};`.repeat(10)}">`,
  ).join('')}]><lolz>&lol8;</lolz>`;

  it.each([
    ['a billion laughs', bomb, /DOCTYPE/],
    ['an external DTD', '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', /DOCTYPE/],
    ['an internal entity', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', /DOCTYPE/],
    ['an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', /DOCTYPE/],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]><a/>', /DOCTYPE/],
    ['a bare DOCTYPE', '<!DOCTYPE a><a/>', /DOCTYPE/],
    ['a DOCTYPE in small letters', '<!doctype a><a/>', /./],
    ['an unknown entity', '<a>&e;</a>', /entity/],
    ['a processing instruction', '<?xml-stylesheet href="x"?><a/>', /processing/],
    ['PHP', '<a><?php echo 1 ?></a>', /processing/],
    ['an element without an end', '<a><b></a>', /well-formed/],
    ['text after the end', '<a/>x', /well-formed/],
    ['two elements', '<a/><b/>', /well-formed/],
    ['nothing', '   ', /./],
    ['a character that XML has not', '<a>\u0001</a>', /well-formed/],
    ['an attribute twice', '<a x="1" x="2"/>', /well-formed/],
    ['many levels', '<a>'.repeat(17) + '</a>'.repeat(17), /deep/],
    ['many elements', `<a>${'<b/>'.repeat(5000)}</a>`, /elements/],
  ])('refuses %s', (_name, text, why) => {
    expect(() => readXml(text)).toThrow(XmlRefused);
    expect(() => readXml(text)).toThrow(why);
  });

  it('says nothing of the content in what it refuses', () => {
    for (const text of ['<a><n777888999></a>', '<a>&s3cret;</a>', '<a b=s3cret></a>'])
      expect(() => readXml(text)).toThrow(
        expect.objectContaining({ message: expect.not.stringMatching(/777888999|s3cret/) as string }) as Error,
      );
  });
});

describe('writing XML', () => {
  it('is read again as it was', () => {
    const fields = {
      name: 'Žáková <&> "kůň" \u0001\r\n',
      none: null,
      empty: '',
      list: [1, 2],
      inner: { deep: true },
      settings: { keys: { '9': [] } },
    };
    const { content } = readXml(xmlOfItem('user', fields));
    expect(JSON.parse(JSON.stringify(content))).toEqual({
      name: 'Žáková <&> "kůň"',
      none: null,
      empty: '',
      list: ['1', '2'],
      inner: { deep: 'true' },
      settings: '{"keys":{"9":[]}}',
    });
  });

  it('knows what an empty list looks like', () => {
    expect(xmlOfList('calls', 'call', [], { emptyList: 'nil-classes' })).toContain('<nil-classes type="array"/>');
    expect(xmlOfList('calls', 'call', [], { emptyList: 'named' })).toContain('<calls type="array"/>');
  });
});

describe('bodies', () => {
  let harness: ControlHarness;
  beforeAll(async () => {
    harness = await startControlHarness();
  });
  afterAll(() => harness.close());
  beforeEach(() => void (harness.done.length = 0));

  const post = (body: BodyInit, contentType = 'application/xml', path = '/recordings.xml') =>
    fetch(`${harness.url}${path}`, { method: 'POST', headers: { api_key: TOKEN, 'content-type': contentType }, body });
  const prompt = (text: string, encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><recording><name>n</name><text>${text}</text></recording>`;
  const CZECH = 'Příliš žluťoučký kůň úpěl ďábelské ódy: telefon-kancelář';
  /** Czech letters beyond ASCII, in ISO-8859-2. */
  const latin2 = (text: string) =>
    Buffer.from(
      Array.from(
        text,
        (letter) =>
          [...Array(256).keys()].find((code) => new TextDecoder('iso-8859-2').decode(Uint8Array.of(code)) === letter) ??
          63,
      ),
    );

  it('carry diacritics, in each notation', async () => {
    expect((await post(prompt(CZECH, 'UTF-8'))).status).toBe(200);
    expect((await post(`\uFEFF${prompt(CZECH, 'utf-8')}`)).status).toBe(200);
    expect((await post(latin2(prompt(CZECH, 'iso-8859-2')))).status).toBe(200);
    expect((await post(latin2(prompt(CZECH, 'UTF-8')), 'text/xml; charset=iso-8859-2')).status).toBe(200);
    expect((await post(JSON.stringify({ name: 'n', text: CZECH }), 'application/json; charset=utf-8')).status).toBe(
      200,
    );
    const form = new URLSearchParams({ 'recording[name]': 'n', 'recording[text]': CZECH }).toString();
    expect((await post(form, 'application/x-www-form-urlencoded')).status).toBe(200);
    expect(harness.done).toEqual(Array.from({ length: 6 }, () => ['fromText', 'n', CZECH, undefined]));
  });

  it('in another encoding than they declare are refused', async () => {
    for (const response of [
      await post(latin2(prompt(CZECH, 'UTF-8'))),
      await post(latin2(prompt(CZECH, 'no-such-encoding'))),
      await post(Buffer.from(prompt(CZECH, 'UTF-16'), 'utf16le')),
      await post(latin2(JSON.stringify({ name: 'n', text: CZECH })), 'application/json'),
    ]) {
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('<errors><error>body: ');
    }
    expect(harness.done).toEqual([]);
  });

  it('that make a parser fetch or grow fetch nothing and are refused', async () => {
    const asked: string[] = [];
    const trap = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('<!ENTITY x "y">');
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/evil.dtd`;
      const passwd = (await readFile('/etc/passwd', 'utf8')).split(':')[0] ?? 'root';
      for (const body of [
        `<!DOCTYPE recording SYSTEM "${url}"><recording><name>n</name><text>t</text></recording>`,
        `<!DOCTYPE recording [<!ENTITY e SYSTEM "${url}">]><recording><name>n</name><text>&e;</text></recording>`,
        `<!DOCTYPE recording [<!ENTITY e SYSTEM "file:///etc/passwd">]><recording><name>n</name><text>&e;</text></recording>`,
      ]) {
        const response = await post(body);
        const text = await response.text();
        expect([response.status, text.includes(`${passwd}:`)]).toEqual([400, false]);
      }
      expect(asked).toEqual([]);
      expect(harness.done).toEqual([]);
    } finally {
      await new Promise((resolve) => trap.close(resolve));
    }
  });

  it('of 10 MB are refused before they are read, whether they say their length or not', async () => {
    const big = Buffer.from(prompt('a'.repeat(10 * 1024 * 1024), 'UTF-8'));
    expect((await post(big)).status).toBe(413);
    const pieces = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let at = 0; at < big.length; at += 65_536) controller.enqueue(big.subarray(at, at + 65_536));
        controller.close();
      },
    });
    const unsaid = await fetch(`${harness.url}/recordings.xml`, {
      method: 'POST',
      headers: { api_key: TOKEN, 'content-type': 'application/xml' },
      body: pieces,
      duplex: 'half',
    } as RequestInit).catch((error: unknown) => error);
    if (unsaid instanceof Response) expect(unsaid.status).toBe(413);
    expect(harness.done).toEqual([]);
  });

  it('of other types and malformed ones are rejected, in the requested format', async () => {
    const csv = await post('a,b', 'text/csv');
    expect([csv.status, await csv.text()]).toEqual([415, expect.stringContaining('<errors>')]);
    const half = await post('{"name":', 'application/json', '/recordings.json');
    expect([half.status, half.headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8']);
    const list = await post('[1]', 'application/json');
    expect(list.status).toBe(400);
    const missing = await post('<recording><name>n</name></recording>');
    expect([missing.status, await missing.text()]).toEqual([422, expect.stringContaining('<error>text: ')]);
  });
});
