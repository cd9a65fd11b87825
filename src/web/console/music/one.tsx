import { useSignal } from '@preact/signals';
import { useLocation, useRoute } from 'preact-iso';
import { api } from '../api/client.js';
import { usePlayerKey } from '../audio/player.js';
import { ShippedSound } from '../audio/shipped-sound.js';
import { texts as promptTexts } from '../audio/texts.js';
import { Rename } from '../prompts/rename.js';
import { UsedIn } from '../prompts/used-in.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { WayBack } from '../ui/way-back.js';
import { Icon } from '../ui/icon.js';
import { useItem } from '../ui/item.js';
import { useLeave } from '../ui/leave.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone, showFailure } from '../ui/toasts.js';
import '../styles/prompts.css';
import { AddTracks } from './add-tracks.js';
import { ListenButton } from './listen-button.js';
import { ownTracks, putMusic, setShipped, titleOf, type Music } from './music.js';
import { Tracks } from './tracks.js';

const texts = promptTexts.music;

/** One music: its recordings in their order, and the queues that play it. */
export default function MusicPage() {
  const { name = '' } = useRoute().params;
  const { route } = useLocation();
  const leave = useLeave();
  const isAdding = useSignal(false);
  usePlayerKey();
  const { item: music, show } = useItem<Music>(() => api.get('/api/v1/music/{name}', { path: { name } }), name);
  const wayBack = <WayBack to="/music">{texts.backToList}</WayBack>;
  if (music === undefined || music === 'missing')
    return (
      <>
        {wayBack}
        <PageHeader title={texts.name} />
        {music === undefined ? <Skeleton rows={4} /> : <EmptyState icon="prompts" title={texts.notFound} />}
      </>
    );
  const title = titleOf(music);
  const mayWrite = can('prompts:write');
  const setTracks = async (tracks: readonly string[], done: string) => {
    const before = ownTracks(music);
    if (show(await putMusic(music, music.title, tracks)))
      showDone(done, () => void putMusic(music, music.title, before).then(show));
  };
  const rename = async (to: string): Promise<boolean> => {
    if (!show(await putMusic(music, to, ownTracks(music)))) return false;
    showDone(promptTexts.renamed(to), () => void putMusic(music, music.title, ownTracks(music)).then(show));
    return true;
  };
  const setSound = async (sound: string | null) => {
    if (show(await setShipped(music, sound)))
      showDone(promptTexts.shippedChanged, () => void setShipped(music, music.sound).then(show));
  };
  const remove = async () => {
    const outcome = await api.delete('/api/v1/music/{name}', { path: { name } });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    showDone(texts.removed(title), () => void putBack(music).then((back) => back.ok && route(`/music/${name}`)));
    leave('/music');
  };
  return (
    <>
      {wayBack}
      <PageHeader title={title}>
        <div class="actions">
          {mayWrite && <Rename name={title} onRename={rename} />}
          {mayWrite && (
            <button type="button" class="primary with-icon" onClick={() => (isAdding.value = true)}>
              <Icon name="add" />
              {texts.addTrack}
            </button>
          )}
        </div>
      </PageHeader>
      {music.audio.length === 0 ? (
        <EmptyState icon="prompts" title={texts.noTracks}>
          {texts.noTracksHint}
        </EmptyState>
      ) : (
        <>
          <p class="heard">
            <ListenButton music={music}>{texts.listen}</ListenButton>
            <span class="soft">{texts.tracksHint}</span>
          </p>
          <Tracks music={music} onChange={(tracks, done) => void setTracks(tracks, done)} />
        </>
      )}
      {mayWrite && (
        <ShippedSound
          of="music"
          value={music.sound}
          isNeeded={music.used_in.length > 0 && ownTracks(music).length === 0}
          hint={texts.shippedHint}
          onChange={(sound) => void setSound(sound ?? null)}
        />
      )}
      <h2>{promptTexts.usedIn}</h2>
      {music.used_in.length === 0 ? (
        <p class="soft">{promptTexts.notUsed}</p>
      ) : (
        <>
          {mayWrite && <p class="soft">{texts.usedHint}</p>}
          <UsedIn usedIn={music.used_in} />
        </>
      )}
      {mayWrite && music.used_in.length === 0 && (
        <section class="removal">
          <p class="soft">{texts.removeHint}</p>
          <button type="button" class="danger with-icon" onClick={() => void remove()}>
            <Icon name="remove" />
            {texts.remove}
          </button>
        </section>
      )}
      {isAdding.value && (
        <AddTracks
          onClose={() => (isAdding.value = false)}
          onAdd={async (added) => {
            isAdding.value = false;
            await setTracks([...new Set([...ownTracks(music), ...added])], texts.added(added.length));
          }}
        />
      )}
    </>
  );
}

/** Makes removed music again, under its name. */
function putBack(music: Music) {
  const { name, title, sound } = music;
  const body = { name, title, audio: ownTracks(music).map((sha256) => `sha256:${sha256}`) };
  return api.post('/api/v1/music', { body: sound === null ? body : { ...body, sound } });
}
