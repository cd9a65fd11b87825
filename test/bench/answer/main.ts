/**
 * `scripts/bench answer`: how long an operator who answers in the browser waits for sound, and how long the caller does. How it
 * measures: README.md one folder up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { LINE, OPERATORS_VOICE, PhoneHarness, speaks, type OperatorBrowser } from '../../browser/phone-harness.js';
import { prompt } from '../../support/sip/caller.js';
import type { PhoneCall } from '../../support/sip/phone.js';
import { sameSound } from '../../support/sip/recogniser.js';
import { count, parseFlags } from '../lib/flags.js';
import { orUsage, runScenario } from '../lib/scenario.js';
import { latencies } from '../lib/statistics.js';
import { answerTimes, watchAnswers } from './watch-answer.js';

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    calls: { type: 'string' },
  });
  return { ...values, calls: count(values.calls ?? (values.quick ? '5' : '20'), 'calls') };
});

const RING_MS = 1_000;
const TALK_MS = 3_000;
const PATIENCE_MS = 20_000;
const POLL_MS = 20;

/** From the click (ms). */
interface Answer {
  answer_sent: number;
  sound_can_flow: number;
  operator_hears: number;
  caller_hears: number;
}

await runScenario('answer', flags, async (run) => {
  const harness = await PhoneHarness.open();
  run.onEnd(() => harness.close());
  run.onEnd(() => harness.reset());
  const operator = await harness.operator('eva');
  await watchAnswers(operator.page);
  await operator.page.reload();
  await operator.switchOn();
  await operator.reaches('ready');
  const answers: Answer[] = [];
  for (let call = 0; call < flags.calls; call += 1) {
    answers.push(await measure(harness, operator));
    run.say(JSON.stringify(answers.at(-1)));
  }
  const [first, ...later] = answers;
  const stages = Object.keys(first ?? {}) as (keyof Answer)[];
  const rows = stages.map((stage) => ({
    stage,
    first_call: first?.[stage],
    ...latencies(later.map((answer) => answer[stage])),
  }));
  console.table(rows);
  return { quick: flags.quick, rows };
});

async function measure(harness: PhoneHarness, operator: OperatorBrowser): Promise<Answer> {
  const call = await (await harness.caller()).dial(LINE);
  await call.answered();
  speaks(call);
  await operator.is('ringing');
  await delay(RING_MS);
  await operator.press(/^Answer/);
  await until(async () => (await answerTimes(operator.page)).heardAt !== undefined);
  await until(() => heardOperatorAt(call) !== undefined);
  await delay(TALK_MS);
  const times = await answerTimes(operator.page);
  const heardAt = heardOperatorAt(call);
  await call.hangUp();
  await until(async () => (await operator.dock.locator('[data-call]').count()) === 0);
  const since = (at: number | undefined) => Math.round((at ?? Number.NaN) - (times.clickedAt ?? Number.NaN));
  return {
    answer_sent: since(times.sentAt),
    sound_can_flow: since(times.connectedAt),
    operator_hears: since(times.heardAt),
    caller_hears: since(heardAt),
  };
}

/** When the first sound of the operator reached the caller (ms since 1970). */
function heardOperatorAt({ ear }: PhoneCall): number | undefined {
  const first = ear.arrivals?.firstMs;
  const voice = ear.heard().find((part) => sameSound(prompt(OPERATORS_VOICE), part));
  return first === undefined || voice === undefined ? undefined : first + voice.fromMs;
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error('The sound did not arrive');
    await delay(POLL_MS);
  }
}
