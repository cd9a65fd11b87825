import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionsOf, stepFields } from '../../src/integrations/telfa/control/steps.js';
import { companySchema } from '../../src/company/company.js';
import { formatCompany, readDocument } from '../../src/company/document/document.js';

const [LINE, OWN] = ['+420222333444', '+420222333000'];
const PEOPLE = ['+420777000111', '+420777000222', '+420777000333', '+420777000444', '+420777000555', '+420777000666'];
const [mobile, priority, unwanted, rung, nested, allowed] = PEOPLE;

const company = companySchema.parse({
  version: 1,
  dial_policy: { countries: ['CZ'], allow: ['+4917', allowed] },
  operators: [{ id: 1, login: 'jana', name: 'Jana', mobile }],
  priority_callers: [{ name: 'VIP', numbers: [priority], priority: 5 }],
  notifications: { do_not_call: [unwanted] },
  parts: { night: [{ ring: { number: rung, unanswered: [{ ring: { number: nested } }] } }] },
  lines: [{ number: LINE, caller_id: OWN, plan: [{ go_to_part: 'night' }] }],
  profiles: { telfa: { numbers: 'e164' } },
});

it('without the permission to see numbers, the document shows only the company’s own numbers', () => {
  const masked = formatCompany(company, false);
  for (const number of PEOPLE) {
    expect(masked).not.toContain(number.slice(1, -2));
    expect(formatCompany(company)).toContain(number);
  }
  const same = (document: string) =>
    (parse(document) as Record<string, unknown>)['lines'] ?? 'there are lines in the document';
  expect(same(masked)).toEqual(same(formatCompany(company)));
  expect(masked).toContain('+4917');
  expect(masked).toContain('numbers: e164');
});

it('a masked document cannot be applied by mistake', () => {
  expect(readDocument(formatCompany(company, false), 'file').ok).toBe(false);
});

it('the steps of a recipe are masked, too', () => {
  const steps = (sees: boolean) => JSON.stringify(stepFields(company, { part: 'night' }, sees));
  expect(actionsOf(company, { part: 'night' })).toHaveLength(1);
  expect(steps(true)).toContain(nested);
  for (const number of PEOPLE) expect(steps(false)).not.toContain(number.slice(1, -2));
});
