import type { Instant } from '../lib/clock.js';
import type { Call } from './call.js';
import type { CallState } from './call-state.js';
import { playback, type PlaybackState } from './steps/playback.js';
import { dialLeg, legChange } from '../telephony/leg.js';
import { LONGEST_TALK_S } from '../telephony/lease.js';
import type { SupervisionMode } from '../telephony/command.js';
import type { PlanEvent } from './event.js';

/** Something beside the plan in the same call: a prompt played into it, or a supervisor. */
export type Overlay = Injection | Supervisor;

/** A call whose state can hold overlays. */
type OverlaidCall = Call<CallState & { overlays: Overlay[] }>;

/** `snoopId`: the channel that plays the prompt into a talk; null when it plays on the channel itself. */
interface Injection {
  type: 'injection';
  playing: PlaybackState;
  snoopId: string | null;
}

/** Hears both sides of the call; the mode determines who hears the supervisor. */
interface Supervisor {
  type: 'supervisor';
  handset: string;
  /** Missing in calls that an earlier version stored: `listen`. */
  mode?: SupervisionMode;
  legId: string;
  /** Null until the handset has answered. */
  hears: { snoopId: string; bridgeId: string; effects: string[] } | null;
  /** Deadline for the handset to answer; null once it has. */
  deadline: Instant | null;
}

const SUPERVISOR_RINGS_MS = 30_000;

/** Plays a prompt beside the plan. @param on channel; default: the call's own */
export function injectPrompt(call: OverlaidCall, prompt: number, on?: string): void {
  call.state.overlays.push({ type: 'injection', playing: playback.start(call, [prompt], on), snoopId: null });
}

/** Plays a prompt into a talk in a queue, to the caller (`out`), the handset (`in`), or both. */
export function whisperPrompt(call: OverlaidCall, prompt: number, to: 'in' | 'out' | 'both'): void {
  const snoopId = call.newId('s');
  call.request({ type: 'snoop', channelId: call.state.channelId, snoopId, whisper: to, spies: false });
  call.state.overlays.push({ type: 'injection', playing: playback.start(call, [prompt], snoopId), snoopId });
}

/** Rings the handset of a supervisor, or changes the mode of one who takes part already. */
export function supervise(call: OverlaidCall, handset: string, mode: SupervisionMode): void {
  const present = call.state.overlays.find((one) => one.type === 'supervisor' && one.handset === handset);
  if (present?.type !== 'supervisor') {
    call.appendLog('commanded', { command: mode, handset });
    addSupervisor(call, handset, mode);
  } else if (modeOf(present) !== mode) {
    call.appendLog('commanded', { command: mode, handset });
    const changed = changeMode(call, present, mode);
    call.state.overlays = call.state.overlays.map((one) => (one === present ? changed : one));
  }
}

function addSupervisor(call: OverlaidCall, handset: string, mode: SupervisionMode): void {
  const legId = call.newId('l');
  dialLeg(call, {
    legId,
    to: { handset },
    line: call.program.line.number,
    callerId: call.state.caller.number || null,
    ringMs: SUPERVISOR_RINGS_MS,
    originatorId: null,
  });
  const deadline = call.at + SUPERVISOR_RINGS_MS;
  call.state.overlays.push({ type: 'supervisor', handset, mode, legId, hears: null, deadline });
}

/** @returns true when the event belonged to an overlay and is done */
export function onOverlayEvent(call: OverlaidCall, event: PlanEvent): boolean {
  const addressee = call.state.overlays.find((overlay) => isAddressedTo(overlay, event));
  if (addressee === undefined) return false;
  advance(call, addressee, event);
  return true;
}

/** Reconciles all overlays with what still exists in Asterisk. */
export function onOverlaysReconciled(call: OverlaidCall, event: PlanEvent & { type: 'reconciled' }): void {
  for (const overlay of [...call.state.overlays]) advance(call, overlay, event);
}

/** Ends all overlays because the call is over. */
export function endOverlays(call: OverlaidCall): void {
  for (const overlay of call.state.overlays) end(call, overlay);
  call.state.overlays = [];
}

export function overlayTimers(overlays: readonly Overlay[]): Record<string, Instant> {
  return Object.fromEntries(
    overlays.flatMap((overlay) => {
      const at = overlay.type === 'injection' ? overlay.playing.giveUpAt : overlay.deadline;
      return at === null ? [] : [[timerOf(overlay), at]];
    }),
  );
}

export function watchedByOverlays(overlays: readonly Overlay[]): { channels: string[]; playbacks: string[] } {
  return {
    channels: overlays.flatMap((overlay) => (overlay.type === 'supervisor' ? [overlay.legId] : [])),
    playbacks: overlays.flatMap((overlay) => (overlay.type === 'injection' ? [overlay.playing.playbackId] : [])),
  };
}

function advance(call: OverlaidCall, overlay: Overlay, event: PlanEvent): void {
  const next =
    overlay.type === 'injection' ? onInjectionEvent(call, overlay, event) : onSupervisorEvent(call, overlay, event);
  if (next === undefined) end(call, overlay);
  const overlays = call.state.overlays.map((one) => (one === overlay ? next : one));
  call.state.overlays = overlays.filter((one) => one !== undefined);
}

function isAddressedTo(overlay: Overlay, event: PlanEvent): boolean {
  if (event.type === 'timer') return event.name === timerOf(overlay);
  if ('playbackId' in event) return overlay.type === 'injection' && overlay.playing.playbackId === event.playbackId;
  if ('legId' in event)
    return overlay.type === 'injection'
      ? overlay.snoopId === event.legId
      : overlay.legId === event.legId || overlay.hears?.snoopId === event.legId;
  return event.type === 'effect_failed' && overlay.type === 'supervisor' && overlay.hears !== null
    ? overlay.hears.effects.includes(event.effectId)
    : false;
}

function timerOf(overlay: Overlay): string {
  return `overlay ${overlay.type === 'injection' ? overlay.playing.playbackId : overlay.legId}`;
}

function onInjectionEvent(call: OverlaidCall, overlay: Injection, event: PlanEvent): Injection | undefined {
  if ('legId' in event) return event.type === 'leg_over' ? undefined : overlay;
  const own = event.type === 'timer' ? { ...event, name: 'play' } : event;
  const outcome = playback.reduce(call, overlay.playing, own);
  return 'waiting' in outcome ? { ...overlay, playing: outcome.waiting } : undefined;
}

function onSupervisorEvent(call: OverlaidCall, overlay: Supervisor, event: PlanEvent): Supervisor | undefined {
  if (event.type === 'timer' || event.type === 'effect_failed') return undefined;
  const legId = 'legId' in event ? event.legId : overlay.legId;
  const change = legChange(legId, event);
  if (change?.type === 'over' || change?.type === 'left') return undefined;
  return change?.type === 'answered' ? answered(call, overlay, legId) : overlay;
}

function answered(call: OverlaidCall, overlay: Supervisor, legId: string): Supervisor {
  if (overlay.hears !== null || legId !== overlay.legId) return overlay;
  const lease = call.request({ type: 'leash', channelId: legId, seconds: LONGEST_TALK_S });
  const hears = connect(call, overlay, call.newId('b'));
  return { ...overlay, hears: { ...hears, effects: [lease, ...hears.effects] }, deadline: null };
}

/** Asterisk cannot change the direction of a snoop channel: another one takes its place. The supervisor's phone stays connected. */
function changeMode(call: OverlaidCall, overlay: Supervisor, mode: SupervisionMode): Supervisor {
  const changed = { ...overlay, mode };
  if (overlay.hears === null) return changed;
  const { snoopId, bridgeId } = overlay.hears;
  // First: two snoop channels in one bridge would play the talk back to its parties.
  call.request({ type: 'hang_up', channelId: snoopId, cause: 'normal' });
  return { ...changed, hears: connect(call, changed, bridgeId) };
}

const MODE_ENTRIES = { listen: 'listening', whisper: 'whispering', barge: 'barging' } as const;

/** Connects the supervisor's phone with a new snoop channel. */
function connect(call: OverlaidCall, overlay: Supervisor, bridgeId: string): NonNullable<Supervisor['hears']> {
  const mode = modeOf(overlay);
  const snoopId = call.newId('s');
  const whisper = whisperSide(call, mode);
  const effects = [
    call.request({ type: 'snoop', channelId: call.state.channelId, snoopId, whisper, spies: true }),
    call.request({ type: 'bridge', bridgeId, channelIds: [overlay.legId, snoopId] }),
  ];
  call.appendLog(MODE_ENTRIES[mode], { handset: overlay.handset });
  return { snoopId, bridgeId, effects };
}

function modeOf({ mode = 'listen' }: Supervisor): SupervisionMode {
  return mode;
}

/** Who hears the supervisor, seen from the call's own channel: the operator is its other party, except in a call that a handset made. */
function whisperSide({ state }: OverlaidCall, mode: SupervisionMode): 'none' | 'in' | 'out' | 'both' {
  if (mode === 'listen') return 'none';
  if (mode === 'barge') return 'both';
  return state.handset === null ? 'in' : 'out';
}

/** Removes the overlay's resources in Asterisk; each request does nothing for a resource that is gone. */
function end(call: OverlaidCall, overlay: Overlay): void {
  const hangUp = (channelId: string) => call.request({ type: 'hang_up', channelId, cause: 'normal' });
  if (overlay.type === 'injection') {
    if (overlay.snoopId !== null) hangUp(overlay.snoopId);
    return;
  }
  call.appendLog('listening_over', { handset: overlay.handset });
  hangUp(overlay.legId);
  if (overlay.hears === null) return;
  hangUp(overlay.hears.snoopId);
  call.request({ type: 'unbridge', bridgeId: overlay.hears.bridgeId });
}
