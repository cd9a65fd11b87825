import { describe, expect, it } from 'vitest';
import { companySchema } from '../../src/company/company.js';
import { readKnownSounds } from '../../src/company/lint/known-sounds.js';
import { lint } from '../../src/company/lint/linter.js';

const knownSounds = await readKnownSounds('sounds');

function problems(status_speech: object): string[] {
  const company = companySchema.parse({
    version: 1,
    prompts: [{ id: 5, name: 'Own', sound: 'goodbye' }],
    status_speech,
  });
  return lint(company, { knownSounds }).map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

describe('lint of status speech', () => {
  it('finds nothing when every piece exists, and counts a spoken prompt as used', () => {
    const said = [
      'greeting',
      5,
      'digits/5',
      { say: 'plate', before: ['plate'] },
      { choose: [['coming'], ['coming-car']] },
    ];
    expect(problems({ templates: { accepted: { cs: said, ru: { inquiry: ['coming-car'] } } } })).toEqual([]);
    expect(problems({ fragments: { closing: 5, 'mark-zaz': 5 }, templates: { own: { cs: ['mark-zaz'] } } })).toEqual(
      [],
    );
  });

  it('reports missing pieces and prompts', () => {
    expect(
      problems({ fragments: { closing: 5 }, templates: { own: { cs: ['greting'], ru: { inquiry: [7] } } } }),
    ).toEqual([
      'error status_speech/templates/own/ru/inquiry/0: there is no prompt 7',
      'error status_speech/templates/own/cs/0: there is no fragment "greting"',
    ]);
    expect(problems({ fragments: { closing: 9 } })[0]).toBe(
      'error status_speech/fragments/closing: there is no prompt 9',
    );
  });

  it('reports a recording that is missing in a language', () => {
    const [first] = problems({
      fragments: { closing: 5 },
      templates: { own: { cs: [{ say: 'plate', after: ['region'] }] } },
    });
    expect(first).toBe('error status_speech/templates/own/cs/0: fragment "region" is not recorded in cs');
  });

  it('warns of templates that are never heard', () => {
    const silent = { silent: ['new'], fragments: { closing: 5 }, templates: { new: { cs: ['closing'] } } };
    expect(problems(silent)).toEqual([
      'warning status_speech/templates/new: nobody hears this template: new is silent',
    ]);
  });
});
