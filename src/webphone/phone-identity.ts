import { scopesOf, type Role, type RoleChanges } from '../accounts/roles.js';
import type { Identity, Scope } from '../http/route.js';
import type { PhoneGrant } from './phone-grant.js';

/** What an embedded phone may do, if its operator may. */
const PHONE_SCOPES: readonly Scope[] = ['monitor:read', 'operators:read', 'numbers:read'];

interface Person {
  id: number;
  login: string;
  role: Role;
  handset?: string | undefined;
}

interface GrantRules {
  operators: () => readonly Person[];
  roles: () => RoleChanges;
  isForBrowsers: (handset: string) => boolean;
  isListed: (origin: string) => boolean;
  /** Looks up tokens and people, see `Tokens.named`. */
  named: (name: string) => { fingerprint: string } | undefined;
}

/** The person of a grant; undefined once the person, their handset, the origin or the issuing token is no longer there. */
export function holderOf(grant: PhoneGrant, rules: GrantRules): Identity | undefined {
  const { handset, operator, origin, issuer } = grant;
  const person = rules.operators().find(({ id }) => id === operator);
  if (person?.handset !== handset || !rules.isForBrowsers(handset) || !rules.isListed(origin)) return undefined;
  if (rules.named(issuer.name)?.fingerprint !== issuer.fingerprint) return undefined;
  const scopes = scopesOf(person.role, rules.roles()).filter((scope) => PHONE_SCOPES.includes(scope));
  return { name: person.login, scopes, operator: { id: operator, handset } };
}
