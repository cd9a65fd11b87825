import type { Identity } from '../http/route.js';
import type { Passwords, Tokens } from '../http/tokens.js';
import type { Accounts } from './accounts.js';

/** All identities: tokens of the environment, API tokens, and operators with passwords. */
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

  /** Operators have names such as `@login`; names of tokens never begin with `@`. */
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
