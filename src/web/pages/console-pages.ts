import { seeOther } from '../../http/answer.js';
import { html } from '../../http/html.js';
import { Problem } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import type { PopsMode, ConsoleSession } from '../session.js';
import { textsFor, textsOfConsole } from '../texts/texts.js';
import { builtFileRoutes, type BuiltFiles } from './built-files.js';
import { frame } from './layout.js';
import { idParams, pages } from './listed-pages.js';
import { phoneFramePages } from './phone-frame.js';
import { setupPages, type SetupPageParts } from './setup-page.js';

const SCRIPT = 'console/main.tsx';

type CompanyFacts = Pick<
  ConsoleSession,
  | 'timeZone'
  | 'hasWebhooks'
  | 'usesDispatch'
  | 'labels'
  | 'languages'
  | 'pauseReasons'
  | 'queues'
  | 'handsets'
  | 'lines'
>;

const NO_FACTS: CompanyFacts = {
  timeZone: 'UTC',
  hasWebhooks: false,
  usesDispatch: false,
  labels: [],
  languages: [],
  pauseReasons: [],
  queues: [],
  handsets: [],
  lines: [],
};

interface ConsoleParts {
  built: BuiltFiles;
  /** What the visitor's browser needs to know about the company. */
  company: () => CompanyFacts;
  firstAccount: SetupPageParts['firstAccount'];
  /** Whether a browser can be the phone of this handset. */
  isForBrowsers: (handset: string) => boolean;
  /** Whether pages of this origin may embed a phone. */
  embedsPhone: (origin: string) => boolean;
  /** Whether callers' pages open for this operator. */
  pops: (operatorId: number) => PopsMode;
}

/** The console: a frame with the menu for each of its pages, its scripts and style sheets. */
export function consolePages(parts: ConsoleParts): Route[] {
  return [
    ...builtFileRoutes(parts.built),
    ...pages.map(({ path, scope, title, summary, params, isBare }) =>
      route({
        method: 'GET',
        path,
        scope,
        kind: 'page',
        summary,
        params,
        handle: (request) => shell(request, title(textsFor(request.languages)), isBare === true, parts),
      }),
    ),
    ...phoneFramePages({
      built: parts.built,
      isListed: parts.embedsPhone,
      session: (who) => sessionFor(who, parts),
      timeZone: () => parts.company().timeZone,
    }),
    ...setupPages({
      firstAccount: parts.firstAccount,
      shell: (request, title) => shell(request, title, false, parts),
    }),
    route({
      method: 'GET',
      path: '/dispatch-token/:id',
      scope: 'operators:read',
      kind: 'page',
      summary: 'The former address of the token on the page of its operator',
      params: idParams,
      handle: ({ who, params: { id } }) => seeOther(who?.operator?.id === Number(id) ? '/account' : `/people/${id}`),
    }),
    route({
      method: 'GET',
      path: '/accounts',
      scope: 'accounts:write',
      kind: 'page',
      summary: 'The former address of /people',
      handle: () => seeOther('/people'),
    }),
    route({
      method: 'GET',
      path: '/monitor',
      scope: 'monitor:read',
      kind: 'page',
      summary: 'The former address of /now',
      handle: ({ url }) => seeOther(`/now${new URL(url, 'http://localhost').search}`),
    }),
  ];
}

function shell(request: Request, title: string, isBare: boolean, parts: ConsoleParts) {
  const { built } = parts;
  const script = built.addressOf(SCRIPT);
  if (script === undefined) throw new Problem(503, 'Not built', 'run npm run build and restart the gateway');
  const session = sessionFor(request.who, parts);
  const head = html`${built.stylesOf(SCRIPT).map((style) => html`<link rel="stylesheet" href="${style}" />`)}
    <script type="module" src="${script}"></script>`;
  const main = html`<main id="content" tabindex="-1">
    <div id="app" data-session="${JSON.stringify(session)}">
      <div class="page-head"><h1>${title}</h1></div>
      <noscript>${textsOfConsole(request.languages).needsScript}</noscript>
    </div>
  </main>`;
  const answer = frame(request, { title, main, head, isBare });
  // Keeps the access to the tab of the dispatch's pages, so that it is reused.
  return { ...answer, headers: { ...answer.headers, 'cross-origin-opener-policy': 'same-origin-allow-popups' } };
}

/** What the visitor's browser knows. */
function sessionFor(who: Request['who'], { company, isForBrowsers, pops }: ConsoleParts): ConsoleSession {
  const { scopes = [], operator } = who ?? {};
  const mayPop = operator?.handset !== undefined && scopes.includes('numbers:read') && who?.phoneSession === undefined;
  // A visitor without a login sets the company up.
  const facts = who === undefined ? NO_FACTS : company();
  return {
    scopes,
    operator: operator?.id ?? null,
    handset: operator?.handset ?? null,
    hasBrowserPhone: operator?.handset !== undefined && isForBrowsers(operator.handset),
    pops: mayPop ? pops(operator.id) : 'off',
    ...facts,
  };
}
