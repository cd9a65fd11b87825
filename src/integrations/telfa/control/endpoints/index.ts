import type { Endpoint } from '../endpoint.js';
import { callRows } from './calls.js';
import { logRows } from './log.js';
import { planRows } from './plans.js';
import { promptRows } from './prompts.js';
import { userRows } from './users.js';
import { webhookRows } from './webhooks.js';

/** Every call of the control API. The first matching path wins. */
export const rows: Endpoint[] = [...callRows, ...logRows, ...userRows, ...promptRows, ...planRows, ...webhookRows];
