import { isMessage, listenToPage } from './page-port.js';
import { provideStorage } from './storage.js';
import { session } from '../session.js';
import { useSession } from './session-access.js';
import { SessionKeeper } from './session-keeper.js';
import '../styles/console.css';
import '../styles/embed.css';

/** The phone in a frame of a page of another server. The server has checked the page's origin, and browsers enforce it by its policy. */

provideStorage();
const place = document.getElementById('app');
const origin = place?.dataset['origin'] ?? '';

/** Loads the phone for the operator of the session. @returns false when the gateway did not answer */
async function start(parts: { port: MessagePort; keeper: SessionKeeper; isOn: boolean }): Promise<boolean> {
  const facts = await parts.keeper.facts();
  if (facts === undefined || place === null) return false;
  // Before the modules of the phone are loaded, which read it then.
  Object.assign(session, facts);
  useSession(parts.keeper);
  (await import('./frame.js')).start({ place, ...parts });
  return true;
}

listenToPage(origin, (port, { token, isOn }) => {
  const keeper = new SessionKeeper(origin, () => port.postMessage({ type: 'token_needed' }));
  let starting: Promise<boolean> | undefined;
  const open = async (given: string) => {
    if (!(await keeper.open(given))) return;
    starting ??= start({ port, keeper, isOn });
    if (await starting) return;
    // The next token tries again.
    starting = undefined;
    keeper.ask();
  };
  port.addEventListener('message', ({ data }) => {
    if (isMessage(data, 'token') && typeof data['token'] === 'string') void open(data['token']);
  });
  port.start();
  if (token === '') keeper.ask();
  else void open(token);
});
