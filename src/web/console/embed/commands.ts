import { api } from '../api/client.js';
import { dialable } from '../phone/dial-form.js';
import { phone, phoneState, ringer } from '../phone/own-phone.js';
import type { Call, PhoneEvent } from '../phone/phone-state.js';
import { session } from '../session.js';
import { isRecord } from './page-port.js';
import { commandNames, type CommandError, type CommandName } from './protocol.js';

/** A result of null: it was done. */
type Result = CommandError | null;

const KEYS = /^[0-9*#A-D]{1,32}$/;
const KEY_PAUSE_MS = 200;

export function isCommandName(name: unknown): name is CommandName {
  return commandNames.some((each) => each === name);
}

/** Carries out a command of the page. Its arguments can be anything. @param callIdOf the gateway's id of a call of the phone */
export async function runCommand(
  name: CommandName,
  args: readonly unknown[],
  callIdOf: (call: string) => string | undefined,
): Promise<Result> {
  const [first, second] = args;
  switch (name) {
    case 'switchOn':
      ringer.prepare();
      return apply({ type: 'switched_on' });
    case 'switchOff':
      return apply({ type: 'switched_off' });
    case 'dial':
      return dial(first);
    case 'answer':
      return toCall(first, ({ stage }) => stage === 'ringing', 'answered');
    case 'hangUp':
      return toCall(first, () => true, 'hung_up');
    case 'hold':
      return toCall(first, ({ stage, held }) => stage === 'talking' && !held, 'held');
    case 'resume':
      return toCall(first, ({ held }) => held, 'resumed');
    case 'mute':
      if (typeof first !== 'boolean') return 'invalid';
      return toCall(second, ({ muted }) => muted !== first, first ? 'muted' : 'unmuted');
    case 'sendKeys':
      return sendKeys(first, second);
    case 'transfer':
      return transfer(first, second, callIdOf);
  }
}

/** The state machine ignores what is not possible, and then returns the same state. */
function apply(event: PhoneEvent): Result {
  const before = phoneState.peek();
  phone.handle(event);
  return phoneState.peek() === before ? 'not_possible' : null;
}

function dial(number: unknown): Result {
  if (typeof number !== 'string' || number.length > 40) return 'invalid';
  const wanted = dialable(number);
  return wanted === '' ? 'invalid' : apply({ type: 'dialled', number: wanted, id: crypto.randomUUID() });
}

type CallCommand = 'answered' | 'hung_up' | 'held' | 'resumed' | 'muted' | 'unmuted';

/** @param id left out: the first call to which it applies */
function toCall(id: unknown, applies: (call: Call) => boolean, type: CallCommand): Result {
  if (id !== undefined && typeof id !== 'string') return 'invalid';
  const call = phoneState.peek().calls.find((each) => (id === undefined || each.id === id) && applies(each));
  return call === undefined ? 'not_possible' : apply({ type, id: call.id });
}

function talkOf(id: unknown): Call | undefined {
  return phoneState
    .peek()
    .calls.find((call) => (id === undefined || call.id === id) && call.stage === 'talking' && !call.held);
}

async function sendKeys(keys: unknown, id: unknown): Promise<Result> {
  if (typeof keys !== 'string' || !KEYS.test(keys)) return 'invalid';
  const call = talkOf(id);
  if (call === undefined) return 'not_possible';
  for (const key of keys) {
    phone.handle({ type: 'key_pressed', id: call.id, key });
    await new Promise((resolve) => setTimeout(resolve, KEY_PAUSE_MS));
  }
  return null;
}

/** The gateway checks the target, and the talk. */
async function transfer(target: unknown, id: unknown, callIdOf: (call: string) => string | undefined): Promise<Result> {
  const call = talkOf(id);
  if (!isRecord(target) || session.handset === null) return 'invalid';
  const to = targetOf(target);
  if (to === undefined) return 'invalid';
  if (call === undefined) return 'not_possible';
  const callId = callIdOf(call.id);
  const body = callId === undefined ? to : { ...to, call_id: callId };
  const outcome = await api.post('/api/v1/handsets/{name}/transfer', { path: { name: session.handset }, body });
  if (outcome.ok) return null;
  return outcome.status === 409 ? 'not_possible' : 'refused';
}

function targetOf({ handset, queue, number, line }: Record<string, unknown>) {
  if (typeof handset === 'string') return { handset };
  if (typeof queue === 'number') return { queue };
  if (typeof number === 'string') return { number: dialable(number) };
  return typeof line === 'string' ? { line } : undefined;
}
