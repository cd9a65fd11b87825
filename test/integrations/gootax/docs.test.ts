import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkProfile } from '../../../src/integrations/shared/check-profile.js';
import { builtIn } from '../../../src/integrations/gootax/built-in.js';
import { gootaxProfile } from '../../../src/integrations/gootax/profile.js';
import { orderStatuses } from '../../../src/orders/status.js';
import { readDocument } from '../../../src/company/document/document.js';
import { lint } from '../../../src/company/lint/linter.js';

const text = readFileSync('docs/gootax.md', 'utf8');

describe('docs/gootax.md', () => {
  it('has every word of the profile, every status and every path', () => {
    const words = [...Object.keys(builtIn), ...Object.keys(builtIn.fields), ...orderStatuses];
    expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
    for (const path of Object.keys(builtIn.paths)) expect(text).toContain(path.split(' ')[1]);
  });

  it('has examples that hold', () => {
    const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(examples).not.toEqual([]);
    for (const example of examples) {
      const read = readDocument(example, 'example');
      expect(
        read.ok && lint(read.document.company, { ...read.document, checkProfile, knownSounds: new Map() }),
      ).toEqual([]);
    }
  });
});

describe('the profile', () => {
  it('is complete without a word of the company’s', () => {
    expect(gootaxProfile({})).toEqual(builtIn);
  });

  it('refuses words that mean nothing, and names them', () => {
    const refused = (changes: Record<string, unknown>) => () => gootaxProfile(changes);
    expect(refused({ paths: { '/notify': 'notify' } })).toThrow('a method and a path');
    expect(refused({ paths: { 'POST /x': 'call' } })).toThrow('connect_client');
    expect(refused({ statuses: { x: 'gone' } })).toThrow('ordered_by_mistake');
    expect(refused({ statuses: 7 })).toThrow('statuses');
    expect(refused({ field: {} })).toThrow('field');
    expect(refused({ fields: { phone: ['x'] } })).toThrow('phone');
  });

  it('is no contract of a hand-over', () => {
    const plan = [{ hand_over: { url: 'http://shop.example/', profile: 'taxi' } }, 'hang_up'];
    const document = {
      version: 1,
      lines: [{ number: '+420222333444', plan }],
      profiles: { gootax: { unknown_status: 'skip' }, taxi: { base: 'gootax' } },
    };
    const read = readDocument(JSON.stringify(document), 'file');
    const problems = read.ok
      ? lint(read.document.company, { ...read.document, checkProfile, knownSounds: new Map() })
      : [];
    expect(problems.map(({ message }) => message)).toEqual(['there is no profile "taxi"']);
  });
});
