import { messageOf } from '../lib/error-message.js';
import { parse } from 'yaml';
import { EffectSender } from '../http/effect-sender.js';
import { OutboundClient } from '../http/outbound.js';
import { telfaHandOver } from '../integrations/telfa/hand-over.js';
import { createLogger } from '../lib/logger.js';
import { isOrderStatus, orderStatuses } from '../orders/status.js';
import {
  callFixture,
  courseOf,
  firstDifference,
  hungUpIn,
  type CallFixture,
  type CourseStep,
} from '../calls/replay.js';
import { hasErrors } from '../company/problem.js';
import { reportCall } from '../simulator/report.js';
import { simulate, SimulationError, type SimulationRequest } from '../simulator/simulate.js';
import { soundLengths } from '../simulator/sound-lengths.js';
import { CommandError, EXIT, showProblems, UsageError, type Terminal } from './command.js';
import { openDocument, readTextFile, refuseErrors } from './file.js';
import { problemsOf } from './lint.js';
import { soundsFolder } from './sounds.js';

interface SimulateOptions {
  line?: string | undefined;
  keys?: string | undefined;
  at?: string | undefined;
  caller?: string | undefined;
  shop?: string | undefined;
  stub?: string | undefined;
  call?: string | undefined;
  'order-status'?: string | undefined;
  'nobody-answers'?: boolean | undefined;
  json?: boolean | undefined;
}

/** Options that describe the call. */
const DESCRIBE_CALL = ['line', 'keys', 'at', 'caller', 'shop', 'stub', 'order-status', 'nobody-answers'] as const;

/** Simulates a call of the file's plan. Succeeds when the call ended within its limits, and as the recorded one, if there is one. */
export async function simulateFile(file: string, options: SimulateOptions, terminal: Terminal): Promise<number> {
  const recorded = options.call === undefined ? undefined : await readCall(options.call, options);
  const request = recorded?.request ?? (await readRequest(options));
  const document = await openDocument(file);
  const found = await problemsOf(document, terminal);
  refuseErrors(found);
  if (found.length > 0 && !hasErrors(found)) terminal.error(`${showProblems(found)}\n\n`);
  const [only, another] = document.company.lines;
  const line = recorded?.request.line ?? options.line ?? (another === undefined ? only?.number : undefined);
  if (line === undefined) throw new UsageError('name the called line: --line NUMBER');
  const client = new OutboundClient();
  try {
    const call = await simulate(
      document.company,
      { ...request, line },
      {
        contract: telfaHandOver,
        durationOf: await soundLengths(soundsFolder(terminal)),
        http: new EffectSender(client),
        logger: createLogger({ level: 'silent' }),
      },
    );
    terminal.out(options.json === true ? `${JSON.stringify(call, null, 2)}\n` : reportCall(call));
    if (recorded !== undefined && !isSameCourse(recorded, courseOf(call.timeline), terminal)) return EXIT.problems;
    return call.endedBy === 'cut_off' ? EXIT.problems : EXIT.ok;
  } catch (error) {
    throw error instanceof SimulationError ? new CommandError(error.message) : error;
  } finally {
    await client.close();
  }
}

async function readRequest({
  keys,
  at,
  caller,
  shop,
  stub,
  'order-status': order,
  ...rest
}: SimulateOptions): Promise<Omit<SimulationRequest, 'line'>> {
  if (keys !== undefined && !/^[0-9*#,]*$/.test(keys))
    throw new UsageError('--keys are 0-9, * and #, groups separated by commas');
  if (shop !== undefined && stub !== undefined) throw new UsageError('use either --shop or --stub');
  if (shop !== undefined && !/^https?:\/\/./.test(shop))
    throw new UsageError('--shop is a URL such as http://127.0.0.1:8090/launch.php');
  if (order !== undefined && !isOrderStatus(order))
    throw new UsageError(`--order-status is one of: ${orderStatuses.join(', ')}`);
  const answers = stub === undefined ? undefined : await readStub(stub);
  return { keys, at, caller, shop, stub: answers, order, nobodyAnswers: rest['nobody-answers'] };
}

/** @throws {UsageError} when other options describe the call as well */
async function readCall(file: string, options: SimulateOptions): Promise<CallFixture> {
  const given = DESCRIBE_CALL.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new UsageError(`use either --call or --${given}`);
  try {
    return callFixture.parse(JSON.parse(await readTextFile(file)));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} is not an exported call: ${messageOf(error)}`);
  }
}

/** Prints the first difference. */
function isSameCourse({ course }: CallFixture, now: readonly CourseStep[], terminal: Terminal): boolean {
  const at = firstDifference(course, now, hungUpIn(course));
  if (at === null) return true;
  const show = (step: CourseStep | undefined) =>
    step === undefined ? 'nothing' : `${step.kind} ${JSON.stringify(step.data)}`;
  terminal.error(`Step ${at + 1} differs: recorded ${show(course[at])}, now ${show(now[at])}\n`);
  return false;
}

async function readStub(file: string): Promise<unknown[]> {
  let answers: unknown;
  try {
    answers = parse(await readTextFile(file));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file}: ${messageOf(error)}`);
  }
  if (!Array.isArray(answers)) throw new CommandError(`${file}: a list of answers, one for each request to the shop`);
  return answers as unknown[];
}
