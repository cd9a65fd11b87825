import fc from 'fast-check';
import { companySchema, type Company } from '../../src/company/company.js';

/** Any company that the schemas accept, meaningful or not. */

const promptId = fc.integer({ min: 1, max: 99 });
const duration = fc.oneof(fc.integer({ min: 0, max: 3600 }), fc.constantFrom('1.5s', '250ms', '2m', '0'));
const clockTime = fc.constantFrom('00:00', '08:00', '12:30', '24:00');
const name = fc.constantFrom('main', 'operator', 'část-2', '7', 'no', 'null', 'Ž');
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constantFrom('+420', '1e3', 'yes', '~', ' x ', '📞', '# no'),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const prompts = fc.oneof(promptId, fc.array(promptId, { minLength: 1, maxLength: 2 }));
const record = fc.oneof(fc.boolean(), fc.record({ announce: maybe(promptId) }));
const spans = fc.array(fc.record({ from: clockTime, to: clockTime }), { maxLength: 2 });

const { actions } = fc.letrec<{ actions: unknown[] }>((tie) => {
  const inner = fc.option(tie('actions'), { nil: undefined, depthSize: 'small' });
  const hours = {
    time_zone: maybe(fc.constant('Asia/Almaty')),
    weekly: fc.dictionary(fc.constantFrom('mon', 'sat', 'sun'), spans),
    holidays: fc.oneof(fc.subarray(['12-24', '2026-01-01', 'CZ', 'DE-BY']), fc.constant('CZ')),
    holiday_hours: maybe(spans),
    exceptions: fc.array(fc.record({ date: fc.constant('2026-12-31'), open: spans }), { maxLength: 1 }),
  };
  return {
    actions: fc.array(
      fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('answer', 'hang_up', { hang_up: { cause: 'busy' } }),
        fc.record({ play: fc.oneof(prompts, fc.record({ prompt: prompts })) }),
        fc.record({ go_to_part: name }),
        fc.constant('take_message'),
        fc.record({
          take_message: fc.record({
            prompt: maybe(prompts),
            max: fc.constantFrom('30s', '10m'),
            silence: fc.constantFrom('2s', 7),
            queue: maybe(fc.constantFrom(1, 2)),
            handset: maybe(name),
          }),
        }),
        fc.record({
          menu: fc.record({
            prompt: prompts,
            timeout: duration,
            retries: fc.nat(3),
            keys: fc.dictionary(fc.constantFrom(...Array.from('0123456789*#')), tie('actions'), { maxKeys: 3 }),
            wrong_key_prompt: maybe(promptId),
            no_input_prompt: maybe(promptId),
            no_input: inner,
            wrong_key: inner,
          }),
        }),
        fc.record({
          collect: fc.record({
            prompt: promptId,
            save_as: fc.constant('order'),
            min: fc.constantFrom(1, 4),
            max: fc.constantFrom(4, 20),
            retries: fc.nat(3),
            timeout: duration,
            no_input: inner,
          }),
        }),
        fc.record({
          hand_over: fc.record({
            url: fc.constant('https://shop.example/launch.php?s=telfa'),
            filler_prompt: maybe(promptId),
            filler_after: duration,
            profile: fc.constantFrom('telfa', 'other'),
            fallback_prompt: maybe(promptId),
            on_failure: inner,
          }),
        }),
        fc.record({
          hours: fc.record({ ...hours, open: inner, closed: inner }),
        }),
        fc.constantFrom('connect', 'order_status', 'call_back', { connect: 'driver' }, { connect: null }),
        fc.record({
          connect: fc.record({
            party: fc.constantFrom('driver', 'client', 'other'),
            timeout: duration,
            max_duration: fc.constantFrom('30m', 3600, '10500ms'),
            record: maybe(record),
            busy_prompt: maybe(promptId),
            no_answer_prompt: maybe(promptId),
            rejected_prompt: maybe(promptId),
            unreachable_prompt: maybe(promptId),
            unanswered: inner,
          }),
        }),
        fc.record({ order_status: fc.record({ none: inner }) }),
        fc.record({ call_back: fc.record({ found: tie('actions') }) }),
        fc.record({
          ring: fc.record({
            number: fc.constantFrom('777888999', '112', '+1'),
            timeout: duration,
            caller_id: maybe(fc.constant('+420222333444')),
            record: maybe(record),
            unanswered: inner,
          }),
        }),
        fc.record({ ring: fc.record({ handset: fc.constantFrom('tester', 'no') }) }),
        fc.record({
          enqueue: fc.record({
            queue: promptId,
            label: maybe(fc.constantFrom('telefon-sklad', 'prodej')),
            timeout: maybe(fc.constantFrom('1m', 30, '1500ms')),
            exit_key: maybe(fc.constantFrom('1', '*')),
            priority: maybe(fc.nat(5)),
            hours: maybe(fc.record(hours)),
            answered: inner,
            timed_out: inner,
            empty: inner,
            full: inner,
            closed: inner,
            exited: inner,
            rejected: inner,
          }),
        }),
      ),
      { maxLength: 3 },
    ),
  };
});

const dialLimits = fc.record(
  {
    countries: fc.constantFrom([], ['CZ']),
    premium_rate: fc.boolean(),
    max_concurrent: fc.integer({ min: 0, max: 5 }),
    max_per_day: fc.integer({ min: 0, max: 100 }),
  },
  { requiredKeys: [] },
);

export const anyCompany: fc.Arbitrary<Company> = fc
  .record({
    version: fc.constant(1),
    country: fc.constantFrom('CZ', 'SK'),
    languages: fc.constantFrom(['cs'], ['ru', 'en']),
    time_zone: fc.constantFrom('Europe/Prague', 'Asia/Almaty'),
    reject_prompt: maybe(promptId),
    keep_days: fc.record(
      Object.fromEntries(
        [
          'recordings',
          'calls',
          'webhooks',
          'dead_webhooks',
          'orders',
          'recorded_requests',
          'audit',
          'unused_audio',
        ].map((word) => [word, fc.constantFrom(7, 30, 365)]),
      ),
      { requiredKeys: [] },
    ),
    dial_policy: fc.record({
      countries: fc.subarray(['CZ', 'SK']),
      allow: fc.subarray(['+4917', '155']),
      deny: fc.subarray(['+42090', '112']),
      max_concurrent: fc.constantFrom(10, 3),
      max_per_day: fc.constantFrom(500, 0),
    }),
    operators: fc.array(
      fc.record({
        id: promptId,
        login: fc.constantFrom('eva@shop.example', 'petr'),
        name: text,
        role: fc.constantFrom('operator', 'supervisor', 'admin'),
        handset: maybe(fc.constant('tester')),
        mobile: maybe(fc.constant('777 888 999')),
      }),
      { maxLength: 2 },
    ),
    roles: fc.record(
      {
        operator: fc.record({ numbers: maybe(fc.boolean()), listen: maybe(fc.boolean()) }),
        supervisor: fc.constant({}),
      },
      { requiredKeys: [] },
    ),
    callbacks: fc.array(
      fc.record({
        name: fc.constantFrom('shop', 'crm-2'),
        url: fc.constant('https://shop.example/results'),
        secret: maybe(fc.constant('WEBHOOK_KEY')),
        basic_auth: maybe(fc.constant('WEBHOOK_LOGIN')),
      }),
      { maxLength: 2 },
    ),
    bridges: fc.record(
      {
        ring_timeout: fc.constantFrom('30s', 5),
        max_duration: fc.constantFrom('30m', 10),
        warning: fc.constantFrom(0, '30s'),
        prompts: fc.record(
          Object.fromEntries(
            ['busy', 'no_answer', 'rejected', 'unreachable', 'confirm', 'ending', 'announce'].map((word) => [
              word,
              promptId,
            ]),
          ),
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
    runtel: maybe(
      fc.record(
        {
          numbers: fc.constantFrom('national', '00', 'e164'),
          paths: fc.constantFrom({}, { 'GET /crm/history': 'call_log' }),
          rename: fc.constantFrom({}, { clid: 'number' }),
          extensions: fc.constantFrom({}, { '101': 'tester' }),
          page_size: fc.constantFrom(50, 10),
        },
        { requiredKeys: [] },
      ),
    ),
    prompts: fc.array(
      fc.record({
        id: promptId,
        name: text,
        sound: maybe(fc.constant('welcome')),
        audio: maybe(fc.constantFrom({}, { cs: `sha256:${'b'.repeat(64)}` })),
      }),
      { maxLength: 4 },
    ),
    handsets: fc.array(
      fc.record({
        name: fc.constantFrom('tester', 'a1'),
        display_name: text,
        language: maybe(fc.constantFrom('cs', 'ru')),
        extension: maybe(fc.constantFrom('101', '102')),
        endpoint: maybe(fc.constantFrom('101', 'desk-2')),
        max_contacts: fc.constantFrom(1, 3),
        webrtc: fc.boolean(),
        encryption: fc.constantFrom('off', 'wanted', 'required'),
        digest: fc.constantFrom('md5', 'both', 'sha-256'),
        dial_limits: maybe(dialLimits),
      }),
      { maxLength: 2 },
    ),
    queues: fc.array(
      fc.record({
        id: promptId,
        name: text,
        extension: maybe(fc.constantFrom('201', '202')),
        handsets: fc.subarray(['tester', 'a1']),
        strategy: fc.constantFrom('ringall', 'linear'),
        ring_timeout: fc.constantFrom('20s', 5, '2m'),
        retry: fc.constantFrom('5s', 1),
        max_length: fc.nat(3),
        wrap_up: fc.constantFrom(0, '10s'),
        weight: fc.nat(2),
        max_wait: fc.constantFrom('10m', 90),
        stay_when: fc.constantFrom('always', 'registered'),
        record: maybe(record),
        language: maybe(fc.constant('ru')),
        join_when: fc.constantFrom('registered', 'free'),
        starts_logged_out: fc.boolean(),
        music: fc.option(fc.constant('calm'), { nil: undefined }),
        join_prompt: fc.option(promptId, { nil: undefined }),
        periodic: fc.option(
          fc.record({
            prompts: fc.array(promptId, { minLength: 1, maxLength: 3 }),
            every: fc.constantFrom('45s', 5, '2m'),
            first_after: fc.option(fc.constantFrom('1s', 20), { nil: undefined }),
          }),
          { nil: undefined },
        ),
        announce: fc.option(
          fc.record({
            every: fc.constantFrom('45s', 5),
            position: fc.constantFrom('off', 'on', 'limit', 'more'),
            hold_time: fc.constantFrom('off', 'on', 'once'),
            thanks: fc.boolean(),
          }),
          { nil: undefined },
        ),
      }),
      { maxLength: 2 },
    ),
    music: fc.array(
      fc.record({
        name: fc.constantFrom('calm', 'day-2'),
        title: text,
        sound: fc.option(fc.constant('calm'), { nil: undefined }),
        audio: fc.array(fc.constant(`sha256:${'a'.repeat(64)}`), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    priority_callers: fc.array(
      fc.record({
        name: fc.option(text, { nil: undefined }),
        numbers: fc.array(fc.constantFrom('+420777888999', '777 888 999'), { minLength: 1, maxLength: 2 }),
        priority: fc.integer({ min: 1, max: 100 }),
      }),
      { maxLength: 2 },
    ),
    contacts: fc.array(
      fc.record({
        name: fc.constantFrom('Courier', 'Supplier'),
        number: fc.constantFrom('+420602111222', '602 111 223'),
        note: fc.option(text, { nil: undefined }),
      }),
      { maxLength: 2 },
    ),
    pause_reasons: fc.subarray(['oběd', 'porada']),
    parking: fc.record({ places: fc.constantFrom(9, 20), ring_back: fc.constantFrom('90s', '30s') }),
    feature_codes: fc.record({
      park: fc.constantFrom('*3', 'off'),
      pick_up: fc.constantFrom('*7', '*8'),
      messages: fc.constantFrom('*97', 'off'),
      log_in: fc.constantFrom('*45', 'off'),
      pause: fc.constantFrom('*46', '*3*2'),
      blind_transfer: fc.constantFrom('*1', 'off'),
      attended_transfer: fc.constantFrom('*2', '*7'),
    }),
    parts: fc.dictionary(name, actions),
    lines: fc.array(
      fc.record({
        number: fc.constantFrom('+420222333444', '+421905123456'),
        name: text,
        languages: maybe(fc.constant(['ru', 'cs'])),
        time_zone: maybe(fc.constant('Asia/Almaty')),
        caller_id: maybe(fc.constant('+420222333445')),
        trunk: maybe(fc.constant('provider')),
        reject_prompt: maybe(promptId),
        max_calls: maybe(fc.constant(5)),
        branch: maybe(text),
        tariff: maybe(text),
        queue: maybe(promptId),
        call_back: maybe(fc.boolean()),
        plan: actions,
      }),
      { maxLength: 2 },
    ),
    gootax: fc.option(
      fc.record(
        {
          domain: fc.constantFrom('taxi', 'taxi-2'),
          pop: fc.record(
            {
              on: fc.constantFrom('ring', 'answer', 'off'),
              url: fc.constantFrom('https://{domain}.example/?clid={clid}', 'http://127.0.0.1:8090/pop?id={call_id}'),
              numbers: fc.constantFrom('digits', 'e164', '00', 'national'),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: ['domain'] },
      ),
      { nil: undefined },
    ),
    bans: fc.record(
      {
        automatic: fc.boolean(),
        failures: fc.integer({ min: 5, max: 1000 }),
        within: fc.constantFrom('60s', '5m', 900),
        first_minutes: fc.integer({ min: 1, max: 1440 }),
        longest_hours: fc.integer({ min: 1, max: 8760 }),
        allow: fc.constantFrom([], ['192.0.2.7', '2001:db8::/48']),
      },
      { requiredKeys: [] },
    ),
    browser_phones: fc.record(
      {
        origins: fc.array(fc.constantFrom('https://dispatch.example', 'http://127.0.0.1:3000'), { maxLength: 2 }),
        max_connections: fc.integer({ min: 0, max: 300 }),
        max_connections_per_address: fc.integer({ min: 1, max: 300 }),
      },
      { requiredKeys: [] },
    ),
    alarms: fc.record(
      {
        receivers: fc.uniqueArray(
          fc.record({
            name: fc.constantFrom('oncall', 'bot', 'office'),
            mail: fc.constant(['oncall@example.com']),
            language: fc.constantFrom('cs', 'ru', 'en'),
          }),
          { selector: ({ name }) => name, maxLength: 3 },
        ),
        resolve_after: duration,
        ...Object.fromEntries(
          ['trunk_down', 'queue_unstaffed', 'shop_failing', 'gateway_degraded'].map((rule) => [
            rule,
            fc.record({ on: fc.boolean(), after: duration }, { requiredKeys: [] }),
          ]),
        ),
        deliveries_late: fc.record({ longer_than: duration }, { requiredKeys: [] }),
        dial_limit: fc.record({ at_percent: fc.integer({ min: 1, max: 100 }) }, { requiredKeys: [] }),
        queue_waiting: fc.record({ after: duration, longer_than: duration }, { requiredKeys: [] }),
        disk_low: fc.record({ below_percent: fc.integer({ min: 1, max: 99 }) }, { requiredKeys: [] }),
        backup_old: fc.record({ older_than_hours: fc.integer({ min: 1, max: 99 }) }, { requiredKeys: [] }),
        address_banned: fc.record(
          { addresses: fc.integer({ min: 1, max: 99 }), within: duration },
          { requiredKeys: [] },
        ),
        certificate: fc.record({ expires_within_days: fc.integer({ min: 1, max: 365 }) }, { requiredKeys: [] }),
        password_guessing: fc.record(
          { attempts: fc.integer({ min: 1, max: 99 }), within: duration },
          { requiredKeys: [] },
        ),
        calls_refused: fc.record({ calls: fc.integer({ min: 1, max: 99 }), within: duration }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
    lookup: fc.option(
      fc.record({
        url: fc.constant('https://shop.example/caller?token=a%20b'),
        method: fc.constantFrom('GET', 'POST'),
        timeout: fc.constantFrom('100ms', '1s', 1.5),
        keep: fc.constantFrom(0, '5m'),
        secret: fc.option(fc.constant('WEBHOOK_KEY'), { nil: undefined }),
        basic_auth: fc.option(fc.constant('WEBHOOK_LOGIN'), { nil: undefined }),
      }),
      { nil: undefined },
    ),
    order_page: maybe(fc.constant('https://shop.example/orders/{order}?from=phone')),
    notifications: fc.record({
      per_minute: fc.constantFrom(30, 60),
      max_concurrent: fc.constantFrom(5, 1),
      trunks: fc.constantFrom({}, { provider: { per_minute: 6 } }),
      window: maybe(fc.constant({ from: '08:00', to: '24:00', policy: 'drop' })),
      ring_timeout: fc.constantFrom('30s', 40),
      answering_machine: fc.constantFrom('off', 'speak'),
      options: fc.constantFrom([], [{ digit: '1', action: 'repeat' }]),
      operator_queue: maybe(promptId),
      confirmations: fc.constantFrom({}, { webhook: 4 }),
      retry: fc.record({ interval: fc.constantFrom('90s', 2, '1.5h'), max_attempts: fc.constantFrom(3, 5) }),
      expires_after: fc.constantFrom('1h', '2d', 30),
      input: fc.record({ timeout: fc.constantFrom(5, '1500ms'), tries: fc.constantFrom(3, 1) }),
      offers: fc.record({ repeat: promptId }),
      do_not_call: fc.subarray(['777888999']),
    }),
    status_speech: fc.option(
      fc.constant({ silent: ['new'], templates: { arrived: { cs: [41, { say: 'plate', before: ['plate'] }] } } }),
      { nil: undefined },
    ),
    orders: fc.option(
      fc.record({
        lookup: fc.option(
          fc.record({
            url: fc.constant('https://dispatch.example/orders?phone={number}'),
            method: fc.constantFrom('GET', 'POST'),
            timeout: fc.constantFrom('100ms', '1s', 1.5),
            list: fc.option(fc.constant('data.orders'), { nil: undefined }),
            headers: fc.dictionary(fc.constant('api-key'), fc.constant('WEBHOOK_KEY')),
          }),
          { nil: undefined },
        ),
        choose_prompts: fc.option(fc.array(promptId, { minLength: 2, maxLength: 3 }), { nil: undefined }),
        menus: fc.dictionary(
          fc.constantFrom('arrived', 'unknown', 'with_driver'),
          fc.record({
            prompt: fc.option(fc.oneof(promptId, fc.array(promptId, { minLength: 1, maxLength: 2 })), {
              nil: undefined,
            }),
            timeout: duration,
            retries: fc.nat(3),
            keys: fc.dictionary(fc.constantFrom('1', '2', '*'), actions, { maxKeys: 2 }),
          }),
        ),
      }),
      { nil: undefined },
    ),
    webhooks: fc.array(
      fc.record({
        name: fc.constantFrom('shop', 'crm-2'),
        url: fc.constant('https://shop.example/telfa/?token=a%20b'),
        events: fc.option(fc.subarray(['ringing', 'hangup'], { minLength: 1 }), { nil: undefined }),
        profile: fc.constantFrom('telfa', 'other'),
        bearer: maybe(fc.constant('WEBHOOK_TOKEN')),
        routes_calls: maybe(fc.boolean()),
        secret: fc.option(fc.constant('WEBHOOK_KEY'), { nil: undefined }),
        basic_auth: fc.option(fc.constant('WEBHOOK_LOGIN'), { nil: undefined }),
      }),
      { maxLength: 2 },
    ),
    trunks: fc.array(
      fc.record({
        name: fc.constantFrom('main', 'backup-2'),
        title: maybe(text),
        enabled: maybe(fc.boolean()),
        order: maybe(fc.integer({ min: 1, max: 9 })),
        way: fc.constantFrom('registration', 'address'),
        server: fc.constantFrom('sip.acme.example', '192.0.2.1:5070', '[2001:db8::1]:5060'),
        user: maybe(fc.constant('420222')),
        domain: maybe(fc.constant('acme.example')),
        addresses: maybe(fc.constantFrom([], ['192.0.2.0/28'])),
        transport: maybe(fc.constantFrom('udp', 'tcp', 'tls')),
        encryption: maybe(fc.constantFrom('none', 'sdes')),
        codecs: maybe(fc.constantFrom(['alaw', 'ulaw'], ['g722'])),
        max_channels: maybe(fc.integer({ min: 1, max: 30 })),
        lines: maybe(fc.constantFrom([], ['+420222333444'])),
        prefixes: maybe(fc.constantFrom([], ['+420'])),
        caller_id: maybe(fc.constantFrom({}, { shows: 'fixed', number: '222333444' })),
        numbers_out: maybe(fc.constantFrom({}, { format: 'plus' }, { format: 'national', add: '0' })),
        numbers_in: maybe(fc.constantFrom({}, { format: 'digits', strip: '9' })),
        country: maybe(fc.constant('SK')),
        account_number: maybe(fc.constant('+420222333444')),
        checks: maybe(fc.boolean()),
      }),
      { maxLength: 2 },
    ),
    profiles: fc.dictionary(
      fc.constantFrom('telfa', 'other'),
      fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(text, fc.boolean(), fc.integer())),
    ),
  })
  .map((document) => companySchema.parse(JSON.parse(JSON.stringify(document))));
