import { z } from 'zod';
import { invalid, Problem } from '../../../http/problem.js';
import type { Operator } from '../../../directory/schema.js';
import { known } from './ids.js';
import type { Context } from './ports.js';
import { textField, whole } from './endpoint.js';

export const userInput = {
  telfa_user_id: whole.optional(),
  telfa_user_login: textField('a login').pipe(z.string().max(80)).optional(),
};

export interface NamedUser {
  telfa_user_id?: number | undefined;
  telfa_user_login?: string | undefined;
}

/**
 * The user on whose behalf a request is made: the named one, else the client itself. @throws {Problem} 403 when an operator names another
 */
export function userOf(named: NamedUser, context: Context): Operator {
  const { operators } = context.company;
  const self = operators.find(({ id }) => id === context.who.operator?.id);
  const user = namedUser(named, operators) ?? self;
  if (user === undefined) throw invalid([{ field: 'telfa_user_id', detail: 'name the user; a token has no handset' }]);
  if (self !== undefined && self.role === 'operator' && user.id !== self.id)
    throw new Problem(403, 'Forbidden', 'telfa_user_id: only supervisors and admins may name another user');
  return user;
}

/** Undefined when no user is named. @throws {Problem} 422 when the user does not exist */
export function namedUser(
  { telfa_user_id: id, telfa_user_login: login }: NamedUser,
  operators: readonly Operator[],
): Operator | undefined {
  if (id !== undefined)
    return known(
      operators.find((one) => one.id === id),
      'telfa_user_id',
      'user',
    );
  if (login === undefined) return undefined;
  const wanted = login.toLowerCase();
  return known(
    operators.find((one) => one.login.toLowerCase() === wanted),
    'telfa_user_login',
    'user',
  );
}

export function handsetOfUser({ id, handset }: Operator): string {
  if (handset !== undefined) return handset;
  throw invalid([{ field: 'telfa_user_id', detail: `user ${id} has no handset; give it one in the configuration` }]);
}

export function mobileOf({ id, mobile }: Operator): string {
  if (mobile !== undefined) return mobile;
  throw invalid([{ field: 'method', detail: `user ${id} has no mobile; give it one in the configuration` }]);
}
