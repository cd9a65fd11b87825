import { Html, html, type HtmlPiece } from '../../http/html.js';
import type { Request, Scope } from '../../http/route.js';
import { icons, type IconName } from '../icons.js';
import type { PageTexts } from '../texts/texts.js';

interface Entry {
  path: string;
  name: (texts: PageTexts) => string;
  scope: Scope;
}

/** What people come for, with its pages. */
interface Task {
  name: Exclude<keyof PageTexts['ofNavigation'] & IconName, 'more'>;
  entries: Entry[];
}

type Visitor = Pick<Request, 'url' | 'who' | 'usesDispatch'>;

/** Tasks in the bar at the bottom of a phone; the others are behind "More". */
const TASKS_ON_PHONES = 3;

const tasks: Task[] = [
  {
    name: 'now',
    entries: [
      { path: '/now', name: ({ ofNavigation }) => ofNavigation.now, scope: 'monitor:read' },
      { path: '/wall', name: ({ ofNavigation }) => ofNavigation.wall, scope: 'monitor:read' },
    ],
  },
  {
    name: 'calls',
    entries: [
      { path: '/calls', name: ({ calls }) => calls, scope: 'calls:read' },
      { path: '/missed', name: ({ ofNavigation }) => ofNavigation.missed, scope: 'calls:read' },
      { path: '/messages', name: ({ ofNavigation }) => ofNavigation.messages, scope: 'calls:read' },
      { path: '/reports', name: ({ ofNavigation }) => ofNavigation.reports, scope: 'metrics:read' },
    ],
  },
  {
    name: 'plans',
    entries: [{ path: '/plans', name: ({ ofNavigation }) => ofNavigation.plans, scope: 'config:read' }],
  },
  {
    name: 'people',
    entries: [
      { path: '/queues', name: ({ ofNavigation }) => ofNavigation.queues, scope: 'config:read' },
      { path: '/handsets', name: ({ ofNavigation }) => ofNavigation.handsets, scope: 'operators:read' },
      { path: '/people', name: ({ ofNavigation }) => ofNavigation.users, scope: 'accounts:write' },
    ],
  },
  {
    name: 'prompts',
    entries: [
      { path: '/prompts', name: ({ prompts }) => prompts, scope: 'prompts:read' },
      { path: '/music', name: ({ music }) => music, scope: 'prompts:read' },
    ],
  },
  {
    name: 'orders',
    entries: [
      { path: '/notifications', name: ({ ofNavigation }) => ofNavigation.notifications, scope: 'calls:read' },
      { path: '/bridges', name: ({ ofNavigation }) => ofNavigation.bridges, scope: 'calls:read' },
      { path: '/do-not-call', name: ({ ofNavigation }) => ofNavigation.doNotCall, scope: 'numbers:read' },
    ],
  },
  {
    name: 'integrations',
    entries: [
      { path: '/shop', name: ({ shop }) => shop, scope: 'config:read' },
      { path: '/webhooks', name: ({ webhooks }) => webhooks, scope: 'config:read' },
      { path: '/dispatch', name: ({ dispatch }) => dispatch, scope: 'config:read' },
      { path: '/embedded-phone', name: ({ ofNavigation }) => ofNavigation.embeddedPhone, scope: 'config:read' },
      { path: '/tokens', name: ({ ofNavigation }) => ofNavigation.tokens, scope: 'accounts:write' },
      { path: '/recorded-requests', name: ({ recordedRequests }) => recordedRequests, scope: 'config:read' },
      { path: '/docs', name: ({ apiDocs }) => apiDocs, scope: 'config:read' },
    ],
  },
  {
    name: 'settings',
    entries: [
      { path: '/lines', name: ({ ofNavigation }) => ofNavigation.lines, scope: 'config:read' },
      { path: '/trunks', name: ({ ofNavigation }) => ofNavigation.trunks, scope: 'metrics:read' },
      { path: '/settings', name: ({ ofNavigation }) => ofNavigation.company, scope: 'config:read' },
      { path: '/alarms', name: ({ ofNavigation }) => ofNavigation.alarms, scope: 'metrics:read' },
      { path: '/system', name: ({ ofNavigation }) => ofNavigation.system, scope: 'metrics:read' },
      { path: '/personal-data', name: ({ ofNavigation }) => ofNavigation.personalData, scope: 'people:data' },
      { path: '/audit', name: ({ ofNavigation }) => ofNavigation.audit, scope: 'audit:read' },
    ],
  },
];

/** Entries of companies that work with a dispatch. */
const ofDispatch = new Set(['/notifications', '/bridges', '/do-not-call', '/dispatch', '/recorded-requests']);

/** The menu: the tasks of the visitor with their pages. */
export function navigationMenu(visitor: Visitor, texts: PageTexts): Html {
  return html`<nav aria-label="${texts.ofNavigation.menu}">
    <ul class="tasks">
      ${offered(visitor).map((task) => taskItem(task, visitor, texts))}
    </ul>
  </nav>`;
}

/** The first tasks, and a button that opens the menu: for the thumb. */
export function bottomBar(visitor: Visitor, texts: PageTexts): Html {
  const { ofNavigation: words } = texts;
  return html`<nav class="bottom" aria-label="Cordboard">
    ${offered(visitor)
      .slice(0, TASKS_ON_PHONES)
      .map(
        ({ name, entries: [first, ...others] }) =>
          first &&
          link(first, visitor, html`${icon(name)}<span>${words[name]}</span>`, [
            first.path,
            ...others.map(({ path }) => path),
          ]),
      )}
    <button type="button" popovertarget="menu">${icon('more')}<span>${words.more}</span></button>
  </nav>`;
}

export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${new Html(icons[name])}</svg>`;
}

/** The first page of the visitor; undefined when no page is permitted. */
export function homeOf(visitor: Visitor): string | undefined {
  return offered(visitor)[0]?.entries[0]?.path;
}

function offered({ who, usesDispatch }: Visitor): Task[] {
  const isOffered = ({ path, scope }: Entry) =>
    who?.scopes.includes(scope) === true && (usesDispatch || !ofDispatch.has(path));
  return tasks
    .map((task) => ({ ...task, entries: task.entries.filter(isOffered) }))
    .filter(({ entries }) => entries.length > 0);
}

function taskItem({ name, entries }: Task, visitor: Visitor, texts: PageTexts): Html {
  const heading = html`${icon(name)}${texts.ofNavigation[name]}`;
  const [first, ...others] = entries;
  // A page with the name of its task is not named twice.
  const isHeading = first !== undefined && (others.length === 0 || first.name(texts) === texts.ofNavigation[name]);
  const below = isHeading ? others : entries;
  return html`<li>
    ${isHeading ? link(first, visitor, heading) : html`<span class="task">${heading}</span>`}
    ${
      below.length > 0 &&
      html`<ul>
        ${below.map((entry) => html`<li>${link(entry, visitor, entry.name(texts))}</li>`)}
      </ul>`
    }
  </li>`;
}

/** @param paths of the pages on which the link is marked */
function link({ path }: Entry, { url }: Visitor, content: HtmlPiece, paths: readonly string[] = [path]): Html {
  const { pathname } = new URL(url, 'http://localhost');
  const isHere = paths.some((each) => pathname === each || pathname.startsWith(`${each}/`));
  const marks = [isHere && html` aria-current="page"`, paths.length > 1 && html` data-paths="${paths.join(' ')}"`];
  return html`<a href="${path}" ${marks}>${content}</a>`;
}
