import { access } from '../api/client.js';
import { texts } from './texts.js';

/** Audio that the gateway has converted and stored. */
export interface StoredAudio {
  sha256: string;
  durationMs: number;
  /** Address of the audio as callers hear it. */
  url: string;
}

export type Stored = { ok: true; audio: StoredAudio } | { ok: false; problem: string };

/** Sends a recording to be converted and stored. */
export function storeRecording(file: Blob): Promise<Stored> {
  const type = file.type.startsWith('audio/') ? file.type : 'application/octet-stream';
  return store('/api/v1/audio', file, type, texts.problems.audio);
}

/** Has a text spoken. @param voice a language */
export function storeSpeech(text: string, voice: string): Promise<Stored> {
  const body = JSON.stringify({ text, voice });
  return store('/api/v1/audio/from-text', body, 'application/json', texts.problems.text);
}

interface Answer {
  sha256: string;
  duration_ms: number;
  url: string;
}

async function store(path: string, body: BodyInit, contentType: string, invalid: string): Promise<Stored> {
  const { problems } = texts;
  try {
    const response = await fetch(path, { method: 'POST', body, headers: { 'content-type': contentType } });
    if (response.ok) {
      const { sha256, duration_ms: durationMs, url } = (await response.json()) as Answer;
      return { ok: true, audio: { sha256, durationMs, url } };
    }
    if (response.status === 401) access.onEnded();
    return { ok: false, problem: (await problemOf(response)) ?? invalid };
  } catch {
    return { ok: false, problem: problems.other };
  }
}

/** @returns undefined when the content is not valid */
async function problemOf(response: Response): Promise<string | undefined> {
  const { problems } = texts;
  switch (response.status) {
    case 415:
    case 422:
      return undefined;
    case 413:
      return problems.tooLarge;
    case 503: {
      const { code } = (await response.json()) as { code?: string };
      return { busy: problems.busy, no_speech: problems.noSpeech }[code ?? ''] ?? problems.other;
    }
    default:
      return problems.other;
  }
}
