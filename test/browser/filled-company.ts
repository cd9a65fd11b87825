import { expect } from 'vitest';
import { becomes } from '../support/becomes.js';
import { openBrowserHarness, type BrowserHarness } from './browser-harness.js';

/** A company with something on every page, and with long names. */

const LONG = 'Reklamace a vratky zboží zakoupeného na splátky přes e-shop';
const PARTS = ['reklamace-a-vratky-zbozi-na-splatky', 'mimo-pracovni-dobu'];
const QUEUES = 12;

export interface FilledCompany {
  harness: BrowserHarness;
  /** Addresses of all pages. */
  pages: string[];
}

export async function openFilledCompany(): Promise<FilledCompany> {
  const handsets = ['a1', 'a2', 'a3', 'tester'].map((name, index) => ({
    name,
    display_name: `${index + 1}. sklad Praha-Letňany, zadní vchod u nákladové rampy`,
  }));
  const harness = await openBrowserHarness({
    dial_policy: { countries: ['CZ'] },
    handsets,
    queues: Array.from({ length: QUEUES }, (_, index) => ({
      id: index + 1,
      name: `${LONG} ${index + 1}`,
      handsets: handsets.map(({ name }) => name),
    })),
    operators: [
      {
        id: 1,
        login: 'marie.kovarova-hruskova.z.lichtenburku@zakaznicke-centrum.shop.example',
        name: 'Marie Kovářová-Hrušková z Lichtenburku',
        handset: 'a1',
      },
      { id: 2, login: 'boss', name: 'Александр Константинопольский', role: 'admin' },
    ],
    webhooks: [{ name: 'crm-zakaznicke-centrum-usti-nad-labem', url: 'http://127.0.0.1:9/a/long/path/of/events?a=b' }],
    trunks: [{ name: 'provider', title: LONG, way: 'address', server: '127.0.0.9:9' }],
    callbacks: [{ name: 'dispatch', url: 'https://dispatch.example/hooks' }],
    gootax: { domain: 'taxi' },
    parts: {
      ...Object.fromEntries(PARTS.map((part) => [part, [{ play: 5 }, 'hang_up']])),
      'main-menu': [
        {
          menu: {
            prompt: 1,
            keys: Object.fromEntries(
              Array.from({ length: 9 }, (_, index) => [String(index + 1), [{ enqueue: { queue: index + 1 } }]]),
            ),
          },
        },
        { go_to_part: PARTS[0] },
      ],
    },
    lines: [
      { number: '+420222333444', name: LONG, plan: ['answer', { go_to_part: 'main-menu' }] },
      { number: '+420222333445', name: 'Sklad', plan: ['answer', { enqueue: { queue: 2, label: 'telefon-sklad' } }] },
      { number: '+420222333446', plan: ['answer', { go_to_part: PARTS[1] }] },
    ],
  });
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    expect((await harness.gateway.fetch(`/api/v1/${path}`, init)).ok, path).toBe(true);
  };
  await post('do-not-call', { number: '+420777000999', reason: 'na vlastní žádost, nepřeje si být obtěžován' });
  const order = { external_id: 'e-1', order_id: '7000', status: 'arrived', to: '+420777000999', prompts: [20] };
  await post('notifications/batches', { batch: 'pátek – zpoždění řidičů', notifications: [order] });
  await post('tokens', { name: 'shop', scopes: ['calls:read'] });
  const { notifications } = await harness.gateway.api<{ notifications: { notification_id: string }[] }>(
    '/api/v1/notifications',
  );
  const [listed] = notifications;
  const call = await longCall(harness);
  const pages = [
    ...['now', 'wall', 'calls', `calls/${call}`, 'missed', 'messages', 'reports', 'reports?view=queues'],
    ...['plans', 'plans/changes', 'plans/history', `plans/parts/${PARTS[0]}`, 'plans/lines/%2B420222333444'],
    ...['queues', 'queues/1', 'queues?new=1', 'handsets', 'handsets/a1', 'handsets?new=1', 'handsets?view=history'],
    ...['people', 'people/1', 'people/roles', 'people?new=1', 'prompts', 'prompts/1', 'music'],
    ...['notifications', 'notifications?new=1', `notifications/${listed?.notification_id ?? ''}`],
    ...['bridges', 'bridges?new=1', 'do-not-call', 'shop', 'webhooks', 'dispatch', 'embedded-phone'],
    ...['tokens', 'recorded-requests', 'alarms', 'alarms/settings'],
    ...[
      'lines',
      'lines/%2B420222333444',
      'trunks',
      'trunks/provider',
      'trunks?new=1',
      'settings',
      'settings/callbacks',
      'settings/profiles',
      'settings/yaml',
      'system',
      'system/connect',
      'personal-data',
      'audit',
    ],
    ...['account', 'docs', 'setup', 'nowhere'],
  ].map((page) => `/${page}`);
  return { harness, pages };
}

/** A caller who hangs up in a queue with a long name, on a line with one. */
async function longCall(harness: BrowserHarness): Promise<string> {
  const phone = await harness.caller('+420777100001');
  const call = await phone.dial('+420222333445');
  await becomes('the call is stored', async () => (await harness.gateway.calls('+420777100001')).length === 1);
  await call.hangUp();
  await harness.gateway.finished('+420777100001');
  const [found] = await harness.gateway.calls('+420777100001');
  return encodeURIComponent(found?.id ?? '');
}
