import { z } from 'zod';
import { callerIdOf } from '../caller-id.js';
import type { BridgeSnapshot, ChannelSnapshot } from '../port.js';

/** `Stasis` argument that marks channels dialled by the gateway. */
export const DIALLED = 'dialled';

export const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  caller: z.object({ number: z.string(), name: z.string() }),
  dialplan: z.object({
    context: z.string().default(''),
    exten: z.string(),
    app_name: z.string(),
    app_data: z.string(),
  }),
  creationtime: z.string(),
});
type RawChannel = z.infer<typeof channelSchema>;

export const bridgeSchema = z.object({ id: z.string(), name: z.string().default(''), channels: z.array(z.string()) });
const recordingSchema = z.object({
  name: z.string(),
  cause: z.string().default(''),
  /** Seconds. */
  duration: z.number().default(0),
});
const playbackSchema = z.object({ id: z.string(), target_uri: z.string(), state: z.string() });
const cause = z.number().default(0);
/** SIP status that refused the call of a PJSIP channel; missing in older versions of Asterisk. */
const tech_cause = z.number().default(0);
const channel = channelSchema;
const playback = playbackSchema;
const recording = recordingSchema;

/** The ARI events that the gateway handles, as Asterisk 22 documents and sends them. */
export const ariEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('StasisStart'), channel, args: z.array(z.string()) }),
  z.object({ type: z.literal('StasisEnd'), channel, timestamp: z.string().default('') }),
  z.object({ type: z.literal('ChannelStateChange'), channel }),
  z.object({ type: z.literal('ChannelDtmfReceived'), channel, digit: z.string(), duration_ms: z.number() }),
  z.object({
    type: z.literal('ChannelTransfer'),
    /** Missing in the phone's request; Asterisk repeats the event at each answer to it. */
    state: z.string().optional(),
    refer_to: z.object({
      /** `protocol_id`: the Call-ID that `Replaces` names. */
      requested_destination: z.object({ destination: z.string().default(''), protocol_id: z.string().optional() }),
    }),
    referred_by: z.object({ source_channel: channelSchema }),
  }),
  z.object({ type: z.literal('ChannelHangupRequest'), channel, cause, tech_cause, soft: z.boolean().default(false) }),
  z.object({ type: z.literal('ChannelDestroyed'), channel, cause, tech_cause }),
  z.object({ type: z.literal('Dial'), peer: channelSchema, dialstatus: z.string() }),
  z.object({ type: z.literal('PlaybackStarted'), playback }),
  z.object({ type: z.literal('PlaybackFinished'), playback }),
  z.object({ type: z.literal('RecordingStarted'), recording }),
  z.object({ type: z.literal('RecordingFinished'), recording }),
  z.object({ type: z.literal('RecordingFailed'), recording }),
  z.object({
    type: z.literal('DeviceStateChanged'),
    device_state: z.object({ name: z.string(), state: z.string() }),
  }),
]);
export type AriEvent = z.infer<typeof ariEventSchema>;

export const KNOWN_EVENTS: ReadonlySet<string> = new Set(
  ariEventSchema.options.map((option) => option.shape.type.value),
);

export const channelsSchema = z.array(channelSchema);
const bridgesSchema = z.array(bridgeSchema);
export const recordingsSchema = z.array(z.object({ name: z.string() }));
export const endpointSchema = z.object({ resource: z.string(), state: z.string() });
export const systemSchema = z.object({ system: z.object({ version: z.string() }) });
export const modulesSchema = z.array(z.object({ name: z.string(), status: z.string() }));
/** One sorcery object of `asterisk/config/dynamic`. */
export const fieldsSchema = z.array(z.object({ attribute: z.string(), value: z.string() }));

const STATES: Record<string, ChannelSnapshot['state']> = { Up: 'up', Busy: 'up', Ring: 'ringing', Ringing: 'ringing' };

/** `app`: our application's name. A channel has arguments only while it is in that application. */
export function snapshotOf(raw: RawChannel, app: string): ChannelSnapshot {
  const [name, ...args] = raw.dialplan.app_data.split(',');
  const ours = raw.dialplan.app_name === 'Stasis' && name === app;
  return {
    id: raw.id,
    name: raw.name,
    state: STATES[raw.state] ?? 'down',
    caller: callerIdOf(raw.caller.number, raw.caller.name),
    dialled: raw.dialplan.exten,
    createdAt: Date.parse(raw.creationtime),
    appArgs: ours ? args : undefined,
  };
}

function bridgeOf(raw: z.infer<typeof bridgeSchema>): BridgeSnapshot {
  return { id: raw.id, channelIds: raw.channels };
}

/** The bridges of a listing with the given name. */
export function bridgesNamed(wanted: string, listing: unknown): BridgeSnapshot[] {
  return bridgesSchema
    .parse(listing)
    .filter(({ name }) => name === wanted)
    .map(bridgeOf);
}
