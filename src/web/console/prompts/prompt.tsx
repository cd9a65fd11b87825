import { useSignal } from '@preact/signals';
import { useLocation, useRoute } from 'preact-iso';
import { api } from '../api/client.js';
import { PlayButton } from '../audio/play-button.js';
import { usePlayerKey } from '../audio/player.js';
import { ShippedSound } from '../audio/shipped-sound.js';
import { texts } from '../audio/texts.js';
import { formatDuration } from '../format.js';
import { languageName } from '../names.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { WayBack } from '../ui/way-back.js';
import { CopyValue } from '../ui/copy-value.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { useItem } from '../ui/item.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone } from '../ui/toasts.js';
import '../styles/prompts.css';
import { companyLanguages } from './languages.js';
import { audioUrl, ownAudio, setAudio, setShipped, type Prompt } from './prompts.js';
import { removePrompt } from './removal.js';
import { Rename } from './rename.js';
import { ReplaceAudio } from './replace-audio.js';
import { UsedIn } from './used-in.js';

/** One prompt: its recordings in each language, and where it is used. */
export default function PromptPage() {
  const { id: key = '' } = useRoute().params;
  const id = Number(key);
  const { route } = useLocation();
  const replaced = useSignal<string | undefined>(undefined);
  usePlayerKey();
  const { item: prompt, show } = useItem<Prompt>(() => api.get('/api/v1/prompts/{id}', { path: { id } }), id);
  const wayBack = <WayBack to="/prompts">{texts.backToList}</WayBack>;
  if (prompt === undefined || prompt === 'missing')
    return (
      <>
        {wayBack}
        <PageHeader title={texts.prompt} />
        {prompt === undefined ? <Skeleton rows={4} /> : <EmptyState icon="prompts" title={texts.notFound} />}
      </>
    );
  const change = async (language: string, sha256: string | undefined, done: string) => {
    const before = ownAudio(prompt)[language]?.replace('sha256:', '');
    if (!show(await setAudio(id, language, sha256))) return;
    showDone(done, () => void setAudio(id, language, before).then(show));
  };
  const rename = async (name: string): Promise<boolean> => {
    const { name: former } = prompt;
    const put = (to: string) => {
      const body = prompt.sound === null ? { name: to } : { name: to, sound: prompt.sound };
      return api.put('/api/v1/prompts/{id}', { path: { id }, body }).then(show);
    };
    if (!(await put(name))) return false;
    showDone(texts.renamed(name), () => void put(former));
    return true;
  };
  const setSound = async (sound: string | undefined) => {
    const before = prompt.sound ?? undefined;
    if (!show(await setShipped(id, sound))) return;
    showDone(texts.shippedChanged, () => void setShipped(id, before).then(show));
  };
  const mayWrite = can('prompts:write');
  const languages = [...new Set([...companyLanguages, ...prompt.audio.map(({ language }) => language)])];
  return (
    <>
      {wayBack}
      <PageHeader title={prompt.name}>{mayWrite && <Rename name={prompt.name} onRename={rename} />}</PageHeader>
      <p class="big-id">
        <span>{texts.id}</span> <CopyValue value={String(id)} name={texts.id} />{' '}
        <span class="soft">{texts.idHint}</span>
      </p>
      <h2>{texts.languages}</h2>
      <ul class="recordings-by-language">
        {languages.map((language) => (
          <LanguageCard
            key={language}
            prompt={prompt}
            language={language}
            onReplace={() => (replaced.value = language)}
            onRemove={() => void change(language, undefined, texts.removedOwn(languageName(language)))}
          />
        ))}
      </ul>
      {mayWrite && (
        <ShippedSound
          of="sounds"
          value={prompt.sound}
          isNeeded={prompt.used_in.length > 0 && Object.keys(ownAudio(prompt)).length === 0}
          hint={texts.shippedHint}
          onChange={(sound) => void setSound(sound)}
        />
      )}
      <h2>{texts.usedIn}</h2>
      {prompt.used_in.length === 0 ? (
        <>
          <p class="soft">{texts.notUsed}</p>
          {can('config:write') && (
            <p>
              <a href="/plans">{texts.useInPlan}</a> · <a href="/settings">{texts.useForRejected}</a>
            </p>
          )}
        </>
      ) : (
        <>
          {mayWrite && <p class="soft">{texts.usedHint}</p>}
          <UsedIn usedIn={prompt.used_in} />
        </>
      )}
      {mayWrite && prompt.used_in.length === 0 && (
        <section class="removal">
          <p class="soft">{texts.removeHint}</p>
          <button
            type="button"
            class="danger with-icon"
            onClick={() => {
              removePrompt(prompt);
              route('/prompts');
            }}
          >
            <Icon name="remove" />
            {texts.removePrompt}
          </button>
        </section>
      )}
      {replaced.value !== undefined && (
        <ReplaceAudio
          language={replaced.value}
          onClose={() => (replaced.value = undefined)}
          onSave={async ({ sha256 }) => {
            const language = replaced.value ?? '';
            await change(language, sha256, texts.replaced(languageName(language)));
            replaced.value = undefined;
          }}
        />
      )}
    </>
  );
}

interface LanguageCardProps {
  prompt: Prompt;
  language: string;
  onReplace: () => void;
  onRemove: () => void;
}

function LanguageCard({ prompt, language, onReplace, onRemove }: LanguageCardProps) {
  const name = languageName(language);
  const audio = prompt.audio.find((each) => each.language === language);
  const mayWrite = can('prompts:write');
  const isLast = prompt.sound === null && prompt.audio.length === 1 && prompt.used_in.length > 0;
  return (
    <li class="card">
      <h3>{name}</h3>
      {audio === undefined ? (
        <Badge tone="ring" icon="warning">
          {texts.missing}
        </Badge>
      ) : (
        <p class="heard">
          <PlayButton url={audioUrl(audio)} what={name}>
            {formatDuration(audio.duration_ms)}
          </PlayButton>
          <span class="soft">{texts[audio.source]}</span>
        </p>
      )}
      {mayWrite && (
        <div class="actions">
          <button
            type="button"
            class="with-icon"
            onClick={onReplace}
            aria-label={`${audio ? texts.replace : texts.addRecording}: ${name}`}
          >
            <Icon name="microphone" />
            {audio ? texts.replace : texts.addRecording}
          </button>
          {audio?.source === 'own' && !isLast && (
            <button
              type="button"
              class="icon-only danger"
              aria-label={texts.removeOwn(name)}
              title={texts.removeOwn(name)}
              onClick={onRemove}
            >
              <Icon name="remove" />
            </button>
          )}
        </div>
      )}
      {mayWrite && audio?.source === 'own' && isLast && <p class="soft">{texts.onlyAudio}</p>}
    </li>
  );
}
