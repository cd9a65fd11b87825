import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { session } from './session.js';
import { Commands } from './shell/commands.js';
import { showPlace } from './shell/place.js';
import { deferred } from './ui/deferred.js';
import { Toasts } from './ui/toasts.js';

const MissedCount = deferred(() => import('./shell/missed-count.js').then((module) => module.MissedCount), 0);
const MessageCount = deferred(() => import('./shell/message-count.js').then((module) => module.MessageCount), 0);
const AlarmCount = deferred(() => import('./shell/alarm-count.js').then((module) => module.AlarmCount), 0);

const pages = {
  '/now': lazy(() => import('./now/page.js')),
  '/wall': lazy(() => import('./wall/page.js')),
  '/calls': lazy(() => import('./calls/list.js')),
  '/calls/:id': lazy(() => import('./calls/call.js')),
  '/plans': lazy(() => import('./plans/list.js')),
  '/plans/changes': lazy(() => import('./plans/changes.js')),
  '/plans/history': lazy(() => import('./plans/history.js')),
  '/plans/lines/:key': lazy(() => import('./plans/editor.js')),
  '/plans/parts/:key': lazy(() => import('./plans/editor.js')),
  '/prompts': lazy(() => import('./prompts/list.js')),
  '/prompts/:id': lazy(() => import('./prompts/prompt.js')),
  '/music': lazy(() => import('./music/list.js')),
  '/music/:name': lazy(() => import('./music/one.js')),
  '/shop': lazy(() => import('./shop/page.js')),
  '/webhooks': lazy(() => import('./webhooks/list.js')),
  '/webhooks/:id': lazy(() => import('./webhooks/delivery.js')),
  '/dispatch': lazy(() => import('./dispatch/page.js')),
  '/embedded-phone': lazy(() => import('./embedded-phone/page.js')),
  '/recorded-requests': lazy(() => import('./recorded/page.js')),
  '/setup': lazy(() => import('./setup/page.js')),
  '/alarms': lazy(() => import('./alarms/page.js')),
  '/alarms/settings': lazy(() => import('./alarms/settings.js')),
  '/system': lazy(() => import('./system/page.js')),
  '/system/connect': lazy(() => import('./system/connect/page.js')),
  '/queues': lazy(() => import('./queues/page.js')),
  '/queues/:id': lazy(() => import('./queues/queue.js')),
  '/handsets': lazy(() => import('./handsets/page.js')),
  '/handsets/:name': lazy(() => import('./handsets/handset.js')),
  '/people': lazy(() => import('./people/page.js')),
  '/people/roles': lazy(() => import('./people/roles.js')),
  '/people/:id': lazy(() => import('./people/person.js')),
  '/tokens': lazy(() => import('./tokens/page.js')),
  '/lines': lazy(() => import('./lines/page.js')),
  '/lines/:number': lazy(() => import('./lines/line.js')),
  '/trunks': lazy(() => import('./trunks/page.js')),
  '/trunks/:name': lazy(() => import('./trunks/trunk.js')),
  '/settings': lazy(() => import('./settings/page.js')),
  '/settings/yaml': lazy(() => import('./settings/yaml/page.js')),
  '/settings/:section': lazy(() => import('./settings/section.js')),
  '/missed': lazy(() => import('./missed/page.js')),
  '/messages': lazy(() => import('./messages/page.js')),
  '/reports': lazy(() => import('./reports/page.js')),
  '/notifications': lazy(() => import('./orders/notifications.js')),
  '/notifications/:id': lazy(() => import('./orders/notification.js')),
  '/bridges': lazy(() => import('./orders/bridges.js')),
  '/do-not-call': lazy(() => import('./orders/do-not-call.js')),
  '/account': lazy(() => import('./account/page.js')),
  '/personal-data': lazy(() => import('./personal-data/page.js')),
  '/audit': lazy(() => import('./audit/page.js')),
};

const PhoneDock = lazy(() => import('./phone/dock.js'));

/** Links to the addresses of the console change the page without loading it. The wallboard has another frame, so it is loaded. */
const firstParts = new Set(Object.keys(pages).map((path) => path.split('/')[1] ?? ''));
firstParts.delete('wall');
const SCOPE = new RegExp(`^/(?:${[...firstParts].join('|')})(?:[/?]|$)`);

/** The console: one page for each address, and what stays around it. */
export function ConsoleApp() {
  return (
    <LocationProvider scope={SCOPE}>
      <Place />
      <ErrorBoundary>
        <Router>
          {Object.entries(pages).map(([path, page]) => (
            <Route key={path} path={path} component={page} />
          ))}
        </Router>
      </ErrorBoundary>
      {session.hasBrowserPhone && !document.body.classList.contains('bare') && (
        <ErrorBoundary>
          <PhoneDock />
        </ErrorBoundary>
      )}
      {!document.body.classList.contains('bare') && (
        <>
          <MissedCount />
          <MessageCount />
          <AlarmCount />
        </>
      )}
      <Commands isConsolePage={(path) => SCOPE.test(path)} />
      <Toasts />
    </LocationProvider>
  );
}

/** Keeps what the server has rendered around the page up to date: the mark in the menu, the way back from another language. */
function Place() {
  const { path, url } = useLocation();
  const isFirst = useRef(true);
  useEffect(() => showPlace(path, url), [path, url]);
  useLayoutEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else document.getElementById('content')?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
