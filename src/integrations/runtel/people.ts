import type { TransferTarget } from '../../telephony/control.js';
import type { RuntelSettings } from './schema.js';
import type { Company } from '../../company/company.js';
import type { NamedTarget } from './wire.js';

/** The handset named by the CRM: by user id or login, handset, or extension. Undefined: unknown. */
export function findHandset(
  { user, handset, extension }: Pick<NamedTarget, 'user' | 'handset' | 'extension'>,
  { operators, handsets }: Company,
  { extensions }: RuntelSettings,
): string | undefined {
  const known = (name: string | undefined) => handsets.find((each) => each.name === name)?.name;
  if (handset !== undefined) return known(handset);
  if (extension !== undefined) return known(extensions[extension] ?? extension);
  if (user === undefined) return undefined;
  const wanted = user.toLowerCase();
  const person = operators.find(({ id, login }) => String(id) === wanted || login.toLowerCase() === wanted);
  return known(person?.handset);
}

/** The transfer target; undefined when it is unknown or ambiguous. */
export function targetOf(named: NamedTarget, company: Company, settings: RuntelSettings): TransferTarget | undefined {
  if (Object.values(named).filter((value) => value !== undefined).length !== 1) return undefined;
  if (named.group !== undefined) return { queue: named.group };
  if (named.number !== undefined) return { number: named.number };
  const handset = findHandset(named, company, settings);
  return handset === undefined ? undefined : { handset };
}
