import { z } from 'zod';
import type { HandsetProvisioner } from '../../directory/handset-provisioner.js';
import type { Operator, Queue } from '../../directory/schema.js';
import { pageAfterForm, type Answer } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { notFound } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import type { HandsetMembership, QueuePresence } from '../../agents/handset-membership.js';
import type { OperatorControl } from '../../agents/operators.js';
import { phoneSettings, type PhoneServers } from './phone-settings.js';
import { show } from './layout.js';
import { table } from './table.js';
import { textsFor, type PageTexts } from '../texts/texts.js';
import { formatInstant } from './format-instant.js';

const ADDRESS = '/handsets';
const named = z.object({ name: z.string().max(40) });

interface HandsetPageParts {
  operators: Pick<OperatorControl, 'list'>;
  keeper: Pick<HandsetProvisioner, 'renewPassword'>;
  /** Whether Asterisk is reachable. */
  asterisk: { readonly usable: boolean };
  company: () => { operators: Operator[]; queues: Queue[]; time_zone: string };
  addresses: PhoneServers;
}

/** `/handsets`: handsets, their registrations, and the settings of each phone. */
export function handsetPages(parts: HandsetPageParts): Route[] {
  return [
    route({
      method: 'GET',
      kind: 'page',
      path: ADDRESS,
      scope: 'operators:read',
      summary: 'All handsets and their memberships in queues',
      handle: async (request) => listPage(request, parts, await parts.operators.list()),
    }),
    route({
      method: 'GET',
      kind: 'page',
      path: `${ADDRESS}/:name`,
      scope: 'operators:read',
      summary: 'A handset and the settings of its phone',
      params: named,
      handle: async (request) => handsetPage(request, parts, await find(parts, request.params.name)),
    }),
    route({
      method: 'POST',
      kind: 'page',
      bodyType: 'form',
      path: `${ADDRESS}/:name/password`,
      scope: 'config:write',
      summary: 'Generates a new password for a handset and shows it once',
      params: named,
      handle: async (request) => {
        const handset = await find(parts, request.params.name);
        const renewed = await parts.keeper.renewPassword(handset.handset);
        return pageAfterForm(request, (shown) => passwordPage(shown, parts, handset, renewed));
      },
    }),
  ];
}

async function find({ operators }: HandsetPageParts, name: string): Promise<HandsetMembership> {
  const found = (await operators.list()).find(({ handset }) => handset === name);
  if (found === undefined) throw notFound(`there is no handset ${name}`);
  return found;
}

function listPage(request: Request, parts: HandsetPageParts, handsets: HandsetMembership[]): Answer {
  const texts = textsFor(request.languages);
  const { ofHandsets: words } = texts;
  const rows = handsets.map((handset) => [
    html`<a href="${ADDRESS}/${handset.handset}">${titleOf(handset)}</a>`,
    html`${registration(handset, parts, texts)} ${handset.webrtc && html`<span class="soft">${words.browser}</span>`}`,
    peopleOf(handset, parts) || '–',
    queueList(handset, parts, texts),
  ]);
  const content = html`<p class="soft">${words.hint}</p>
    ${unreachableNote(parts, texts)}
    ${rows.length === 0 ? html`<p>${words.none}</p>` : table([texts.handset, words.phones, words.people, words.queues], rows)}`;
  return show(request, words.title, content);
}

function handsetPage(request: Request, parts: HandsetPageParts, handset: HandsetMembership): Answer {
  const texts = textsFor(request.languages);
  const { ofHandsets: words } = texts;
  const content = html`${unreachableNote(parts, texts)}
    <dl class="facts">
      <dt>${words.phones}</dt>
      <dd>${registration(handset, parts, texts)}</dd>
      <dt>${words.people}</dt>
      <dd>${peopleOf(handset, parts) || '–'}</dd>
      <dt>${words.queues}</dt>
      <dd>${queueList(handset, parts, texts)}</dd>
    </dl>
    ${handset.contacts.length > 0 && phones(request, handset, parts)} ${phoneSettings(texts, parts.addresses, handset)}
    ${request.can('config:write') && passwordForm(handset, texts)}
    <p><a href="${ADDRESS}">${words.title}</a></p>`;
  return show(request, titleOf(handset), content);
}

function passwordPage(
  request: Request,
  { addresses, asterisk }: HandsetPageParts,
  handset: HandsetMembership,
  password: string,
): Answer {
  const texts = textsFor(request.languages);
  const { ofHandsets: words } = texts;
  const content = html`<p class="bad" role="status">
      ${asterisk.usable ? words.shownOnce : words.shownOnceUnreachable}
    </p>
    ${phoneSettings(texts, addresses, handset, password)}
    <p><a href="${ADDRESS}/${handset.handset}">${texts.back}</a></p>`;
  return show(request, `${words.passwordFor} ${titleOf(handset)}`, content);
}

function titleOf({ handset, displayName }: HandsetMembership): string {
  return displayName === '' || displayName === handset ? handset : `${displayName} (${handset})`;
}

function unreachableNote({ asterisk }: HandsetPageParts, { ofHandsets: words }: PageTexts): Html | false {
  return !asterisk.usable && html`<p class="bad" role="status">${words.asteriskUnreachable}</p>`;
}

function registration(
  { registered, contacts, maxContacts }: HandsetMembership,
  { asterisk }: HandsetPageParts,
  { ofHandsets: words }: PageTexts,
): Html {
  if (!asterisk.usable) return html`<span class="soft">?</span>`;
  if (!registered) return html`<span class="bad">${words.notRegistered}</span>`;
  const count = words.count.replace('{n}', String(contacts.length)).replace('{max}', String(maxContacts));
  return html`<span class="good">${words.registered}</span
    >${maxContacts > 1 && html` <span class="soft">(${count})</span>`}`;
}

function peopleOf({ handset }: HandsetMembership, { company }: HandsetPageParts): string {
  const theirs = company().operators.filter((operator) => operator.handset === handset);
  return theirs.map(({ name }) => name).join(', ');
}

function queueList({ queues }: HandsetMembership, { company, asterisk }: HandsetPageParts, texts: PageTexts): Html {
  if (queues.length === 0) return html`<span class="soft">${texts.ofHandsets.inNoQueue}</span>`;
  const nameOf = (id: number) => company().queues.find((queue) => queue.id === id)?.name ?? id;
  return html`<ul class="plain">
    ${queues.map((presence) => html`<li>${nameOf(presence.queue)}: ${presenceText(presence, asterisk.usable, texts)}</li>`)}
  </ul>`;
}

function presenceText(
  { loggedIn, paused, pauseReason, state }: QueuePresence,
  isKnown: boolean,
  { ofHandsets: words }: PageTexts,
): Html {
  if (!loggedIn) return html`<span class="soft">${words.loggedOut}</span>`;
  if (paused) return html`<strong>${words.paused}${pauseReason !== '' && `: ${pauseReason}`}</strong>`;
  if (!isKnown) return html`?`;
  return html`<span class="${state === 'free' ? 'good' : state === 'unavailable' ? 'bad' : ''}"
    >${words.states[state]}</span
  >`;
}

/** The registered phones. Their addresses need the scope numbers:read. */
function phones(request: Request, { contacts }: HandsetMembership, { company }: HandsetPageParts): Html {
  const texts = textsFor(request.languages);
  const { ofHandsets: words } = texts;
  const zone = company().time_zone;
  const rows = contacts.map(({ userAgent, address, state, expiresAt }) => [
    userAgent || '–',
    request.can('numbers:read') ? address : '•••',
    html`<span class="${state === 'unreachable' ? 'bad' : ''}">${words.reach[state]}</span>`,
    formatInstant(expiresAt, zone),
  ]);
  const until = { name: `${words.until} (${zone})`, label: words.until };
  return html`<h2>${words.phones}</h2>
    ${table([words.device, words.address, texts.state, until], rows)}`;
}

/** A new password needs a second step, because it logs the phones out. */
function passwordForm({ handset }: HandsetMembership, { ofHandsets: words }: PageTexts): Html {
  return html`<details>
    <summary>${words.makePassword}…</summary>
    <form method="post" action="${ADDRESS}/${handset}/password">
      <p>${words.makePasswordHint}</p>
      <button class="danger">${words.makePassword}</button>
    </form>
  </details>`;
}
