import { ChoiceField } from '../../config/spec-field.js';
import { Combobox } from '../../ui/combobox.js';
import { SelectField, TextField } from '../../ui/field.js';
import { ListenButton } from '../../ui/listen-button.js';
import { DETAILS } from './fields.js';
import { kindOf, type DetailPiece, type Piece } from './pieces.js';
import { RecordedList } from './recorded-list.js';
import { useRecordings } from './recordings.js';
import { SpokenText } from './text-field.js';
import { texts } from './texts.js';

interface PieceFieldsProps<T extends Piece = Piece> {
  piece: T;
  language: string;
  disabled: boolean;
  onChange: (piece: Piece) => void;
}

/** The settings of a piece that has no pieces inside. */
export function PieceFields({ piece, language, disabled, onChange }: PieceFieldsProps) {
  if (typeof piece === 'string') return <Recorded {...{ piece, language, disabled, onChange }} />;
  if (typeof piece === 'number')
    return (
      <ChoiceField
        field={{ label: texts.kinds[kindOf(piece)], disabled }}
        of="prompt"
        value={piece === 0 ? undefined : piece}
        onChange={(next) => onChange(typeof next === 'number' ? next : 0)}
      />
    );
  if ('text' in piece)
    return <SpokenText value={piece.text} disabled={disabled} onChange={(text) => onChange({ text })} />;
  if ('say' in piece) return <Detail {...{ piece, language, disabled, onChange }} />;
  return null;
}

function Recorded({ piece, language, disabled, onChange }: PieceFieldsProps<string>) {
  const recordings = useRecordings(language);
  const chosen = recordings.find(({ value }) => value === piece);
  return (
    <div class="with-listen">
      <Combobox
        label={texts.kinds.recorded}
        value={piece}
        options={recordings}
        disabled={disabled}
        onChange={onChange}
      />
      {chosen?.audio !== undefined && <ListenButton url={chosen.audio} name={chosen.name} />}
    </div>
  );
}

const OTHER = '';

/** Words of the order, with what is said around them. */
function Detail({ piece, language, disabled, onChange }: PieceFieldsProps<DetailPiece>) {
  const isKnown = (DETAILS as readonly string[]).includes(piece.say);
  const set = (change: { [K in keyof DetailPiece]?: DetailPiece[K] | undefined }) => {
    const next = Object.entries({ ...piece, ...change }).filter(([, value]) => value !== undefined);
    onChange(Object.fromEntries(next) as unknown as DetailPiece);
  };
  return (
    <>
      <SelectField
        label={texts.kinds.detail}
        hint={texts.detailHint}
        disabled={disabled}
        value={isKnown ? piece.say : OTHER}
        options={[
          ...DETAILS.map((value) => ({ value, name: texts.details[value] })),
          { value: OTHER, name: texts.otherDetail },
        ]}
        onChange={(say) => set({ say, case: undefined })}
      />
      {!isKnown && (
        <TextField
          label={texts.detailName}
          hint={texts.detailNameHint}
          maxLength={64}
          disabled={disabled}
          value={piece.say}
          onChange={(say) => set({ say })}
        />
      )}
      {piece.say === 'minutes' && (
        <SelectField
          label={texts.case}
          disabled={disabled}
          value={piece.case ?? 'accusative'}
          options={(['accusative', 'nominative'] as const).map((value) => ({ value, name: texts.cases[value] }))}
          onChange={(value) => set({ case: value === 'nominative' ? 'nominative' : undefined })}
        />
      )}
      <RecordedList
        label={texts.before}
        language={language}
        value={piece.before ?? []}
        disabled={disabled}
        onChange={(before) => set({ before })}
      />
      <RecordedList
        label={texts.after}
        language={language}
        value={piece.after ?? []}
        disabled={disabled}
        onChange={(after) => set({ after })}
      />
    </>
  );
}
