import { z } from 'zod';
import type { Operator } from '../../../../directory/schema.js';
import { Problem } from '../../../../http/problem.js';
import { found, known } from '../ids.js';
import type { HandsetMembership } from '../../../../agents/handset-membership.js';
import { presenceOf } from '../../../shared/presence.js';
import type { Context } from '../ports.js';
import { withLoginProblems } from '../refusals.js';
import { DONE } from '../reply.js';
import { instant, none, pageNumber, endpoint, whole, type Endpoint } from '../endpoint.js';
import { handsetOfUser, userOf } from '../user.js';
import type { Fields } from '../../../shared/input.js';

const byId = z.object({ id: whole });
const loginInput = byId.extend({ group_id: whole.optional() });

const EVENT = { logged_in: 'login', logged_out: 'logout', paused: 'pause', unpaused: 'unpause' } as const;

/** Users are the company's operators, groups its queues. */
export const userRows: Endpoint[] = [
  endpoint({
    name: 'users',
    method: 'GET',
    path: '/users',
    scope: 'operators:read',
    input: none,
    handle: (_input, context) => users(context.company.operators, context),
  }),
  endpoint({
    name: 'states',
    method: 'GET',
    path: '/users/state',
    scope: 'operators:read',
    input: none,
    async handle(_input, { company, ports }) {
      const standings = await ports.operators.list();
      return { list: 'users', item: 'user', items: company.operators.map((user) => stateOf(user, standings)) };
    },
  }),
  endpoint({
    name: 'one_user',
    method: 'GET',
    path: '/users/:id',
    scope: 'operators:read',
    input: byId,
    handle: ({ id }, context) => ({ item: 'user', fields: infoOf(oneUser(id, context), context) }),
  }),
  endpoint({
    name: 'one_state',
    method: 'GET',
    path: '/users/:id/state',
    scope: 'operators:read',
    input: byId,
    async handle({ id }, context) {
      const user = oneUser(id, context);
      return { item: 'user', fields: stateOf(user, await context.ports.operators.list()) };
    },
  }),
  endpoint({
    name: 'login_history',
    method: 'GET',
    path: '/users/:id/logins',
    scope: 'operators:read',
    input: byId.extend({ page: pageNumber, from: instant.optional(), to: instant.optional() }),
    async handle({ id, page: number, from, to }, context) {
      // Of the operator only: the handset may have belonged to others before.
      const { login: operator } = oneUser(id, context);
      const limit = context.profile.page_size;
      const filter = { since: from, until: to, limit, offset: (number - 1) * limit };
      const { events } = await context.ports.history.list({ operator, ...filter });
      const items = events.map(({ at, event, queue, reason }) => ({
        at: context.instant(at),
        event: EVENT[event],
        group_id: queue,
        reason: reason || null,
      }));
      return { list: 'logins', item: 'login', items };
    },
  }),
  endpoint({
    name: 'log_in',
    method: 'POST',
    path: '/users/:id/login',
    root: 'login',
    scope: 'operators:read',
    input: loginInput,
    async handle(input, context) {
      await withLoginProblems(context.ports.operators.logIn(...loginTarget(input, context), context.who.name));
      return DONE;
    },
  }),
  endpoint({
    name: 'log_out',
    method: 'POST',
    path: '/users/:id/logout',
    root: 'logout',
    scope: 'operators:read',
    input: loginInput,
    async handle(input, context) {
      await withLoginProblems(context.ports.operators.logOut(...loginTarget(input, context), context.who.name));
      return DONE;
    },
  }),
  endpoint({
    name: 'groups',
    method: 'GET',
    path: '/groups',
    scope: 'operators:read',
    input: none,
    handle: (_input, { company }) => ({
      list: 'groups',
      item: 'group',
      items: company.queues.map(({ id, name, strategy }) => ({ id, name, strategy })),
    }),
  }),
  endpoint({
    name: 'group_users',
    method: 'GET',
    path: '/groups/:id/users',
    scope: 'operators:read',
    input: byId,
    handle({ id }, context) {
      const { handsets } = found(
        context.company.queues.find((queue) => queue.id === id),
        'group',
      );
      const members = context.company.operators.filter(
        ({ handset }) => handset !== undefined && handsets.includes(handset),
      );
      return users(members, context);
    },
  }),
];

function users(operators: readonly Operator[], context: Context) {
  return { list: 'users', item: 'user', items: operators.map((each) => infoOf(each, context)) };
}

function oneUser(id: number, { company }: Context): Operator {
  return found(
    company.operators.find((each) => each.id === id),
    'user',
  );
}

function infoOf({ id, login, name, role, handset, mobile }: Operator, { number }: Context): Fields {
  return {
    id,
    login,
    email: login.includes('@') ? login : null,
    name,
    role,
    handset: handset ?? null,
    mobile: mobile === undefined ? null : number(mobile),
  };
}

function stateOf({ id, login, name, handset }: Operator, standings: readonly HandsetMembership[]): Fields {
  const standing = standings.find((each) => each.handset === handset);
  return {
    id,
    login,
    name,
    state: presenceOf(standing),
    registered: standing?.registered ?? false,
    groups: (standing?.queues ?? []).map(({ queue, loggedIn, paused, pauseReason, state }) => ({
      id: queue,
      logged_in: loggedIn,
      paused,
      pause_reason: pauseReason || null,
      state: state === 'busy' ? 'talking' : state,
    })),
  };
}

/** The handset of the user, or of another one with the scope for it; in one group of the handset, or all. */
function loginTarget(
  input: z.output<typeof loginInput>,
  context: Context,
): [handset: string, queues: number[] | undefined] {
  const user = oneUser(input.id, context);
  const isSelf = user.id === context.who.operator?.id;
  if (!isSelf) {
    userOf({ telfa_user_id: input.id }, context);
    if (!context.can('operators:control'))
      throw new Problem(403, 'Forbidden', 'this login may not change the agent login of others');
  }
  const handset = handsetOfUser(user);
  if (input.group_id === undefined) return [handset, undefined];
  const group = known(
    context.company.queues.find(({ id }) => id === input.group_id),
    'group_id',
    'group',
  );
  known(group.handsets.includes(handset) || undefined, 'group_id', `group of user ${user.id}`);
  return [handset, [group.id]];
}
