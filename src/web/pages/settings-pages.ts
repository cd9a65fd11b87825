import { z } from 'zod';
import { pageAfterForm, type Answer } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { route, type Request, type Route, type Scope } from '../../http/route.js';
import { show } from './layout.js';
import { copyable } from './phone-settings.js';
import { table } from './table.js';
import { textsFor, type PageTexts } from '../texts/texts.js';

const providers = ['runtel', 'common', 'custom'] as const;
type Provider = (typeof providers)[number];

/** The fields of the dispatch's settings forms; implemented by integrations/gootax. */
interface DispatchForms {
  forms: {
    for: Provider;
    fields: { kind: string; label: string; value: string | null; token?: { name: string; exists: boolean } }[];
  }[];
  lines: { number: string; branch: string | null; tariff: string | null }[];
  operators: { name: string; login: string | null; webrtc: boolean }[];
}

export interface SettingsPageParts {
  settings: () => DispatchForms;
  /** @returns the forms with the new tokens, which are shown only once */
  makeTokens: (wanted: Provider, replace: boolean, can: (scope: Scope) => boolean) => Promise<DispatchForms>;
}

/** `/dispatch`: the values of all fields of the dispatch's settings forms. */
export function settingsPages({ settings, makeTokens }: SettingsPageParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/dispatch',
      scope: 'config:read',
      kind: 'page',
      summary: 'Values for the settings forms of the dispatch',
      handle: (request) => dispatchPage(request, settings()),
    }),
    route({
      method: 'POST',
      path: '/dispatch/tokens',
      scope: 'accounts:write',
      kind: 'page',
      bodyType: 'form',
      summary: 'Creates the tokens of a settings form',
      body: z.object({ for: z.enum(providers), replace: z.literal('yes').optional() }),
      handle: async (request) => {
        const { for: wanted, replace } = request.body;
        const made = await makeTokens(wanted, replace === 'yes', request.can);
        return pageAfterForm(request, (shown) => dispatchPage(shown, made));
      },
    }),
  ];
}

function dispatchPage(request: Request, { forms, lines, operators }: DispatchForms): Answer {
  const texts = textsFor(request.languages);
  const words = texts.ofSettings;
  const content = html`<p>
      ${words.hint} <a href="/docs">${texts.apiDocs}</a> · <a href="/recorded-requests">${words.recorded}</a>
    </p>
    ${forms.map((form) => formSection(request, form, texts))}
    <h2 lang="ru">Справочники → Телефонная линия</h2>
    ${table(
      [words.line, words.branch, words.tariff],
      lines.map(({ number, branch, tariff }) => [copyable(number), branch ?? '–', tariff ?? '–']),
    )}
    <h2 lang="ru">Профиль сотрудника → Внешние АТС</h2>
    <p class="soft">${words.passwordHint}</p>
    ${table(
      [texts.personName, texts.ofHandsets.user],
      operators.map(({ name, login, webrtc }) => [name, loginCell(login, webrtc, texts)]),
    )}`;
  return show(request, words.title, content);
}

function formSection(request: Request, form: DispatchForms['forms'][number], texts: PageTexts): Html {
  const [provider, ...fields] = form.fields;
  const rows = fields.map(({ label, value, token }) => [
    html`<span lang="ru">${label}</span>`,
    value === null ? tokenState(token, texts) : copyable(value),
  ]);
  return html`<h2>${provider?.value ?? form.for}</h2>
    ${table([texts.ofSettings.field, texts.ofSettings.value], rows)}
    ${request.can('accounts:write') && tokenForm(form, texts)}`;
}

function tokenState(token: { name: string; exists: boolean } | undefined, { ofSettings: words }: PageTexts): Html {
  const state = token?.exists === true ? words.tokenThere : words.tokenMissing;
  return html`<code>${token?.name ?? ''}</code> <span class="soft">${state}</span>`;
}

function tokenForm({ for: provider, fields }: DispatchForms['forms'][number], { ofSettings: words }: PageTexts): Html {
  const tokens = fields.flatMap(({ token }) => token ?? []);
  const isReplaced = tokens.every(({ exists }) => exists);
  const shown = fields.some(({ token, value }) => token !== undefined && value !== null);
  if (shown) return html`<p class="bad" role="status">${words.shownOnce}</p>`;
  return html`<form method="post" action="/dispatch/tokens" class="row">
    <input type="hidden" name="for" value="${provider}" />
    ${isReplaced && html`<input type="hidden" name="replace" value="yes" />`}
    <button class="${isReplaced ? 'danger' : ''}">${isReplaced ? words.replaceTokens : words.makeTokens}</button>
  </form>`;
}

function loginCell(login: string | null, webrtc: boolean, { ofSettings: words, none, password }: PageTexts): Html {
  if (login === null) return html`<span class="soft">${none}</span>`;
  return html`${copyable(login)}
    <a href="/handsets/${login}">${password}</a> ${!webrtc && html`<span class="soft">${words.noBrowser}</span>`}`;
}
