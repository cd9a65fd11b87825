/**
 * `scripts/bench pages`: what a person waits for at the console, with 300 callers in Now and a long history of calls.
 * How it measures: README.md one folder up.
 */
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startAsterisk } from '../../support/asterisk.js';
import { prompts } from '../../support/gateway.js';
import { CHROMIUM, Visitor } from '../../browser/browser-harness.js';
import { countList, parseFlags } from '../lib/flags.js';
import { startGateway } from '../lib/gateway.js';
import { prepareRevision } from '../lib/revision.js';
import { orUsage, runScenario } from '../lib/scenario.js';
import { latencies, round, type Latencies } from '../lib/statistics.js';
import { AmiTap } from '../monitor/ami-tap.js';
import { Crowd } from './crowd.js';
import { CALLER, LINE, makeHistory } from './history.js';
import { interactionMs, layoutShift, watchPage } from './watch-page.js';

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    history: { type: 'string' },
    keep: { type: 'string' },
  });
  return { ...values, sizes: countList(values.history ?? (values.quick ? '10k' : '1M'), 'history') };
});
const repeats = flags.quick ? 3 : 10;

const QUEUES = [1, 2, 3, 4, 5, 6];
const QUEUES_OF_COMPANY = 30;
const CALLERS = 300;
const CHANGES_PER_SECOND = 20;
const SETTLE_MS = 2_000;

export interface Row {
  calls: number;
  /** By interaction: from the input to the next painted frame. */
  paintMs: Record<string, Latencies>;
  /** By interaction: from the input until its result is in the page. */
  resultMs: Record<string, Latencies>;
  /** Sum of the layout shifts without input, by page. */
  layoutShift: Record<string, number>;
}

/** What a person does, and how the page shows that it is done. */
interface Interaction {
  name: string;
  act: (page: Page) => Promise<void>;
  /** Selector of the result. */
  result: string;
  /** Back to where the next one starts. */
  after?: (page: Page) => Promise<void>;
}

const openNow = (page: Page) => page.goto('/now').then(() => page.locator('[data-queue="6"] li').first().waitFor());
const openCalls = (page: Page) => page.goto('/calls').then(() => page.locator('main tbody tr').first().waitFor());

const inNow: Interaction[] = [
  {
    name: 'all callers of a queue',
    act: (page) => page.locator('[data-queue="2"] button', { hasText: /more/ }).click(),
    result: '[data-queue="2"] li:nth-child(45)',
    after: (page) => page.locator('[data-queue="2"] button', { hasText: /fewer/ }).click(),
  },
  {
    name: 'command palette',
    act: (page) => page.keyboard.press('Control+k'),
    result: 'dialog[open] input',
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'from Now to the calls',
    act: (page) => page.locator('nav a[href="/calls"]').first().click(),
    result: 'main tbody tr',
    after: (page) => openNow(page),
  },
];

const inCalls: Interaction[] = [
  {
    name: 'search of a number',
    act: async (page) => {
      await page.locator('input[type=search]').fill(CALLER);
      await page.keyboard.press('Enter');
    },
    result: 'main tbody tr',
    after: openCalls,
  },
  {
    name: 'calls of an outcome',
    act: (page) =>
      page
        .locator('form.filter select')
        .nth(1)
        .selectOption({ index: 1 })
        .then(() => undefined),
    result: 'main tbody tr, main .empty',
    after: openCalls,
  },
  {
    name: 'one call',
    act: (page) => page.locator('main tbody tr a').first().click(),
    result: 'h1 + *',
    after: openCalls,
  },
];

await runScenario('pages', flags, async (run) => {
  const asterisk = await startAsterisk();
  run.onEnd(() => asterisk.stop());
  const tap = new AmiTap(asterisk.amiPort);
  const amiPort = String(await tap.open());
  run.onEnd(() => tap.close());
  const browser = await chromium.launch(CHROMIUM);
  run.onEnd(() => browser.close());
  const revision = await prepareRevision(undefined, run);
  const rows: Row[] = [];
  for (const calls of flags.sizes) {
    const { gateway } = await startGateway(run, {
      revision,
      asterisk: { ...asterisk.gatewayEnv(), AMI_PORT: amiPort },
      company: {
        country: 'CZ',
        prompts: prompts(1),
        queues: Array.from({ length: QUEUES_OF_COMPANY }, (_, index) => ({
          id: index + 1,
          name: `Queue ${index + 1}`,
        })),
        lines: [{ number: LINE, plan: ['answer', { play: 1 }, 'hang_up'] }],
      },
    });
    const kept = flags.keep === undefined ? undefined : join(flags.keep, `history-${calls}.db`);
    await makeHistory(run, gateway, asterisk.sipPort, { calls, queues: QUEUES_OF_COMPANY, kept });
    const context = await browser.newContext({ baseURL: gateway.url, locale: 'en-GB' });
    const visitor = new Visitor(await context.newPage(), gateway.token);
    await visitor.logIn();
    rows.push(await measure(visitor.page, tap, calls));
    await context.close();
    await gateway.stop();
  }
  for (const row of rows) show(row);
  return { quick: flags.quick, callers: CALLERS, rows };
});

async function measure(page: Page, tap: AmiTap, calls: number): Promise<Row> {
  const row: Row = { calls, paintMs: {}, resultMs: {}, layoutShift: {} };
  const crowd = new Crowd(tap, QUEUES);
  crowd.fill(CALLERS);
  await watchPage(page);
  for (const [name, open] of [
    ['/now', openNow],
    ['/calls', openCalls],
  ] as const) {
    await open(page);
    await page.waitForTimeout(SETTLE_MS);
    row.layoutShift[name] = round(await layoutShift(page));
  }
  crowd.start(CHANGES_PER_SECOND);
  for (const [open, interactions] of [
    [openNow, inNow],
    [openCalls, inCalls],
  ] as const) {
    await open(page);
    for (const interaction of interactions) {
      const { paints, results } = await repeat(page, interaction);
      row.paintMs[interaction.name] = latencies(paints);
      row.resultMs[interaction.name] = latencies(results);
    }
  }
  crowd.stop();
  return row;
}

async function repeat(
  page: Page,
  { act, result, after }: Interaction,
): Promise<{ paints: number[]; results: number[] }> {
  const [paints, results]: [number[], number[]] = [[], []];
  for (let time = 0; time < repeats; time += 1) {
    const from = performance.now();
    await act(page);
    await page.locator(result).first().waitFor();
    results.push(performance.now() - from);
    paints.push(await interactionMs(page));
    await after?.(page);
  }
  return { paints, results };
}

function show({ calls, paintMs, resultMs, layoutShift: shifts }: Row): void {
  console.log(`\n${CALLERS} callers in Now, ${calls} calls of history:`);
  console.table(
    Object.entries(paintMs).map(([interaction, paint]) => ({
      interaction,
      paint_p50: paint.p50,
      paint_max: paint.max,
      result_p50: resultMs[interaction]?.p50,
      result_max: resultMs[interaction]?.max,
    })),
  );
  console.log(
    `layout shift: ${Object.entries(shifts)
      .map(([page, shift]) => `${page} ${shift}`)
      .join(', ')}`,
  );
}
