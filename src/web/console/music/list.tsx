import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { usePlayerKey } from '../audio/player.js';
import { texts as promptTexts } from '../audio/texts.js';
import { formatDuration } from '../format.js';
import { UsedIn } from '../prompts/used-in.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { Dialog } from '../ui/dialog.js';
import { EmptyState } from '../ui/empty-state.js';
import { Icon } from '../ui/icon.js';
import { useLeave } from '../ui/leave.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone, showFailure } from '../ui/toasts.js';
import '../styles/prompts.css';
import { ListenButton } from './listen-button.js';
import { nameFor, titleOf, type Music } from './music.js';

const texts = promptTexts.music;

/** What callers hear while they wait. */
export default function MusicListPage() {
  const loaded = useSignal<Music[] | undefined>(undefined);
  const isAdding = useSignal(false);
  const { route } = useLocation();
  const leave = useLeave();
  usePlayerKey();
  useEffect(() => {
    void api.get('/api/v1/music').then((outcome) => {
      if (outcome.ok) loaded.value = outcome.data.music;
      else showFailure(outcome.status);
    });
  }, []);
  const shown = loaded.value;
  const addButton = can('prompts:write') && (
    <button type="button" class="primary with-icon" onClick={() => (isAdding.value = true)}>
      <Icon name="add" />
      {texts.add}
    </button>
  );
  return (
    <>
      <PageHeader title={texts.title}>{addButton}</PageHeader>
      {shown === undefined ? (
        <Skeleton rows={4} />
      ) : shown.length === 0 ? (
        <EmptyState icon="prompts" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <MusicTable music={shown} />
      )}
      {isAdding.value && (
        <NewMusic
          onClose={() => (isAdding.value = false)}
          onMade={(music) => {
            const undo = () => void api.delete('/api/v1/music/{name}', { path: { name: music.name } });
            showDone(texts.created(titleOf(music)), () => {
              undo();
              route('/music');
            });
            leave(`/music/${music.name}`);
          }}
        />
      )}
    </>
  );
}

function MusicTable({ music }: { music: Music[] }) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th>{texts.name}</th>
          <th>{texts.tracks}</th>
          <th>{promptTexts.usedIn}</th>
        </tr>
      </thead>
      <tbody>
        {music.map((one) => (
          <tr key={one.name}>
            <td>
              <a href={`/music/${one.name}`}>{titleOf(one)}</a>
            </td>
            <td data-label={texts.tracks}>
              {one.audio.length === 0 ? (
                <Badge tone="bad" icon="warning">
                  {texts.noTracks}
                </Badge>
              ) : (
                <span class="heard">
                  <ListenButton music={one}>{formatDuration(totalMs(one))}</ListenButton>
                  {texts.count(one.audio.length)}
                </span>
              )}
            </td>
            <td data-label={promptTexts.usedIn}>
              {one.used_in.length === 0 ? (
                <span class="soft">{promptTexts.notUsed}</span>
              ) : (
                <UsedIn usedIn={one.used_in} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function totalMs({ audio }: Music): number {
  return audio.reduce((sum, { duration_ms }) => sum + duration_ms, 0);
}

function NewMusic({ onClose, onMade }: { onClose: () => void; onMade: (music: Music) => void }) {
  const title = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const make = async (event: Event) => {
    event.preventDefault();
    const name = nameFor(title.value);
    if (name === '') {
      problem.value = texts.invalidTitle;
      return;
    }
    const outcome = await api.post('/api/v1/music', { body: { name, title: title.value.trim() } });
    if (outcome.ok) onMade(outcome.data);
    else if (outcome.status === 409) problem.value = texts.exists;
    else showFailure(outcome.status);
  };
  return (
    <Dialog title={texts.add} onClose={onClose}>
      <form onSubmit={(event) => void make(event)}>
        <label>
          {texts.label}
          <input
            type="text"
            required
            maxLength={120}
            autofocus
            value={title.value}
            aria-invalid={problem.value !== undefined}
            onInput={({ currentTarget }) => {
              title.value = currentTarget.value;
              problem.value = undefined;
            }}
          />
        </label>
        <p class="bad" role="alert">
          {problem.value}
        </p>
        <div class="actions">
          <button class="primary">{texts.create}</button>
        </div>
      </form>
    </Dialog>
  );
}
