import { invalid } from '../http/problem.js';
import type { Company } from './company.js';
import { CompanyRefused } from './store/company-store.js';

/**
 * Applies a request's change to the company.
 * @throws {Problem} 422 with each field rejected by the schemas or the linter
 */
export async function updateCompany(
  companies: { update(change: (company: Company) => Company): Promise<unknown> },
  change: (company: Company) => Company,
): Promise<void> {
  try {
    await companies.update(change);
  } catch (error) {
    if (!(error instanceof CompanyRefused)) throw error;
    const errors = error.problems.filter(({ severity }) => severity === 'error');
    throw invalid(
      errors.map(({ path, message, remedy }) => ({
        field: path === '' ? 'configuration' : path,
        detail: remedy === undefined ? message : `${message} (${remedy})`,
      })),
    );
  }
}
