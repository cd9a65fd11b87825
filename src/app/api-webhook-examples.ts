const CALL = {
  call_id: 'c_cordboard-1795252530.12',
  direction: 'incoming',
  caller_number: '777888999',
  called_number: '222333444',
  handset: 'telefon-sklad',
};
const QUEUE = {
  id: 12,
  name: 'Fronta volajících',
  position: 2,
  waiting: 2,
  joined_at: '2026-11-21T10:15:33.870+01:00',
};
const STARTED = '2026-11-21T10:15:30.123+01:00';
const ANSWERED = '2026-11-21T10:15:42.870+01:00';
const ENDED = '2026-11-21T10:17:02.450+01:00';
const RUNNING = { started_at: STARTED, answered_at: null, ended_at: null, duration: null, result: null };
const TALK = { ...RUNNING, answered_at: ANSWERED };
const OVER = { ...TALK, ended_at: ENDED, duration: 92, result: 'SUCCESS' };

function event(name: string, seq: number, timestamp: string) {
  return { event: name, event_id: `019aa5f1-3b2b-7c1d-9f3e-5a0c2b7d4e6${seq}`, seq, timestamp };
}

const BRIDGE = {
  bridge_id: 'b_0f8b7a52',
  order_id: '1001',
  state: 'a_answered',
  failed: null,
  ended_by: null,
  line: '+420222333444',
  created_at: '2026-11-21T09:15:30.000Z',
  bridged_at: null,
  ended_at: null,
  metadata: {},
};
const RECORDING = { id: 'r_7c1d', url: 'https://phone.example/api/v1/recordings/r_7c1d/audio', duration: 79 };

/** An example of each request to the company's own servers, by name. */
export const webhookExamples: Readonly<Record<string, unknown>> = {
  call_started: {
    ...event('call_started', 1, STARTED),
    ...CALL,
    handset: null,
    queue: null,
    agent: null,
    ...RUNNING,
    setup: {
      line: { number: '222333444', name: 'Zákaznická linka' },
      queues: [{ id: 12, name: 'Fronta volajících' }],
      handsets: [{ label: 'telefon-sklad', queue: 12 }],
    },
  },
  queue_joined: { ...event('queue_joined', 2, QUEUE.joined_at), ...CALL, queue: QUEUE, agent: null, ...RUNNING },
  ringing: {
    ...event('ringing', 3, '2026-11-21T10:15:38.200+01:00'),
    ...CALL,
    queue: QUEUE,
    agent: 'sales',
    ...RUNNING,
  },
  answered: { ...event('answered', 4, ANSWERED), ...CALL, queue: QUEUE, agent: 'sales', ...TALK },
  queue_left: {
    ...event('queue_left', 5, ANSWERED),
    ...CALL,
    queue: QUEUE,
    agent: 'sales',
    ...TALK,
    result: 'SUCCESS',
  },
  hangup: { ...event('hangup', 6, ENDED), ...CALL, queue: null, agent: 'sales', ...OVER },
  recording_ready: {
    ...event('recording_ready', 7, '2026-11-21T10:17:05.000+01:00'),
    ...CALL,
    queue: null,
    agent: 'sales',
    ...OVER,
    recording: { ...RECORDING, talk_duration: 79 },
  },
  bridge: { ...event('bridge', 3, '2026-11-21T09:15:42.870Z'), ...BRIDGE },
  bridge_recording: {
    ...event('bridge_recording', 6, '2026-11-21T09:17:05.000Z'),
    ...BRIDGE,
    state: 'ended',
    ended_by: 'a',
    bridged_at: '2026-11-21T09:15:50.000Z',
    ended_at: '2026-11-21T09:17:02.000Z',
    recording: RECORDING,
  },
  notification: {
    ...event('notification', 1, '2026-11-21T09:16:20.000Z'),
    notification_id: 'n_5a0c2b7d',
    external_id: 'n-1001',
    order_id: '1001',
    status: 'arrived',
    batch: null,
    state: 'done',
    result: 'delivered',
    attempts: [
      {
        number: 1,
        call_id: 'c_9f3e5a0c',
        started_at: '2026-11-21T09:15:42.870Z',
        ended_at: '2026-11-21T09:16:20.000Z',
        outcome: 'heard',
      },
    ],
    next_attempt_at: null,
    answered_at: '2026-11-21T09:15:50.000Z',
    duration: 30,
    digit: null,
    action: null,
    created_at: '2026-11-21T09:15:40.000Z',
    expires_at: '2026-11-21T10:15:40.000Z',
    finished_at: '2026-11-21T09:16:20.000Z',
  },
  call_note: {
    ...event('call_note', 2, '2026-11-21T09:15:42.870Z'),
    call_id: CALL.call_id,
    note: 'Wants the red one, will call again on Monday.',
    by: '@eva',
  },
  test: { event: 'test', event_id: '019aa5f1-3b2b-7c1d-9f3e-5a0c2b7d4e68', timestamp: ENDED },
  hand_over: {
    caller_number: '777888999',
    called_number: '222333444',
    received_digits: '1001',
    call_id: CALL.call_id,
    step: 2,
  },
  hand_over_response: { action: 'play', recording_id: 34 },
  alarm: {
    ...event('alarm', 1, '2026-11-21T09:20:00.000Z'),
    alarm: '3',
    rule: 'trunk_down',
    about: 'acme',
    state: 'fired',
    since: '2026-11-21T09:18:30.000Z',
    resolved_at: '',
    subject: 'The trunk acme does not work',
    text: 'Calls over the trunk acme fail.\n\nSince: 21 Nov 2026, 10:18 (Europe/Prague)',
    url: 'https://phone.example/alarms',
  },
  customer_lookup: { number: '777888999', number_e164: '+420777888999' },
  customer_lookup_response: {
    name: 'Jana Nováková',
    url: 'https://shop.example/admin/customers/7',
    orders: [{ id: '1004', status: 'sent', total: '1 290 Kč', url: 'https://shop.example/admin/orders/1004' }],
  },
  order_lookup: { number: '777888999', number_e164: '+420777888999', line: '+420222333444' },
  order_lookup_response: { orders: [{ id: '1001', status: 'arrived', car_mark: 'Škoda', car_color: 'red' }] },
};
