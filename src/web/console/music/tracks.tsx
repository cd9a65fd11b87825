import { PlayButton } from '../audio/play-button.js';
import { texts as promptTexts } from '../audio/texts.js';
import { formatDuration } from '../format.js';
import { can } from '../session.js';
import { Icon } from '../ui/icon.js';
import { moved } from '../ui/moved.js';
import { ownTracks, trackUrl, type Music, type Track } from './music.js';

const texts = promptTexts.music;

interface TracksProps {
  music: Music;
  /** @param tracks hashes of the own recordings @param done what happened */
  onChange: (tracks: readonly string[], done: string) => void;
}

/** The recordings in the order in which they are played. Shipped ones come first and stay. */
export function Tracks({ music, onChange }: TracksProps) {
  const own = ownTracks(music);
  const isLast = music.audio.length === 1 && music.used_in.length > 0;
  const move = (sha256: string, step: number) => {
    const at = own.indexOf(sha256);
    onChange(moved(own, at, at + step), texts.moved);
  };
  return (
    <>
      <ol class="tracks card">
        {music.audio.map((track, index) => (
          <li key={track.sha256}>
            <PlayButton url={trackUrl(track)} what={texts.track(index + 1)}>
              {formatDuration(track.duration_ms)}
            </PlayButton>
            <span class="name">
              {texts.track(index + 1)} <span class="soft">{promptTexts[track.source]}</span>
            </span>
            {can('prompts:write') && track.source === 'own' && (
              <span class="actions">
                <MoveButton track={track} place={index + 1} step={-1} own={own} onMove={move} />
                <MoveButton track={track} place={index + 1} step={1} own={own} onMove={move} />
                {!isLast && (
                  <button
                    type="button"
                    class="icon-only danger"
                    aria-label={texts.removeTrack(index + 1)}
                    title={texts.removeTrack(index + 1)}
                    onClick={() =>
                      onChange(
                        own.filter((each) => each !== track.sha256),
                        texts.removedTrack(index + 1),
                      )
                    }
                  >
                    <Icon name="remove" />
                  </button>
                )}
              </span>
            )}
          </li>
        ))}
      </ol>
      {can('prompts:write') && isLast && <p class="soft">{texts.lastTrack}</p>}
    </>
  );
}

interface MoveButtonProps {
  track: Track;
  place: number;
  step: 1 | -1;
  own: readonly string[];
  onMove: (sha256: string, step: number) => void;
}

function MoveButton({ track: { sha256 }, place, step, own, onMove }: MoveButtonProps) {
  const label = step === 1 ? texts.down(place) : texts.up(place);
  const isEdge = own[step === 1 ? own.length - 1 : 0] === sha256;
  return (
    <button
      type="button"
      class="icon-only"
      aria-label={label}
      title={label}
      // Not disabled: at the edge the button keeps the focus.
      aria-disabled={isEdge}
      onClick={() => !isEdge && onMove(sha256, step)}
    >
      <Icon name={step === 1 ? 'down' : 'up'} />
    </button>
  );
}
