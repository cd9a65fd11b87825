import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import { moved } from '../../ui/moved.js';
import { kindOf, newPiece, PIECE_KINDS, type ChoicePiece, type Piece, type SimplePiece } from './pieces.js';
import { PieceFields } from './piece-fields.js';
import { texts } from './texts.js';

interface PieceListProps {
  label: string;
  pieces: readonly Piece[];
  language: string;
  disabled: boolean;
  /** Alternatives have no alternatives inside. */
  isInside?: boolean;
  onChange: (pieces: Piece[]) => void;
}

/** The pieces of a sentence in their order. */
export function PieceList({ label, pieces, language, disabled, isInside = false, onChange }: PieceListProps) {
  const list = useRef<HTMLOListElement>(null);
  // A piece that was added or moved, or the one after a removed piece, gets the focus.
  const toFocus = useRef<{ index: number; control: string } | undefined>(undefined);
  useLayoutEffect(() => {
    const { index, control } = toFocus.current ?? {};
    toFocus.current = undefined;
    if (index === undefined || control === undefined) return;
    const row = list.current?.children[Math.min(index, pieces.length - 1)];
    const wanted =
      row?.querySelector<HTMLElement>(`:scope > ${control}:enabled`) ??
      row?.querySelector<HTMLElement>('button:enabled');
    wanted?.focus();
  });
  const change = (next: Piece[], index: number, control: string) => {
    toFocus.current = { index, control };
    onChange(next);
  };
  const add = (piece: Piece) => change([...pieces, piece], pieces.length, '.piece-fields :is(input, select, textarea)');
  return (
    <div role="group" aria-label={label}>
      <ol class="pieces" ref={list}>
        {pieces.map((piece, index) => {
          const name = texts.pieceName(index + 1, texts.kinds[kindOf(piece)]);
          const move = (to: number, control: string) =>
            change(moved(pieces, index, to), to, `.piece-actions .${control}`);
          return (
            <li key={index}>
              <div class="piece-fields" role="group" aria-label={name}>
                {typeof piece === 'object' && 'choose' in piece ? (
                  <Alternatives
                    piece={piece}
                    language={language}
                    disabled={disabled}
                    onChange={(next) => onChange(pieces.with(index, next))}
                  />
                ) : (
                  <PieceFields
                    piece={piece}
                    language={language}
                    disabled={disabled}
                    onChange={(next) => onChange(pieces.with(index, next))}
                  />
                )}
              </div>
              {!disabled && (
                <span class="piece-actions">
                  <IconButton
                    icon="up"
                    label={texts.up(name)}
                    disabled={index === 0}
                    onClick={() => move(index - 1, 'up')}
                  />
                  <IconButton
                    icon="down"
                    label={texts.down(name)}
                    disabled={index === pieces.length - 1}
                    onClick={() => move(index + 1, 'down')}
                  />
                  <IconButton
                    icon="close"
                    label={texts.remove(name)}
                    disabled={pieces.length === 1}
                    onClick={() => change(pieces.toSpliced(index, 1), index, '.piece-actions .close')}
                  />
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {!disabled && (
        <div class="add-pieces">
          {PIECE_KINDS.filter((kind) => !isInside || kind !== 'choose').map((kind) => (
            <button key={kind} type="button" class="quiet" onClick={() => add(newPiece(kind))}>
              <Icon name="add" />
              {texts.kinds[kind]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function IconButton(props: { icon: 'up' | 'down' | 'close'; label: string; disabled: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      class={`icon-only ${props.icon}`}
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

interface AlternativesProps {
  piece: ChoicePiece;
  language: string;
  disabled: boolean;
  onChange: (piece: ChoicePiece) => void;
}

/** The first alternative of which everything is known is spoken. */
function Alternatives({ piece, language, disabled, onChange }: AlternativesProps) {
  const { choose } = piece;
  const set = (next: SimplePiece[][]) => onChange({ choose: next });
  return (
    <div class="alternatives">
      <p class="hint">{texts.chooseHint}</p>
      {choose.map((pieces, index) => (
        <section key={index} class="alternative">
          <h4>{texts.alternative(index + 1)}</h4>
          <PieceList
            label={texts.alternative(index + 1)}
            pieces={pieces}
            language={language}
            disabled={disabled}
            isInside
            onChange={(next) => set(choose.with(index, next as SimplePiece[]))}
          />
          {!disabled && choose.length > 1 && (
            <button type="button" class="quiet" onClick={() => set(choose.toSpliced(index, 1))}>
              {texts.remove(texts.alternative(index + 1))}
            </button>
          )}
        </section>
      ))}
      {!disabled && (
        <button type="button" class="quiet" onClick={() => set([...choose, ['']])}>
          <Icon name="add" />
          {texts.addAlternative}
        </button>
      )}
    </div>
  );
}
