import type { Fields } from '../shared/input.js';

/**
 * Renames and omits fields. A path such as `queue.id` names a nested field; under its new name it is moved to the top level, null when
 * missing.
 */
export function reshaped(given: Fields, names: Readonly<Record<string, string>>, dropped: readonly string[]): Fields {
  const fields = structuredClone(given);
  const lifted = Object.entries(names)
    .filter(([path]) => path.includes('.') && (path.split('.')[0] ?? '') in fields)
    .map(([path, name]): [string, unknown] => [name, take(fields, path) ?? null]);
  for (const path of dropped) take(fields, path);
  const named = Object.entries(fields).map(([name, value]): [string, unknown] => [names[name] ?? name, value]);
  return Object.fromEntries([...named, ...lifted]);
}

/** Removes the field at a path. @returns its value */
function take(fields: Fields, path: string): unknown {
  const [name = '', ...deeper] = path.split('.');
  const value = fields[name];
  if (deeper.length > 0) return isFields(value) ? take(value, deeper.join('.')) : undefined;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a copy of our own, of which the company says what is sent
  delete fields[name];
  return value;
}

/** PHP's form notation: `queue[id]=12`, `setup[queues][0][name]=…`; null is empty. */
export function asForm(fields: Fields): string {
  const form = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (isFields(value)) for (const [inner, each] of Object.entries(value)) add(`${name}[${inner}]`, each);
    else form.append(name, isScalar(value) ? String(value) : '');
  };
  for (const [name, value] of Object.entries(fields)) add(name, value);
  return form.toString();
}

/** Lists too: their fields are numbered. */
function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
