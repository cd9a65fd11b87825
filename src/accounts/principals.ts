import type { Identity } from '../http/route.js';
import type { Passwords, Tokens } from '../http/tokens.js';
import type { Accounts } from './accounts.js';

/** Everybody who may ask: the tokens of the environment, those made later, and people with passwords. */
export class Principals implements Tokens, Passwords {
  constructor(
    private readonly tokens: readonly Tokens[],
    private readonly accounts: Accounts,
  ) {}

  verify(token: string): Identity | undefined {
    for (const list of this.tokens) {
      const found = list.verify(token);
      if (found) return found;
    }
    return undefined;
  }

  /** A person is named `@login`, which no token is. */
  named(name: string): (Identity & { fingerprint: string }) | undefined {
    if (name.startsWith('@')) return this.accounts.named(name.slice(1));
    for (const list of this.tokens) {
      const found = list.named(name);
      if (found) return found;
    }
    return undefined;
  }

  authenticate(login: string, password: string, address: string): ReturnType<Accounts['authenticate']> {
    return this.accounts.authenticate(login, password, address);
  }
}
