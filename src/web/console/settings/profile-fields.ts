import type { ProfileKind } from '../../../directory/profiles.js';
import { rowNames } from '../../../integrations/telfa/control/endpoint-names.js';
import { orderStatuses } from '../../../orders/status.js';
import type { FieldSpec } from '../config/field-spec.js';

const names = (path: string): FieldSpec => ({ path, kind: 'lines' });
const base: FieldSpec = { path: 'base', kind: 'choice', of: 'base' };

/** The settings of a contract, by the built-in profile that it changes. */
export const profileFields: Record<ProfileKind, readonly FieldSpec[]> = {
  telfa: [
    base,
    { path: 'encoding', kind: 'select', options: ['json', 'form'], fallback: 'json' },
    { path: 'numbers', kind: 'select', options: ['national', '00', 'e164'], fallback: 'national' },
    { path: 'anonymous', kind: 'text', maxLength: 40 },
    { path: 'identifiers', kind: 'check', fallback: true },
    { path: 'echo', kind: 'select', options: ['last', 'sticky'], fallback: 'last' },
    { path: 'results', kind: 'select', options: ['once', 'sticky'], fallback: 'once' },
    { path: 'after_play', kind: 'select', options: ['callback', 'return'], fallback: 'callback' },
    { path: 'hangup_means', kind: 'select', options: ['hangup', 'return'], fallback: 'hangup' },
    { path: 'menu_timeout_s', kind: 'number', min: 1, max: 60, step: 'any', unit: 'seconds', fallback: 5 },
    { path: 'menu_max', kind: 'number', min: 1, max: 64, fallback: 20 },
    { path: 'rename', kind: 'table', of: 'text' },
    { path: 'webhook_encoding', kind: 'select', options: ['json', 'form'], fallback: 'json' },
    { path: 'webhook_rename', kind: 'table', of: 'text' },
    { path: 'webhook_drop', kind: 'lines' },
    { path: 'control.paths', kind: 'table', of: rowNames },
    { path: 'control.rename', kind: 'table', of: 'text' },
    { path: 'control.recipe_ids', kind: 'table', of: 'text' },
    { path: 'control.number_ids', kind: 'table', of: 'text' },
    { path: 'control.voices', kind: 'table', of: 'text' },
    { path: 'control.empty_list', kind: 'select', options: ['nil-classes', 'named'], fallback: 'nil-classes' },
    { path: 'control.json_root', kind: 'check', fallback: false },
    { path: 'control.page_size', kind: 'number', min: 1, max: 200, fallback: 30 },
  ],
  gootax: [
    base,
    { path: 'paths', kind: 'table', of: ['notify', 'connect', 'connect_client', 'connect_driver', 'none'] },
    { path: 'statuses', kind: 'table', of: [...orderStatuses, 'unknown'] },
    { path: 'unknown_status', kind: 'select', options: ['announce', 'skip'], fallback: 'announce' },
    { path: 'initiators', kind: 'table', of: ['client', 'driver'] },
    { path: 'initiator', kind: 'select', options: ['client', 'driver'], fallback: 'client' },
    { path: 'same_within_s', kind: 'number', min: 0, max: 86_400, unit: 'seconds', fallback: 600 },
    names('fields.order'),
    names('fields.status'),
    names('fields.client'),
    names('fields.driver'),
    names('fields.line'),
    names('fields.branch'),
    names('fields.minutes'),
    names('fields.car_mark'),
    names('fields.car_model'),
    names('fields.car_color'),
    names('fields.car_plate'),
    names('fields.initiator'),
    names('fields.first'),
    names('fields.second'),
  ],
};
