import { z } from 'zod';
import { readBody, inputOfQuery } from '../../integrations/telfa/control/body.js';
import { findCall, formatOf, splitPath } from '../../integrations/telfa/control/paths.js';
import { rows } from '../../integrations/telfa/control/endpoints/index.js';
import type { TelfaProfile } from '../../integrations/telfa/profile.js';
import { fail, pass, skip, type Verdict } from '../verify/sheet.js';
import type { NamedFixture } from './read-fixtures.js';

/** Whether the request is a command of a shop to a PBX. */
export function isControl({ fixture: { request } }: NamedFixture): boolean {
  const { path, ending } = splitPath(request.path.split('?')[0] ?? '');
  return ending !== undefined || (path.startsWith('/calls') && formatOf(request.headers) !== undefined);
}

/** Checks that our control API has the call and accepts its fields. Nothing is carried out. */
export function judgeControl({ fixture: { request } }: NamedFixture, { control }: TelfaProfile): Verdict {
  if (typeof request.body !== 'string') return skip(`its body was not recorded (${request.body.omitted})`);
  const [address = '', query = ''] = request.path.split('?');
  const input = readBody(Buffer.from(request.body), request.headers['content-type']);
  const way = findCall(request.method, splitPath(address).path, rows, control.paths);
  const row = way?.row ?? rows.find(({ root }) => root !== undefined && root === input.root);
  if (row === undefined)
    return fail(
      `there is no call ${request.method} ${splitPath(address).path}`,
      'assign the path to a call in the profile: control.paths (docs/control-api.md)',
    );
  const names = new Map(Object.entries(control.rename).map(([name, renamed]) => [renamed, name]));
  const given = { ...inputOfQuery(query).fields, ...input.fields };
  const fields = Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => [names.get(name) ?? name, value]),
  );
  const parsed = row.input.safeParse({ ...fields, ...way?.params });
  if (parsed.success) return pass(row.name);
  return fail(
    `${row.name}: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`,
    'docs/control-api.md lists its fields',
  );
}
