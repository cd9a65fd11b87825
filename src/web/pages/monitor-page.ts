import { html } from '../../http/html.js';
import { Problem } from '../../http/problem.js';
import { route, type Route } from '../../http/route.js';
import { builtFileRoutes, type BuiltFiles } from './built-files.js';
import { show } from './layout.js';
import { textsFor } from '../texts/texts.js';

const SCRIPT = 'monitor/main.tsx';

/** `/monitor`: the frame of the page; src/web/monitor renders its content in the browser. */
export function monitorPage(
  built: BuiltFiles,
  labels: () => string[],
  pauseReasons: () => string[],
  /** Whether callers' pages open for this operator. */
  pops: (operatorId: number) => 'off' | 'no_token' | 'on',
): Route[] {
  return [
    ...builtFileRoutes(built),
    route({
      method: 'GET',
      path: '/monitor',
      scope: 'monitor:read',
      kind: 'page',
      summary: 'Live calls, queues and handsets',
      handle: (request) => {
        const script = built.addressOf(SCRIPT);
        if (script === undefined) throw new Problem(503, 'Not built', 'run npm run build and restart the gateway');
        const texts = textsFor(request.languages);
        const operator = request.who?.operator;
        const mayPop = operator?.handset !== undefined && request.can('numbers:read');
        const head = html`${built.stylesOf(SCRIPT).map((style) => html`<link rel="stylesheet" href="${style}" />`)}
          <script type="module" src="${script}"></script>`;
        const content = html`<div
          id="monitor"
          data-labels="${JSON.stringify(labels())}"
          data-pause-reasons="${JSON.stringify(pauseReasons())}"
          data-own="${operator?.handset}"
          data-operator="${operator?.id}"
          data-pops="${mayPop ? pops(operator.id) : 'off'}"
          data-may-reject="${String(request.can('calls:reject'))}"
        >
          <noscript>${texts.needsScript}</noscript>
        </div>`;
        const answer = show(request, texts.monitor, content, 200, head);
        // Keeps the access to the tab of the dispatch's pages, so that it is reused.
        return { ...answer, headers: { ...answer.headers, 'cross-origin-opener-policy': 'same-origin-allow-popups' } };
      },
    }),
  ];
}
