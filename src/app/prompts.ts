import path from 'node:path';
import type { Config } from '../config.js';
import { systemClock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { MINUTE_MS } from '../lib/time.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { CompanyMusic } from '../company/music-catalogue.js';
import { CompanyCatalogue } from '../company/prompt-catalogue.js';
import { fixedTexts, speechPrompts } from '../company/speech-prompts.js';
import { audioOfConfigurations } from '../company/store/audio-in-use.js';
import {
  bridgePrompts,
  notificationPrompts,
  orderPrompts,
  promptUsages,
  queuePrompts,
  rejectPrompts,
} from '../company/walk.js';
import { AudioStore, type Audio } from '../prompts/audio-store.js';
import { AudioConverter } from '../prompts/convert.js';
import { Fragments } from '../prompts/fragments.js';
import { MusicService } from '../prompts/music-service.js';
import { choicesOf, type AudioChoice } from '../prompts/choose.js';
import { mediaPath, PromptResolver } from '../prompts/resolve.js';
import { PromptService } from '../prompts/service.js';
import { builtInCommand, CommandSpeech } from '../prompts/speech/command.js';
import { Speech } from '../prompts/speech/speech.js';
import type { Database } from '../storage/database.js';

/** How long Asterisk may fetch a recording that a call plays. */
const LENT_MS = 5 * MINUTE_MS;
const MEDIA_TYPES = ['alaw', 'ulaw', 'wav'] as const;

function pathsOf(choices: AudioChoice[]): string[] {
  return MEDIA_TYPES.flatMap((type) => choices.map(({ sha256 }) => mediaPath(sha256, type)));
}

export type Prompts = ReturnType<typeof createPrompts>;

/** Composes prompts, with the company's document as their catalogue. */
export function createPrompts({
  db,
  config,
  companies,
  recording,
  logger,
}: {
  db: Database;
  config: Config;
  companies: CompanyStore;
  /** The file of a recording that a call plays; undefined when there is none. */
  recording: (id: string) => Promise<{ audio: Audio; path: string } | undefined>;
  logger: Logger;
}) {
  const audio = new AudioStore({
    db,
    folder: path.join(config.dataDir, 'audio'),
    soundsFolder: config.soundsDir,
    logger,
  });
  const fragments = new Fragments({ audio, soundsFolder: config.soundsDir, logger });
  const catalogue = new CompanyCatalogue(companies);
  const converter = new AudioConverter(audio.temporaryFolder);
  const speech = new Speech({
    db,
    engine: new CommandSpeech(config.speechCommand ?? builtInCommand()),
    converter,
    audio,
    languages: () => companies.company.languages,
    isUsed: async (sha256) => (await audioOfConfigurations(db, companies.company)).has(sha256),
    fixed: () => fixedTexts(companies.company).map(({ text, language }) => ({ text, voice: language })),
    clock: systemClock,
  });
  const usages = (id: number) =>
    [
      ...[rejectPrompts, queuePrompts, bridgePrompts, notificationPrompts, orderPrompts, speechPrompts]
        .flatMap((promptsOf) => promptsOf(companies.company))
        .filter(({ prompt }) => prompt === id),
      ...promptUsages(companies.company, id),
    ].map(({ pointer }) => ({ where: pointer }));
  return {
    audio,
    speech,
    fragments,
    music: new MusicService({ catalogue: new CompanyMusic(companies), audio, converter }),
    /**
     * Every prompt in every language and format, because a shop may request any of them; then the fragments of the used
     * languages, and the texts that are the same in every call.
     */
    media: () => {
      const { prompts, languages, lines } = companies.company;
      const spoken = new Set([...languages, ...lines.flatMap((line) => line.languages ?? [])]);
      return [prompts, [...spoken].flatMap((language) => fragments.ofLanguage(language)), speech.fixedPrompts()]
        .flatMap((group) => pathsOf(group.flatMap((prompt) => choicesOf(prompt, audio))))
        .map((one) => `sound:${config.http.publicUrl}${one}`);
    },
    speakFixedTexts: (mayGoOn: () => boolean) =>
      speech.speakFixed(mayGoOn, (error) => logger.warn({ err: error }, 'a text of a template cannot be spoken')),
    service: new PromptService({
      catalogue,
      audio,
      converter,
      usages,
      speak: (text, voice) => speech.speak(text, voice),
    }),
    resolver: new PromptResolver({
      catalogue: { get: async (id) => (await speech.prompt(id)) ?? fragments.prompt(id) ?? catalogue.get(id) },
      audio,
      recording: async (id) => {
        const found = await recording(id);
        if (found !== undefined) audio.lend(found.audio, found.path, Date.now() + LENT_MS);
        return found?.audio;
      },
      publicUrl: config.http.publicUrl,
    }),
  };
}
