import { access } from '../api/client.js';
import type { SessionKeeper } from './session-keeper.js';

/** Authenticates the requests of the console's client by the session of the phone. */
export function useSession(keeper: SessionKeeper): void {
  access.onEnded = () => keeper.ask();
  keeper.onSession((token) => {
    access.headers = { authorization: `Bearer ${token}` };
    access.protocols = ['cordboard', `token.${token}`];
  });
}
