import type { AmiFields } from './ami/ami-connection.js';

/**
 * Makes Asterisk read pjsip.conf and replaced certificate files again. Calls and connections continue.
 *
 * @throws AsteriskError
 */
export async function reloadSip(asterisk: { amiAction(fields: AmiFields): Promise<unknown> }): Promise<void> {
  await asterisk.amiAction({ Action: 'Reload', Module: 'res_pjsip.so' });
}
