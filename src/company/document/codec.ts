import { asE164 } from '../../directory/numbers.js';
import { shorthand } from '../../lib/codec.js';
import { companySchema, type Company } from '../company.js';

/** Reads and writes a company's document. What is written reads as an equal company. */
export const companyDocument = shorthand(companySchema, { decode: withE164, encode: (company) => company });

/** Lines are identified by their E.164 number; the linter reports numbers that cannot be parsed. */
function withE164(company: Company): Company {
  const e164 = (number: string) => asE164(number, company.country);
  return {
    ...company,
    lines: company.lines.map((line) => {
      const numbered = { ...line, number: e164(line.number) };
      return line.caller_id === undefined ? numbered : { ...numbered, caller_id: e164(line.caller_id) };
    }),
  };
}
