import type { Instant } from '../lib/clock.js';
import type { Call } from './call.js';
import type { CallState } from './call-state.js';
import { isPlaying, playingOn, startPlaying, type Playing } from './steps/playing.js';
import { dialLeg, legChange } from '../telephony/leg.js';
import { LONGEST_TALK_S } from '../telephony/lease.js';
import type { PlanEvent } from './event.js';

/** What goes on beside the plan: prompts that somebody plays into the call, and people who listen in. */
export type Overlay = Injection | Supervisor;

/** A call whose state can hold overlays. */
type OverlaidCall = Call<CallState & { asides: Overlay[] }>;

/** `snoopId`: the channel through which it is heard in the middle of a talk. */
interface Injection {
  what: 'insert';
  playing: Playing;
  snoopId: string | null;
}

/** Hears both sides of the call and is heard by nobody. */
interface Supervisor {
  what: 'listener';
  handset: string;
  legId: string;
  /** Null until the handset has answered. */
  hears: { snoopId: string; bridgeId: string; effects: string[] } | null;
  /** The handset has to answer by then. */
  deadline: Instant | null;
}

const SUPERVISOR_RINGS_MS = 30_000;

/** @param on channel; undefined for the call's own */
export function injectPrompt(call: OverlaidCall, prompt: number, on?: string): void {
  call.state.asides.push({ what: 'insert', playing: startPlaying(call, [prompt], on), snoopId: null });
}

/** Into a talk that Asterisk holds: heard by the caller (`out`), by the other one (`in`), or by both. */
export function whisperPrompt(call: OverlaidCall, prompt: number, to: 'in' | 'out' | 'both'): void {
  const snoopId = call.newId('s');
  call.request({ type: 'snoop', channelId: call.state.channelId, snoopId, whisper: to, spies: false });
  call.state.asides.push({ what: 'insert', playing: startPlaying(call, [prompt], snoopId), snoopId });
}

export function addSupervisor(call: OverlaidCall, handset: string): void {
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
  call.state.asides.push({ what: 'listener', handset, legId, hears: null, deadline });
}

/** @returns true when the event was for one of them, and for nothing else */
export function onOverlayEvent(call: OverlaidCall, event: PlanEvent): boolean {
  const concerned = call.state.asides.find((aside) => isAddressedTo(aside, event));
  if (concerned === undefined) return false;
  advance(call, concerned, event);
  return true;
}

/** After we were away: each is told what still exists. */
export function onOverlaysReconciled(call: OverlaidCall, event: PlanEvent & { type: 'reconciled' }): void {
  for (const aside of [...call.state.asides]) advance(call, aside, event);
}

/** The call is over. */
export function endOverlays(call: OverlaidCall): void {
  for (const aside of call.state.asides) end(call, aside);
  call.state.asides = [];
}

export function overlayTimers(asides: readonly Overlay[]): Record<string, Instant> {
  return Object.fromEntries(
    asides.flatMap((aside) => {
      const at = aside.what === 'insert' ? aside.playing.giveUpAt : aside.deadline;
      return at === null ? [] : [[timerOf(aside), at]];
    }),
  );
}

export function watchedByOverlays(asides: readonly Overlay[]): { channels: string[]; playbacks: string[] } {
  return {
    channels: asides.flatMap((aside) => (aside.what === 'listener' ? [aside.legId] : [])),
    playbacks: asides.flatMap((aside) => (aside.what === 'insert' ? [aside.playing.playbackId] : [])),
  };
}

function advance(call: OverlaidCall, aside: Overlay, event: PlanEvent): void {
  const next = aside.what === 'insert' ? onInjectionEvent(call, aside, event) : onSupervisorEvent(call, aside, event);
  if (next === undefined) end(call, aside);
  const asides = call.state.asides.map((one) => (one === aside ? next : one));
  call.state.asides = asides.filter((one) => one !== undefined);
}

function isAddressedTo(aside: Overlay, event: PlanEvent): boolean {
  if (event.type === 'timer') return event.name === timerOf(aside);
  if ('playbackId' in event) return aside.what === 'insert' && aside.playing.playbackId === event.playbackId;
  if ('legId' in event)
    return aside.what === 'insert'
      ? aside.snoopId === event.legId
      : aside.legId === event.legId || aside.hears?.snoopId === event.legId;
  return event.type === 'effect_failed' && aside.what === 'listener' && aside.hears !== null
    ? aside.hears.effects.includes(event.effectId)
    : false;
}

function timerOf(aside: Overlay): string {
  return `aside ${aside.what === 'insert' ? aside.playing.playbackId : aside.legId}`;
}

function onInjectionEvent(call: OverlaidCall, aside: Injection, event: PlanEvent): Injection | undefined {
  if ('legId' in event) return event.type === 'leg_over' ? undefined : aside;
  const playing = playingOn(call, aside.playing, event.type === 'timer' ? { ...event, name: 'play' } : event);
  return isPlaying(playing) ? { ...aside, playing } : undefined;
}

function onSupervisorEvent(call: OverlaidCall, aside: Supervisor, event: PlanEvent): Supervisor | undefined {
  if (event.type === 'timer' || event.type === 'effect_failed') return undefined;
  const legId = 'legId' in event ? event.legId : aside.legId;
  const change = legChange(legId, event);
  if (change?.type === 'over' || change?.type === 'left') return undefined;
  return change?.type === 'answered' ? answered(call, aside, legId) : aside;
}

function answered(call: OverlaidCall, aside: Supervisor, legId: string): Supervisor {
  if (aside.hears !== null || legId !== aside.legId) return aside;
  const [snoopId, bridgeId] = [call.newId('s'), call.newId('b')];
  const effects = [
    call.request({ type: 'leash', channelId: legId, seconds: LONGEST_TALK_S }),
    call.request({ type: 'snoop', channelId: call.state.channelId, snoopId, whisper: 'none', spies: true }),
    call.request({ type: 'bridge', bridgeId, channelIds: [legId, snoopId] }),
  ];
  call.appendLog('listening', { handset: aside.handset });
  return { ...aside, hears: { snoopId, bridgeId, effects }, deadline: null };
}

/** Ends what is left of it in Asterisk; each of these does nothing where nothing is left. */
function end(call: OverlaidCall, aside: Overlay): void {
  const hangUp = (channelId: string) => call.request({ type: 'hang_up', channelId, cause: 'normal' });
  if (aside.what === 'insert') {
    if (aside.snoopId !== null) hangUp(aside.snoopId);
    return;
  }
  call.appendLog('listening_over', { handset: aside.handset });
  hangUp(aside.legId);
  if (aside.hears === null) return;
  hangUp(aside.hears.snoopId);
  call.request({ type: 'unbridge', bridgeId: aside.hears.bridgeId });
}
