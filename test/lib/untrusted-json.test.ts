import { describe, expect, it } from 'vitest';
import { maskData } from '../../src/lib/mask.js';
import { parseJson } from '../../src/http/body.js';
import { responsibleIn } from '../../src/integrations/runtel/responsible.js';
import { readSteps } from '../../src/integrations/telfa/control/steps.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { parseUntrustedOrThrow } from '../../src/lib/untrusted-json.js';
import { parseCustomer } from '../../src/monitor/customer-response.js';
import { companySchema } from '../../src/company/company.js';
import { ordersIn } from '../../src/company/order-question.js';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

it('what others write is read as ever', () => {
  expect(parseUntrustedOrThrow('{"a":[1,{"b":null}],"__proto__":1}')).toEqual(
    JSON.parse('{"a":[1,{"b":null}],"__proto__":1}'),
  );
  expect(parseUntrustedOrThrow(nested(100))).toBeInstanceOf(Array);
  expect(() => parseUntrustedOrThrow('{"a"')).toThrow(SyntaxError);
  expect(() => parseUntrustedOrThrow(nested(102))).toThrow('nested more than 100 deep');
});

/** As deep as 64 KiB allow: whoever walked through it would run out of stack. */
describe('an answer that is one deep hole', () => {
  const deep = nested(32_000);

  it('of a shop that steers counts as no answer', () => {
    const profile = telfaHandOver.profile({});
    expect(telfaHandOver.read(200, `{"action":${deep}}`, profile)).toMatchObject({ type: 'bad' });
  });

  it('can be shown to readers without the right to numbers', () => {
    expect(maskData({ body: `{"a":${deep},"b":"777888999"}` })).toEqual({
      body: expect.stringContaining('•••') as string,
    });
  });

  it('names nobody, and holds no order', () => {
    const company = companySchema.parse({ version: 1, lines: [] });
    expect(responsibleIn(`{"transfer_to":${deep}}`, company)).toBeUndefined();
    expect(ordersIn(`{"orders":[{"id":${deep}}]}`, undefined)).toEqual([]);
    expect(parseCustomer(`{"name":"Jana","orders":${deep}}`)).toBeNull();
  });

  it('is refused in a request', () => {
    expect(() => parseJson(deep)).toThrow('nested more than 100 deep');
    expect(() => readSteps([{ action: 'play', settings: deep }], 'steps')).toThrow('steps');
  });
});
