import { z } from 'zod';
import type { PeerEvent } from '../http/peer.js';
import { validate } from '../http/validate.js';
import type { RequestAnswer } from '../kernel/runtime-types.js';
import { supervisionModes, transferSteps, type Command } from '../telephony/command.js';
import type { TelephonyEvent } from '../telephony/telephony.js';

interface Runtime {
  has(flowId: string): boolean;
  request(flowId: string, event: TelephonyEvent): Promise<RequestAnswer>;
}

/** Takes commands for calls of this node from the gateways of others. Nothing else: what happens to a call, Asterisk alone reports. */
export function takePeerCommands(runtime: Runtime) {
  return async ({ flow, event }: PeerEvent): Promise<RequestAnswer> => {
    const command = await validate(commanded, event, 'body');
    return runtime.has(flow) ? runtime.request(flow, command) : undefined;
  };
}

const by = z.string().optional();
const handset = z.string();
const target = z.union([
  z.object({ queue: z.number() }),
  z.object({ handset }),
  z.object({ number: z.string() }),
  z.object({ line: z.string() }),
]);

const commands: { [Type in Command['type']]: z.ZodType<Extract<Command, { type: Type }>> } = {
  reject: z.object({ type: z.literal('reject'), prompt: z.number().nullable(), by }),
  hang_up: z.object({ type: z.literal('hang_up'), by }),
  transfer: z.object({ type: z.literal('transfer'), to: target, first: z.literal(true).exactOptional() }),
  consult: z.object({ type: z.literal('consult'), to: target, handset }),
  advance_transfer: z.object({ type: z.literal('advance_transfer'), step: z.enum(transferSteps) }),
  park: z.object({ type: z.literal('park'), handset }),
  pick_up: z.object({ type: z.literal('pick_up'), handset }),
  play: z.object({ type: z.literal('play'), prompt: z.number(), side: z.enum(['caller', 'callee', 'both']) }),
  listen: z.object({ type: z.literal('listen'), handset, mode: z.enum(supervisionModes).exactOptional() }),
  move: z.object({ type: z.literal('move'), position: z.number() }),
};

const commanded = z.object({ type: z.literal('commanded'), at: z.number(), command: z.union(Object.values(commands)) });
