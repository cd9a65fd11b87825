import { playbackChange, playbackGiveUpAt } from '../telephony/playback.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { BridgeStep } from './bridge-step.js';
import { soundsFor, type BridgeSound } from './program.js';
import type { LegName, Saying } from './state.js';
import type { RuntimeEvent } from '../kernel/event.js';

/** Plays one of the bridge's sounds to a leg, and waits for its end. */
export function say(step: BridgeStep, leg: LegName, what: BridgeSound): void {
  const { prompts, confirmDigit } = step.program;
  speak(step, leg, what, { prompt: prompts[what] ?? null, sounds: soundsFor(what, confirmDigit) });
}

/** Plays a prompt of the company's, and waits for its end. */
export function sayPrompt(step: BridgeStep, leg: LegName, prompt: number): void {
  speak(step, leg, `prompt ${prompt}`, { prompt, sounds: [] });
}

/** As {@link say}, into the talk, without waiting for its end. */
export function tell(step: BridgeStep, leg: LegName, what: BridgeSound): void {
  const { prompts, confirmDigit } = step.program;
  requestPlay(step, leg, { prompt: prompts[what] ?? null, sounds: soundsFor(what, confirmDigit) });
}

export function stopSaying(step: BridgeStep): void {
  const { saying } = step.state;
  if (saying === null) return;
  step.request({ type: 'stop_play', playbackId: saying.playbackId });
  end(step, 'interrupted');
}

/**
 * What an event makes of what is being said.
 * @returns how it ended; undefined: it goes on, or the event is not about it
 */
export function sayingOn(step: BridgeStep, event: TelephonyEvent | RuntimeEvent): 'played' | 'failed' | undefined {
  const { saying } = step.state;
  if (saying === null) return undefined;
  if (event.type === 'timer') return event.name === 'say' ? end(step, 'lost') : undefined;
  const { playbackId, accepted: isAccepted, isRetry = false } = saying;
  const change = playbackChange(step, { playbackId, isAccepted, isRetry }, event);
  switch (change?.type) {
    case 'play_accepted':
      Object.assign(saying, { accepted: true, giveUpAt: playbackGiveUpAt(step.at, change.durationMs) });
      return undefined;
    case 'again':
      again(step, { ...saying, ...(change.isRetry && { isRetry: true }) });
      return undefined;
    case 'over':
      return end(step, change.outcome, change.reason);
    case 'play_started':
    case undefined:
      return undefined;
  }
}

function speak(
  step: BridgeStep,
  leg: LegName,
  what: string,
  media: { prompt: number | null; sounds: string[] },
  isRetry?: true,
): void {
  const playbackId = requestPlay(step, leg, media);
  const giveUpAt = playbackGiveUpAt(step.at);
  step.state.saying = { playbackId, leg, what, ...media, accepted: false, giveUpAt, ...(isRetry && { isRetry }) };
}

/** Plays the company's prompt or, where there is none or it cannot be played, shipped sounds. @returns the playback's id */
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
    ...(prompt !== null && sounds.length > 0 && { fallback: sounds }),
    languages: step.program.languages,
    codec: '',
  });
  return playbackId;
}

/** Starts it anew, under a new id. */
function again(step: BridgeStep, { leg, what, prompt, sounds, isRetry }: Saying): void {
  speak(step, leg, what, { prompt, sounds }, isRetry);
}

function end(
  step: BridgeStep,
  outcome: 'played' | 'interrupted' | 'refused' | 'failed' | 'lost',
  reason?: string,
): 'played' | 'failed' {
  const { saying } = step.state;
  step.state.saying = null;
  step.appendLog('said', { what: saying?.what, leg: saying?.leg, outcome, ...(reason !== undefined && { reason }) });
  return outcome === 'played' || outcome === 'interrupted' ? 'played' : 'failed';
}
