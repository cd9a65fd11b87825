import { can } from '../session.js';

/** Whether the visitor may change the configuration. Masked numbers would be saved as they are shown. */
export function mayConfigure(): boolean {
  return can('config:write') && can('numbers:read');
}
