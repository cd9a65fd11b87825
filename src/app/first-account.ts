import type { Accounts } from '../accounts/accounts.js';
import { FirstAccount } from '../accounts/first-account.js';
import { CompanyRefused, type CompanyStore } from '../company/store/company-store.js';
import { configurationRefused } from '../company/refused-configuration.js';
import type { Clock } from '../lib/clock.js';
import type { Database } from '../storage/database.js';

/** Connects the account of the first admin with the operators of the company's document. */
export function createFirstAccount({
  db,
  accounts,
  companies,
  clock,
}: {
  db: Database;
  accounts: Accounts;
  companies: Pick<CompanyStore, 'update'>;
  clock: Clock;
}): FirstAccount {
  return new FirstAccount({
    db,
    accounts,
    clock,
    async addAdmin({ login, name }) {
      try {
        await companies.update((company) => ({
          ...company,
          operators: withAdmin(company.operators, { login, name }),
        }));
      } catch (error) {
        throw error instanceof CompanyRefused ? configurationRefused(error.problems) : error;
      }
    },
  });
}

type Operators = CompanyStore['company']['operators'];

/** No account has a password yet, so an operator with this login is the person that sets the company up. */
function withAdmin(operators: Operators, { login, name }: { login: string; name: string }): Operators {
  const isSame = (operator: Operators[number]) => operator.login.toLowerCase() === login.toLowerCase();
  if (operators.some(isSame))
    return operators.map((operator) => (isSame(operator) ? { ...operator, login, name, role: 'admin' } : operator));
  const id = Math.max(0, ...operators.map((operator) => operator.id)) + 1;
  return [...operators, { id, login, name, role: 'admin' }];
}
