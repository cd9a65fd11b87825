import { api } from '../api/client.js';
import type { FieldErrors } from '../config/field-errors.js';

/** Stores the password of a trunk. @returns whether it was stored */
export async function storePassword(trunk: string, password: string, errors: FieldErrors): Promise<boolean> {
  const outcome = await api.put('/api/v1/trunks/{name}/password', { path: { name: trunk }, body: { password } });
  if (outcome.ok) errors.clear();
  else errors.show(outcome);
  return outcome.ok;
}
