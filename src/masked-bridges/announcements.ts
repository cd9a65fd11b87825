import { playbackChange, playbackGiveUpAt } from '../telephony/playback.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { BridgeStep } from './bridge-step.js';
import { soundsFor, type BridgeSound } from './program.js';
import type { LegName, Announcement } from './state.js';
import type { RuntimeEvent } from '../kernel/event.js';

/** Plays one of the bridge's sounds to a leg; the bridge waits for its end. */
export function playSound(step: BridgeStep, leg: LegName, what: BridgeSound): void {
  const { prompts, confirmDigit } = step.program;
  startAnnouncement(step, leg, what, { prompt: prompts[what] ?? null, sounds: soundsFor(what, confirmDigit) });
}

/** Plays a prompt of the company to a leg; the bridge waits for its end. */
export function playPrompt(step: BridgeStep, leg: LegName, prompt: number): void {
  startAnnouncement(step, leg, `prompt ${prompt}`, { prompt, sounds: [] });
}

/** As {@link playSound}, but during the talk and without waiting for its end. */
export function playIntoTalk(step: BridgeStep, leg: LegName, what: BridgeSound): void {
  const { prompts, confirmDigit } = step.program;
  requestPlay(step, leg, { prompt: prompts[what] ?? null, sounds: soundsFor(what, confirmDigit) });
}

export function stopAnnouncement(step: BridgeStep): void {
  const { saying } = step.state;
  if (saying === null) return;
  step.request({ type: 'stop_play', playbackId: saying.playbackId });
  finish(step, 'interrupted');
}

/**
 * Applies an event to the current announcement.
 * @returns how the announcement ended; undefined while it plays, and for unrelated events
 */
export function onAnnouncementEvent(
  step: BridgeStep,
  event: TelephonyEvent | RuntimeEvent,
): 'played' | 'failed' | undefined {
  const { saying } = step.state;
  if (saying === null) return undefined;
  if (event.type === 'timer') return event.name === 'say' ? finish(step, 'lost') : undefined;
  const { playbackId, accepted: isAccepted, isRetry = false } = saying;
  const change = playbackChange(step, { playbackId, isAccepted, isRetry }, event);
  switch (change?.type) {
    case 'playback_accepted':
      Object.assign(saying, { accepted: true, giveUpAt: playbackGiveUpAt(step.at, change.durationMs) });
      return undefined;
    case 'again':
      restartAnnouncement(step, { ...saying, isRetry: change.isRetry });
      return undefined;
    case 'over':
      return finish(step, change.outcome, change.reason);
    case 'playback_started':
    case undefined:
      return undefined;
  }
}

function startAnnouncement(
  step: BridgeStep,
  leg: LegName,
  what: string,
  media: { prompt: number | null; sounds: string[] },
  isRetry = false,
): void {
  const playbackId = requestPlay(step, leg, media);
  const giveUpAt = playbackGiveUpAt(step.at);
  step.state.saying = { playbackId, leg, what, ...media, accepted: false, giveUpAt, isRetry };
}

/**
 * Plays the company's prompt; without one, or when it cannot be played, the shipped sounds. @returns the playback's id
 */
function requestPlay(
  step: BridgeStep,
  leg: LegName,
  { prompt, sounds: names }: { prompt: number | null; sounds: string[] },
): string {
  const playbackId = step.newId('p');
  const sounds = names.map((sound) => ({ sound }));
  step.request({
    type: 'play',
    channelId: step.leg(leg).id,
    playbackId,
    media: prompt === null ? sounds : [{ prompt }],
    fallback: prompt !== null && sounds.length > 0 ? sounds : undefined,
    languages: step.program.languages,
    codec: '',
  });
  return playbackId;
}

/** Starts the announcement again, under a new id. */
function restartAnnouncement(step: BridgeStep, { leg, what, prompt, sounds, isRetry }: Announcement): void {
  startAnnouncement(step, leg, what, { prompt, sounds }, isRetry);
}

function finish(
  step: BridgeStep,
  outcome: 'played' | 'interrupted' | 'refused' | 'failed' | 'lost',
  reason?: string,
): 'played' | 'failed' {
  const { saying } = step.state;
  step.state.saying = null;
  step.appendLog('said', { what: saying?.what, leg: saying?.leg, outcome, reason });
  return outcome === 'played' || outcome === 'interrupted' ? 'played' : 'failed';
}
