import { FieldGroup, RadioField } from '../../ui/field.js';
import { builtInSentence, OCCASIONS, type Occasion, type Piece, type Sentence } from './pieces.js';
import { PieceList } from './piece-list.js';
import { Preview } from './preview.js';
import { texts } from './texts.js';

interface SentenceFieldsProps {
  name: string;
  language: string;
  sentence: Sentence;
  disabled: boolean;
  onChange: (sentence: Sentence) => void;
}

/** What is said about a status in one language: the same on both occasions, or each its own. */
export function SentenceFields({ name, language, sentence, disabled, onChange }: SentenceFieldsProps) {
  const isSame = Array.isArray(sentence);
  const builtIn = (occasion: Occasion) => builtInSentence(name, language, occasion);
  const setSame = (wanted: boolean) => {
    if (wanted === isSame) return;
    if (Array.isArray(sentence)) onChange({ notification: sentence, inquiry: sentence });
    else onChange(sentence.notification ?? sentence.inquiry ?? builtIn('notification'));
  };
  return (
    <>
      <RadioField
        label={texts.occasions}
        disabled={disabled}
        value={isSame ? 'same' : 'each'}
        options={[
          { value: 'same', name: texts.same },
          { value: 'each', name: texts.each },
        ]}
        onChange={(value) => setSame(value === 'same')}
      />
      {Array.isArray(sentence) ? (
        <Spoken
          label={texts.sentence}
          pieces={sentence}
          {...{ language, disabled, occasion: 'notification' as const }}
          onChange={onChange}
        />
      ) : (
        OCCASIONS.map((occasion) => {
          const pieces = sentence[occasion];
          const set = (next: Piece[] | undefined) => {
            const others = Object.entries(sentence).filter(([each]) => each !== occasion);
            onChange(Object.fromEntries(next === undefined ? others : [...others, [occasion, next]]) as Sentence);
          };
          return (
            <FieldGroup key={occasion} label={texts.occasion[occasion]}>
              {pieces === undefined ? (
                <p>
                  <span class="soft">{texts.builtIn}</span>{' '}
                  {!disabled && (
                    <button type="button" onClick={() => set(builtIn(occasion))}>
                      {texts.own}
                    </button>
                  )}
                </p>
              ) : (
                <>
                  <Spoken
                    label={texts.occasion[occasion]}
                    {...{ pieces, language, disabled, occasion }}
                    onChange={set}
                  />
                  {!disabled && (
                    <button type="button" class="quiet" onClick={() => set(undefined)}>
                      {texts.useBuiltIn}
                    </button>
                  )}
                </>
              )}
            </FieldGroup>
          );
        })
      )}
    </>
  );
}

interface SpokenProps {
  label: string;
  pieces: Piece[];
  language: string;
  occasion: Occasion;
  disabled: boolean;
  onChange: (pieces: Piece[]) => void;
}

function Spoken({ label, pieces, language, occasion, disabled, onChange }: SpokenProps) {
  return (
    <>
      <PieceList {...{ label, pieces, language, disabled, onChange }} />
      <Preview {...{ pieces, language, occasion }} />
    </>
  );
}
