import { isPlayable, readWavLayout } from '../../prompts/wav.js';
import { failed, ok, skipped, warning, type Finding } from '../finding.js';

/** A prompt that a call plan or a feature uses. */
export interface UsedPrompt {
  id: number;
  /** Languages in which callers can hear it. */
  languages: readonly string[];
  /** Its audio, in order of preference. */
  audio: readonly { language: string; sha256: string }[];
}

/** The WAV file of an audio; undefined or an error when it cannot be read. */
type ReadAudio = (sha256: string) => Promise<Buffer | undefined>;

const MAX_NAMED = 5;

/** Whether each prompt has audio in the languages of its callers, whose files Asterisk can play. */
export async function checkPrompts(used: readonly UsedPrompt[], read: ReadAudio): Promise<Finding> {
  if (used.length === 0) return skipped('no prompt is used');
  const broken = await brokenOf(used, read);
  if (broken.length > 0) return failed(`files cannot be played: ${named(broken)}`, 'prompt_file');
  const silent = used.filter(({ audio }) => audio.length === 0).map(({ id }) => `prompt ${id}`);
  if (silent.length > 0) return failed(`no audio in any language: ${named(silent)}`, 'prompt_missing');
  const lacking = used.flatMap(({ id, languages, audio }) => {
    const missing = languages.filter((language) => !audio.some((one) => one.language === language));
    return missing.length === 0 ? [] : [`prompt ${id} (${missing.join(', ')})`];
  });
  if (lacking.length > 0) return warning(`callers hear another language: ${named(lacking)}`, 'prompt_missing');
  return ok(`${used.length} used, each in every language of its lines`);
}

async function brokenOf(used: readonly UsedPrompt[], read: ReadAudio): Promise<string[]> {
  const broken: string[] = [];
  for (const { id, audio } of used)
    for (const { language, sha256 } of audio) {
      const bytes = await read(sha256).catch(() => undefined);
      const layout = bytes && readWavLayout(bytes);
      if (layout === undefined || !isPlayable(layout)) broken.push(`prompt ${id} (${language})`);
    }
  return broken;
}

function named(all: readonly string[]): string {
  const more = all.length - MAX_NAMED;
  return all.slice(0, MAX_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
