import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { PlayButton } from '../audio/play-button.js';
import { usePlayerKey } from '../audio/player.js';
import { texts } from '../audio/texts.js';
import { formatDuration } from '../format.js';
import { languageName } from '../names.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { CopyValue } from '../ui/copy-value.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { useLeave } from '../ui/leave.js';
import { plainText } from '../ui/search.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import '../styles/prompts.css';
import { companyLanguages } from './languages.js';
import { NewPrompts } from './new-prompts.js';
import { audioUrl, missingLanguages, type Prompt } from './prompts.js';
import { removing } from './removal.js';
import { UsedIn } from './used-in.js';

/** The prompts: heard, found, and with what they lack. */
export default function PromptsPage() {
  const prompts = useSignal<Prompt[] | undefined>(undefined);
  const isAdding = useSignal<File[] | undefined>(undefined);
  const { url, route } = useLocation();
  const leave = useLeave();
  const filter = new URL(url, location.origin).searchParams;
  const [query, onlyMissing] = [filter.get('q') ?? '', filter.has('missing')];
  usePlayerKey();
  const load = async () => {
    const outcome = await api.get('/api/v1/prompts');
    if (outcome.ok) prompts.value = outcome.data.prompts;
    else showFailure(outcome.status);
  };
  useEffect(() => void load(), []);
  const choose = (q: string, missing: boolean) => {
    const chosen = new URLSearchParams();
    if (q !== '') chosen.set('q', q);
    if (missing) chosen.set('missing', '1');
    route(chosen.size === 0 ? '/prompts' : `/prompts?${chosen.toString()}`, true);
  };
  const all = prompts.value?.filter(({ id }) => !removing.value.has(id));
  const shown = all?.filter(
    (prompt) => matches(prompt, query) && !(onlyMissing && missingLanguages(prompt).length === 0),
  );
  const mayWrite = can('prompts:write');
  return (
    <div
      onDragOver={(event) => mayWrite && event.preventDefault()}
      onDrop={(event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (!mayWrite || files.length === 0 || event.defaultPrevented) return;
        event.preventDefault();
        isAdding.value = files;
      }}
    >
      <PageHeader title={texts.title}>
        {mayWrite && (
          <button type="button" class="primary with-icon" onClick={() => (isAdding.value = [])}>
            <Icon name="add" />
            {texts.add}
          </button>
        )}
      </PageHeader>
      {all === undefined || shown === undefined ? (
        <Skeleton rows={8} />
      ) : all.length === 0 ? (
        <EmptyState icon="prompts" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <>
          <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
            <label>
              {texts.search}
              <input
                type="search"
                data-filter
                value={query}
                onInput={({ currentTarget }) => choose(currentTarget.value, onlyMissing)}
              />
            </label>
            {all.some((prompt) => missingLanguages(prompt).length > 0) && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={onlyMissing}
                  onChange={({ currentTarget }) => choose(query, currentTarget.checked)}
                />
                {texts.onlyMissing}
              </label>
            )}
          </form>
          {shown.length === 0 ? <EmptyState icon="search" title={texts.noMatch} /> : <PromptTable prompts={shown} />}
          <p class="unseen" role="status">
            {texts.count(shown.length)}
          </p>
        </>
      )}
      {isAdding.value !== undefined && (
        <NewPrompts
          files={isAdding.value}
          onClose={() => (isAdding.value = undefined)}
          onSaved={(saved) => {
            isAdding.value = undefined;
            const [first] = saved;
            if (saved.length === 1 && first !== undefined) leave(`/prompts/${first.id}`);
            else void load();
          }}
        />
      )}
    </div>
  );
}

function matches({ id, name }: Prompt, query: string): boolean {
  const wanted = query.trim();
  return String(id) === wanted || plainText(name).includes(plainText(wanted));
}

function PromptTable({ prompts }: { prompts: Prompt[] }) {
  return (
    <table class="prompts-list cards">
      <thead>
        <tr>
          <th>{texts.prompt}</th>
          <th>{texts.id}</th>
          {companyLanguages.map((language) => (
            <th key={language}>{languageName(language)}</th>
          ))}
          <th>{texts.usedIn}</th>
        </tr>
      </thead>
      <tbody>
        {prompts.map((prompt) => (
          <tr key={prompt.id}>
            <td>
              <a href={`/prompts/${prompt.id}`}>{prompt.name}</a>
            </td>
            <td data-label={texts.id}>
              <CopyValue value={String(prompt.id)} name={`${texts.id}, ${prompt.name}`} />
            </td>
            {companyLanguages.map((language) => (
              <td key={language} data-label={languageName(language)}>
                <LanguageCell prompt={prompt} language={language} />
              </td>
            ))}
            <td data-label={texts.usedIn}>
              {prompt.used_in.length === 0 ? (
                <span class="soft">{texts.notUsed}</span>
              ) : (
                <UsedIn usedIn={prompt.used_in} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LanguageCell({ prompt, language }: { prompt: Prompt; language: string }) {
  const audio = prompt.audio.find((each) => each.language === language);
  if (audio === undefined)
    return (
      <Badge tone="ring" icon="warning">
        {texts.missing}
      </Badge>
    );
  return (
    <PlayButton url={audioUrl(audio)} what={`${prompt.name}, ${languageName(language)}`}>
      {formatDuration(audio.duration_ms)}
    </PlayButton>
  );
}
