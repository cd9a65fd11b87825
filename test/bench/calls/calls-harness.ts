import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNodeShop } from '../../examples/shop-process.js';
import { startAsterisk, type TestAsterisk } from '../../support/asterisk.js';
import { freePort } from '../../support/ports.js';
import { wav } from '../../support/tones.js';
import type { Revision } from '../lib/revision.js';
import type { Run } from '../lib/scenario.js';
import { extraDialplan, extraModules } from './dialplan.js';
import { ASK_PROMPT, benchPrompt, benchPromptAlaw, STATUS_PROMPTS } from './tones.js';

/** Folder of the prompts as Asterisk knows it. */
export const SOUNDS = 'cordboard';

/** What the order-status calls need besides those who serve them: prompts, the shop and ports for the callers. */
export interface BenchHarness {
  shopUrl: string;
  /** Holds `ID.alaw` for Asterisk and `cs/bench-ID.wav` for the gateway to serve. */
  soundsFolder: string;
  ports: { caller: number; media: number };
  /** Prompt by order number. */
  expected: ReadonlyMap<string, number>;
  folder: string;
  signal: AbortSignal;
}

export async function prepareBenchHarness(run: Run): Promise<BenchHarness> {
  const soundsFolder = join(run.folder, 'sounds');
  await mkdir(join(soundsFolder, 'cs'), { recursive: true });
  for (const prompt of [ASK_PROMPT, ...STATUS_PROMPTS]) {
    await writeFile(join(soundsFolder, `${prompt}.alaw`), benchPromptAlaw(prompt));
    await writeFile(join(soundsFolder, `cs/bench-${prompt}.wav`), wav(benchPrompt(prompt)));
  }
  const shop = await startNodeShop();
  run.onEnd(() => shop.stop());
  return {
    shopUrl: `${shop.url}/launch.php?s=telfa`,
    soundsFolder,
    ports: { caller: await freePort(), media: await freePort() },
    expected: new Map(STATUS_PROMPTS.map((prompt, index) => [String(1001 + index), prompt])),
    folder: run.folder,
    signal: run.signal,
  };
}

/** An Asterisk with the configuration of a revision, room for thousands of calls, and the competitors' extensions. */
export async function startBenchAsterisk(
  run: Run,
  harness: Pick<BenchHarness, 'shopUrl' | 'soundsFolder'>,
  revision: Revision,
  trunkContact?: string,
): Promise<TestAsterisk> {
  const asterisk = await startAsterisk({
    sources: revision.root,
    extraDialplan: extraDialplan(harness.shopUrl, SOUNDS),
    extraModules,
    soundsDir: harness.soundsFolder,
    variables: { RTP_START: '12000', RTP_END: '19999' },
    ...(trunkContact === undefined ? {} : { trunkContact }),
  });
  run.onEnd(() => asterisk.stop());
  return asterisk;
}
