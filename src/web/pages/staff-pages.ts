import { z } from 'zod';
import type { Account } from '../../accounts/accounts.js';
import { handsetName, operatorRoles, operatorSchema } from '../../directory/schema.js';
import { seeOther } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { conflict, notFound, Problem } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { CompanyRefused, type CompanyStore } from '../../company/store/company-store.js';
import { textsFor } from '../texts/texts.js';
import { compact } from '../../lib/compact.js';

export type Companies = Pick<CompanyStore, 'company' | 'update'>;

const form = { kind: 'page', bodyType: 'form', method: 'POST', scope: 'config:write' } as const;
const byId = z.object({ id: z.coerce.number().int().positive() });
const noHandset = z.literal('').transform(() => undefined);
const newPerson = byId.extend({
  ...operatorSchema.pick({ login: true, name: true, role: true }).shape,
  handset: z.union([noHandset, handsetName]),
});

/** Adds operators to the company's document, changes their roles, and removes them. */
export function staffPages(companies: Companies): Route[] {
  return [
    route({
      ...form,
      path: '/accounts',
      summary: 'Adds an operator',
      body: newPerson,
      handle: async ({ body: { handset, ...person } }) => {
        if (companies.company.operators.some(({ id }) => id === person.id))
          throw conflict(`an operator with the id ${person.id} exists: choose another id`);
        await change(companies, (operators) => [...operators, compact({ ...person, handset })]);
        return seeOther('/accounts');
      },
    }),
    route({
      ...form,
      path: '/accounts/role',
      summary: 'Changes the role of an operator',
      body: byId.extend({ role: z.enum(operatorRoles) }),
      handle: async ({ body: { id, role } }) => {
        requireKnown(companies, id);
        await change(companies, (operators) => operators.map((each) => (each.id === id ? { ...each, role } : each)));
        return seeOther('/accounts');
      },
    }),
    route({
      ...form,
      path: '/accounts/remove',
      summary: 'Removes an operator and the password',
      body: byId,
      handle: async ({ body: { id } }) => {
        requireKnown(companies, id);
        await change(companies, (operators) => operators.filter((each) => each.id !== id));
        return seeOther('/accounts');
      },
    }),
  ];
}

type Operators = Companies['company']['operators'];

async function change(companies: Companies, next: (operators: Operators) => Operators): Promise<void> {
  try {
    await companies.update((company) => ({ ...company, operators: next(company.operators) }));
  } catch (error) {
    if (!(error instanceof CompanyRefused)) throw error;
    const errors = error.problems.filter(({ severity }) => severity === 'error');
    throw new Problem(422, 'Configuration refused', errors.map(({ message }) => message).join('; '));
  }
}

function requireKnown({ company }: Companies, id: number): void {
  if (!company.operators.some((each) => each.id === id)) throw notFound(`there is no operator ${id}`);
}

/** The cell with an operator's role, and the form that changes it. */
export function roleCell(request: Request, { id, name, role }: Account): Html {
  const texts = textsFor(request.languages);
  if (!request.can('config:write')) return html`${texts.roles[role]}`;
  return html`<form method="post" action="/accounts/role" class="upload">
    <input type="hidden" name="id" value="${id}" />
    <select name="role" aria-label="${texts.role}: ${name}">
      ${operatorRoles.map((each) => html`<option value="${each}" ${each === role && 'selected'}>${texts.roles[each]}</option>`)}
    </select>
    <button aria-label="${texts.save}: ${name}">${texts.save}</button>
  </form>`;
}

/** The removal of an operator, which needs a second step. */
export function removal(request: Request, { id, name }: Account): Html | false {
  const { remove, removePersonHint } = textsFor(request.languages);
  if (!request.can('config:write')) return false;
  return html`<details>
    <summary aria-label="${remove}: ${name}">${remove}…</summary>
    <form method="post" action="/accounts/remove">
      <p>${removePersonHint}</p>
      <input type="hidden" name="id" value="${id}" />
      <button class="danger" aria-label="${remove}: ${name}">${remove}</button>
    </form>
  </details>`;
}

export function newPersonForm(request: Request, { company }: Companies): Html | false {
  if (!request.can('config:write')) return false;
  const texts = textsFor(request.languages);
  const nextId = Math.max(0, ...company.operators.map(({ id }) => id)) + 1;
  return html`<h3>${texts.newPerson}</h3>
    <form method="post" action="/accounts" class="row">
      <label>${texts.id} <input type="number" name="id" value="${nextId}" min="1" required /></label>
      <label>${texts.personName} <input name="name" required maxlength="80" autocomplete="off" /></label>
      <label>${texts.login} <input name="login" required maxlength="80" autocomplete="off" /></label>
      <label
        >${texts.role}
        <select name="role">
          ${operatorRoles.map((role) => html`<option value="${role}">${texts.roles[role]}</option>`)}
        </select></label
      >
      <label
        >${texts.handset}
        <select name="handset">
          <option value="">${texts.none}</option>
          ${company.handsets.map(({ name }) => html`<option>${name}</option>`)}
        </select></label
      >
      <button>${texts.create}</button>
    </form>`;
}
