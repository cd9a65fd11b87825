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

describe('what the linter says of status speech', () => {
  it('nothing when every piece is there, and a prompt that is spoken is used', () => {
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

  it('names pieces and prompts that are not there', () => {
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

  it('tells of a recording that a language has not', () => {
    const [first] = problems({
      fragments: { closing: 5 },
      templates: { own: { cs: [{ say: 'plate', after: ['region'] }] } },
    });
    expect(first).toBe('error status_speech/templates/own/cs/0: fragment "region" is not recorded in cs');
  });

  it('warns of words that nobody hears', () => {
    const silent = { silent: ['new'], fragments: { closing: 5 }, templates: { new: { cs: ['closing'] } } };
    expect(problems(silent)).toEqual([
      'warning status_speech/templates/new: nobody hears this template: new is silent',
    ]);
  });
});
