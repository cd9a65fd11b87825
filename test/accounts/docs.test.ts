import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rolesSchema, scopesOf } from '../../src/accounts/roles.js';
import { scopes } from '../../src/http/route.js';
import { readDocument } from '../../src/company/document/document.js';

const text = readFileSync('docs/accounts.md', 'utf8');

/** The table of roles: right, scope, operator, supervisor, admin. */
const rows = text
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()))
  .filter(([, , scope = '']) => (scopes as readonly string[]).includes(scope))
  .map(([, right = '', scope = '', operator, supervisor, admin]) => ({ right, scope, operator, supervisor, admin }));

test('docs/accounts.md says what each role may, scope by scope', () => {
  expect(rows.map(({ scope }) => scope).sort()).toEqual([...scopes].sort());
  for (const { scope, operator, supervisor, admin } of rows) {
    const may = (role: 'operator' | 'supervisor' | 'admin') => (scopesOf(role, {}) as string[]).includes(scope);
    expect([may('operator'), may('supervisor'), may('admin')], scope).toEqual([
      operator === 'yes',
      supervisor === 'yes',
      admin === 'always',
    ]);
  }
});

test('docs/accounts.md says what the document may change, and each word changes its scope alone', () => {
  const rights = rows.filter(({ right }) => right !== '');
  expect(rights.map(({ right }) => right).sort()).toEqual(
    Object.keys(rolesSchema.shape.operator.unwrap().shape).sort(),
  );
  for (const { right, scope } of rights) {
    const changed = (allowed: boolean) => scopesOf('operator', { operator: { [right]: allowed } }) as string[];
    expect(changed(true)).toContain(scope);
    expect(changed(false)).not.toContain(scope);
    expect(changed(true).filter((each) => each !== scope)).toEqual(changed(false));
  }
});

test('its examples are documents', () => {
  const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
  expect(examples).toHaveLength(2);
  for (const example of examples) expect(readDocument(`version: 1\n${example}`, 'example')).toMatchObject({ ok: true });
});
