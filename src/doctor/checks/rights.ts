import type { AsteriskProbe } from '../../asterisk/probe.js';
import { contextsOf, entryContexts, neededContexts } from '../../asterisk/contexts.js';
import { messageOf } from '../../lib/error-message.js';
import { failed, ok, warning, type Finding } from '../finding.js';

/** AMI actions that the gateway uses, with the class of manager.conf that permits each. */
const NEEDED_ACTIONS = {
  Getvar: 'call or reporting',
  Setvar: 'call',
  Redirect: 'call',
  AbsoluteTimeout: 'call',
  CoreShowChannels: 'system or reporting',
  QueueStatus: '',
  QueueAdd: 'agent',
  QueueRemove: 'agent',
  QueuePause: 'agent',
  QueueChangePriorityCaller: '',
  DBGet: 'system or reporting',
  DBPut: 'system',
  DBDel: 'system',
  GetConfigJSON: 'system or config',
  PJSIPShowContacts: 'system',
  PJSIPShowRegistrationsOutbound: 'system or reporting',
  ShowDialPlan: 'config or reporting',
} as const;

const UNAUTHORIZED = /HTTP 401|\b401\b|authentication|login/i;
const NO_ARI = /\b404\b|not found/i;

/** Whether the gateway's user of ari.conf may control calls. */
export async function checkAri(probe: AsteriskProbe): Promise<Finding> {
  try {
    const version = await probe.version();
    if (!(await probe.mayWriteOverAri())) return failed(`Asterisk ${version}, but read_only`, 'ari_read_only');
    return ok(`Asterisk ${version}, may read and write`);
  } catch (error) {
    const message = messageOf(error);
    if (UNAUTHORIZED.test(message)) return failed(message, 'ari_login');
    return failed(message, NO_ARI.test(message) ? 'ari_not_found' : 'ari_no_answer');
  }
}

/** Whether the gateway's user of manager.conf may use every action that the gateway uses. */
export async function checkAmi(probe: AsteriskProbe): Promise<Finding> {
  try {
    const permitted = await probe.permittedActions();
    const missing = Object.entries(NEEDED_ACTIONS).filter(([action]) => !permitted.has(action.toLowerCase()));
    if (missing.length === 0) return ok(`all ${Object.keys(NEEDED_ACTIONS).length} actions are permitted`);
    const named = missing.map(([action, right]) => (right === '' ? `${action} (app_queue)` : `${action} (${right})`));
    return failed(`not permitted: ${named.join(', ')}`, 'ami_permission');
  } catch (error) {
    const message = messageOf(error);
    return failed(message, UNAUTHORIZED.test(message) ? 'ami_login' : 'ami_no_answer');
  }
}

/** Whether the user that writes queues and music may do so. */
export async function checkQueueWriter(probe: AsteriskProbe): Promise<Finding> {
  try {
    const may = await probe.mayWriteConfig();
    if (may === undefined) return warning('AMI_CONFIG_PASSWORD is not set', 'queues_no_config_user');
    return may ? ok('may write queues') : failed('UpdateConfig is not permitted', 'queues_permission');
  } catch (error) {
    return failed(messageOf(error), 'queues_login');
  }
}

/** @param app name of the ARI application, which is the prefix of the contexts */
export async function checkDialplan(probe: AsteriskProbe, app: string): Promise<Finding> {
  const contexts = contextsOf(app);
  const names = [...neededContexts(contexts), ...entryContexts(contexts)];
  const missing = await probe.missingContexts(names);
  if (missing.length === 0) return ok(`all ${names.length} contexts are there`);
  return failed(`missing: ${missing.join(', ')}`, 'dialplan_missing');
}

/** Audio formats that every telephone or browser understands, and what browsers need besides. */
const FOR_ALL = ['codec_alaw', 'codec_ulaw', 'res_rtp_asterisk'];
const FOR_PROMPTS = ['format_wav', 'format_pcm', 'res_http_media_cache'];
const FOR_BROWSERS = ['res_srtp', 'res_pjsip_transport_websocket'];
const OPUS = /^codec_opus/;

export async function checkCodecs(
  probe: AsteriskProbe,
  { trunk, hasBrowsers }: { trunk: string; hasBrowsers: boolean },
): Promise<Finding> {
  const modules = await probe.modules();
  const wanted = [...FOR_ALL, ...FOR_PROMPTS, ...(hasBrowsers ? FOR_BROWSERS : [])];
  const missing = wanted.filter((name) => !modules.has(name));
  if (missing.length > 0) return failed(`modules are not loaded: ${missing.join(', ')}`, 'codec_missing');
  const codecs = (await probe.endpoint(trunk))?.codecs;
  const offered = codecs === undefined ? 'no trunk' : `trunk: ${codecs.join(', ')}`;
  if (codecs !== undefined && !codecs.some((one) => /^[au]law$/.test(one)))
    return warning(`${offered}, neither alaw nor ulaw`, 'codec_trunk');
  if (hasBrowsers && ![...modules].some((name) => OPUS.test(name)))
    return warning(`${offered}; no opus for browsers`, 'codec_opus');
  return ok(`alaw, ulaw${hasBrowsers ? ', opus and SRTP for browsers' : ''}; ${offered}`);
}

/** The trunk as Asterisk knows it. */
export async function checkTrunk(probe: AsteriskProbe, trunk: string): Promise<Finding> {
  const endpoint = await probe.endpoint(trunk);
  if (endpoint === undefined) return failed(`Asterisk has no PJSIP endpoint ${trunk}`, 'trunk_unknown');
  const registrations = await probe.registrations(trunk);
  const bad = registrations.find((status) => status !== 'Registered');
  if (bad !== undefined) return failed(`${trunk}: ${bad}`, 'trunk_not_registered');
  if (!endpoint.isOnline) return failed(`${trunk} has no reachable contact`, 'trunk_unreachable');
  return ok(`${trunk}: ${registrations.length > 0 ? 'registered' : 'reachable, without a registration'}`);
}
