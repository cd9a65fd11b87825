import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { freePort } from '../support/ports.js';
import { callerOf, Phone, pickUp, prompt, type PhoneCall } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { faults, Shop, type ShopAnswer } from '../support/shop.js';
import { talkBothWays } from './call-control-harness.js';
import { Cuttable } from './conformance/cuttable.js';
import { fallbackSounds, serviceUnavailable } from './fallback-sounds.js';
import { GatewayDatabase } from './gateway-database.js';
import { company, goodShop, P } from './shop-harness.js';

/** Asterisk runs and the gateway is disconnected from it for a while: each case has its own line and application. */

const BROKEN_MS = 2500;
/** Longer than the timeout of a request to Asterisk, shorter than the detection of a dead link. */
const STALLED_MS = 6300;
/** Two pings detect a silent peer. */
const NOTICED_WITHIN_MS = 15_000;
/** Five gateways at once keep a small machine busy: the order of sounds counts, not their time and quality. */
const PATIENT = { skipping: true, withinMs: 10_000 };

interface Break {
  what: string;
  start: (links: Links) => Promise<void> | void;
  end: (links: Links) => Promise<void> | void;
  lastsMs?: number;
  /** Callers who call meanwhile: Asterisk sends them to the fallback when it knows that no gateway is connected. */
  newcomer: 'waits' | 'fallback';
  after: 'link_lost' | 'gateway_restart';
}

interface Links {
  gateway: Gateway;
  ari: Cuttable;
  ami: Cuttable;
}

const breaks: Break[] = [
  {
    what: 'the AMI connection is reset',
    start: ({ ami }) => ami.cut(),
    end: ({ ami }) => ami.mend(),
    newcomer: 'waits',
    after: 'link_lost',
  },
  {
    what: 'the ARI connection is reset',
    start: ({ ari }) => ari.cut(),
    end: ({ ari }) => ari.mend(),
    newcomer: 'fallback',
    after: 'link_lost',
  },
  {
    what: 'the ARI connection falls silent',
    start: ({ ari }) => ari.freeze(),
    end: ({ ari }) => ari.mend(),
    newcomer: 'waits',
    after: 'link_lost',
  },
  {
    what: 'the gateway is killed and stays away for 5 s',
    start: ({ gateway }) => gateway.kill(),
    end: ({ gateway }) => gateway.run(),
    lastsMs: 5000,
    newcomer: 'fallback',
    after: 'gateway_restart',
  },
];

const lineOf = (n: number) => `+42022233304${n}`;
const calledOf = (n: number) => `+42077700020${n}`;
const appOf = (n: number) => `links${n}`;

let sounds: Awaited<ReturnType<typeof fallbackSounds>>;
let asterisk: TestAsterisk;
let provider: Phone;

beforeAll(async () => {
  sounds = await fallbackSounds();
  const port = await freePort();
  asterisk = await startAsterisk({
    soundsDir: sounds.soundsDir,
    trunkContact: `sip:127.0.0.1:${port}`,
    moreApps: Array.from({ length: breaks.length + 1 }, (_, n) => appOf(n)),
    extraDialplan: [
      '[cordboard-from-trunk](+)',
      ...Array.from({ length: breaks.length + 1 }, (_, n) => n).flatMap((n) => [
        `exten => ${lineOf(n)},1,Stasis(${appOf(n)},incoming,\${EXTEN},x,127.0.0.1,alaw,trunk)`,
        ' same => n,GotoIf($["${STASISSTATUS}" = "FAILED"]?cordboard-fallback,s,1)',
      ]),
    ].join('\n'),
  });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  provider = await new Phone({ server, user: 'provider', port, incoming: pickUp }).start();
});

afterAll(async () => {
  await provider.stop();
  await asterisk.stop();
  await sounds.remove();
});

async function startCase(n: number) {
  const [ari, ami] = [new Cuttable(asterisk.ariPort), new Cuttable(asterisk.amiPort)];
  const shop = await new Shop(goodShop({ menu: { timeoutS: 30, max: 10 } })).start();
  const keys = {
    '2': [{ ring: { number: calledOf(n), timeout: '8s' } }, { play: P.nobody }, 'hang_up'],
    '9': [{ hand_over: { url: shop.url } }, { play: P.goodbye }, 'hang_up'],
  };
  const links = { stop: () => Promise.all([ari.close(), ami.close()]) };
  const gateway = await orStop(
    Gateway.start({
      asterisk: {
        ...asterisk.gatewayEnv(),
        ARI_APP: appOf(n),
        ARI_URL: `http://127.0.0.1:${await ari.open()}`,
        AMI_PORT: String(await ami.open()),
      },
      company: company(shop.url, {
        parts: {},
        dial_policy: { countries: ['CZ'] },
        lines: [{ number: lineOf(n), plan: ['answer', { menu: { prompt: P.menu, timeout: '30s', keys } }] }],
      }),
    }),
    shop,
    links,
  );
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const phones = Array.from({ length: 6 }, (_, i) => new Phone({ server, user: `+42060100${n}00${i}` }));
  await Promise.all(phones.map((phone) => phone.start()));
  let dialled = 0;
  return {
    gateway,
    shop,
    links: { gateway, ari, ami },
    dial: () => phones[dialled++]!.dial(lineOf(n)),
    async inMenu() {
      const call = await this.dial();
      await call.hears(prompt(P.menu), PATIENT);
      return call;
    },
    async inQuestion() {
      const call = await this.inMenu();
      await call.press('9');
      await call.hears(prompt(P.ask), PATIENT);
      return call;
    },
    bodiesOf: (call: PhoneCall) => shop.requestsFrom(callerOf(call).slice('+420'.length)).map(({ fields }) => fields),
    async stop() {
      await Promise.all(phones.map((phone) => phone.stop()));
      await gateway.stop();
      await shop.stop();
      await links.stop();
    },
  };
}

describe.concurrent('calls continue when', () => {
  for (const [n, { what, start, end, lastsMs = BROKEN_MS, newcomer, after }] of breaks.entries()) {
    it(what, async ({ expect }) => {
      const harness = await startCase(n);
      const { gateway } = harness;
      const isReady = async () => (await fetch(`${gateway.url}/readyz`).catch(() => undefined))?.ok ?? false;
      try {
        const talking = await harness.inMenu();
        await talking.press('2');
        await expect.poll(() => legOf(n)).toBeDefined();
        const leg = legOf(n)!;
        await talkBothWays(talking, leg);
        const [waiting, typing, leaving] = await Promise.all([
          harness.inMenu(),
          harness.inQuestion(),
          harness.inQuestion(),
        ]);
        await Promise.all([typing.press('10'), leaving.press('77')]);
        await delay(200);

        await start(harness.links);
        const brokenAt = Date.now();
        await leaving.hangUp();
        const late = await harness.dial();
        if (newcomer === 'fallback') await late.hears(serviceUnavailable, { ...PATIENT, toItsEnd: true });
        await talkBothWays(talking, leg);
        await expect.poll(isReady, { timeout: NOTICED_WITHIN_MS }).toBe(false);
        await delay(Math.max(0, brokenAt + lastsMs - Date.now()));
        await end(harness.links);
        await gateway.ready();

        if (newcomer === 'waits') await late.hears(prompt(P.menu), PATIENT);
        await Promise.all([
          (async () => {
            await waiting.press('9');
            await waiting.hears(prompt(P.ask), PATIENT);
            await waiting.press('1002#');
            await waiting.hears(prompt(P.waiting), PATIENT);
            await waiting.ended({ withinMs: 10_000 });
          })(),
          (async () => {
            await typing.press('01#');
            await typing.hears(prompt(P.received), PATIENT);
            await typing.ended({ withinMs: 10_000 });
          })(),
        ]);
        // Steps continue, with a gap after a restart; digits are sent once.
        const second = harness.bodiesOf(typing)[1];
        expect(second).toMatchObject({ received_digits: '1001' });
        if (after === 'link_lost') expect(second).toMatchObject({ step: 2 });
        else expect(second?.['step']).toBeGreaterThan(1);
        expect(harness.bodiesOf(waiting).map(({ received_digits }) => received_digits)).toEqual([
          undefined,
          '1002',
          undefined,
        ]);

        const left = await gateway.finished(callerOf(leaving));
        expect(left.find(({ kind }) => kind === 'ended')?.data).toMatchObject({ by: 'caller' });
        expect(harness.bodiesOf(leaving).at(-1)).toMatchObject({ hangup: true, received_digits: '77' });
        const story = await gateway.finished(callerOf(typing));
        expect(story.filter(({ kind }) => kind === 'recovered').map(({ data }) => data['after'])).toEqual([after]);

        await talkBothWays(talking, leg);
        await talking.hangUp();
        expect(await leg.ended()).toMatchObject({ by: 'peer' });
        expect((await gateway.finished(callerOf(talking))).at(-1)?.data).toMatchObject({ by: 'caller' });
        const next = await harness.inMenu();
        await next.hangUp();
        await late.hangUp();
      } finally {
        await harness.stop();
      }
    });
  }

  it('the ARI connection stalls for longer than the timeout of a request', async ({ expect, onTestFinished }) => {
    const harness = await startCase(breaks.length);
    const { gateway, links } = harness;
    try {
      const answered = goodShop({ menu: { timeoutS: 30, max: 10 } });
      harness.shop.behave((request) =>
        request.fields['received_digits'] === '1001' && request.fields['pokracovani'] === '1'
          ? faults.slow(1000, answered(request) as ShopAnswer)
          : answered(request),
      );
      const call = await harness.inQuestion();
      await call.press('1001#');
      await harness.shop.request(({ fields }) => fields['received_digits'] === '1001');
      links.ari.freeze();
      await delay(STALLED_MS);
      links.ari.thaw();
      // The play request timed out and may have run or not: the caller hears the status in either case.
      await call.hears(prompt(P.received), PATIENT);
      await call.ended();
      await gateway.finished(callerOf(call));
      const database = new GatewayDatabase(gateway);
      onTestFinished(() => database.close());
      await expect.poll(() => database.unfinished()).toEqual({ flows: 0, pending: 0 });
    } finally {
      await harness.stop();
    }
  });
});

function legOf(n: number): PhoneCall | undefined {
  return provider.invites.find((leg) => userOf(leg.invite.uri).replace(/\D/g, '') === calledOf(n).slice(1));
}
