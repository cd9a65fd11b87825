import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, FlagError } from './flags.js';
import { describeMachine, machineLine } from './machine.js';
import { saveResult } from './results.js';
import { workingTreeState } from './revision.js';

/** What a scenario gets to do its work with. */
export interface Run {
  /** Empty, and removed at the end. */
  readonly folder: string;
  /** Ends whatever was started with it when the run is interrupted, or over. */
  readonly signal: AbortSignal;
  /** Called at the end in reverse order, whatever the outcome. */
  onEnd(stop: () => unknown): void;
  /** Prints a line with the time since the start. */
  say(text: string): void;
}

/**
 * Runs a scenario, and writes what it found to a file together with the machine and the revision. Everything that it
 * started is ended, also on Ctrl-C. A failure ends the process with code 1, a mistake in the command line with 2.
 */
export async function runScenario(
  name: string,
  { json }: { json: string },
  scenario: (run: Run) => Promise<object>,
): Promise<void> {
  const startedAt = performance.now();
  const stops: (() => unknown)[] = [];
  const interrupted = new AbortController();
  const cleanUp = async () => {
    interrupted.abort();
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop())
      await Promise.resolve(stop()).catch((error: unknown) => console.error(error));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  const say = (text: string) => console.log(`[${String(seconds()).padStart(4)} s] ${text}`);
  try {
    const machine = await describeMachine();
    say(machineLine(machine));
    const folder = await mkdtemp(join(tmpdir(), 'cordboard-bench-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const about = {
      at: new Date().toISOString(),
      command: commandLine(name, process.argv.slice(2)),
      revision: await workingTreeState(),
      machine,
    };
    const result = await scenario({ folder, signal: interrupted.signal, onEnd: (stop) => stops.push(stop), say });
    await saveResult(json, name, { ...about, seconds: seconds(), ...result });
    say(`done; numbers in ${json}`);
  } catch (error) {
    // A library may have its error only in `cause`, and undici does.
    console.error(error);
    process.exitCode = 1;
  } finally {
    await cleanUp();
  }
}

/** Parses the command line before anything is started. */
export function orUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
