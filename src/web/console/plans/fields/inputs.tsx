import type { FunctionComponent } from 'preact';
import { deferred } from '../../ui/deferred.js';
import { readDuration, writeDuration } from '../../ui/duration.js';
import { Icon } from '../../ui/icon.js';
import { textOf } from '../form-model.js';
import { valueInWords } from '../sentence.js';
import { choicesOf, speaker } from '../speaker.js';
import { texts } from '../texts.js';
import type { FieldKind, FormField } from '../types.js';
import { PlayButton } from './play-button.js';

interface InputProps {
  id: string;
  field: FormField;
  value: unknown;
  disabled: boolean;
  /** Name of the field, when it has no visible label. */
  label?: string | undefined;
  /** Id of the description of what is wrong with the value. */
  describedBy: string | undefined;
  onChange: (value: unknown) => void;
}

type Input = FunctionComponent<InputProps>;

function attributes({ id, disabled, describedBy, label }: InputProps) {
  return {
    id,
    disabled,
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': describedBy === undefined ? undefined : true,
  };
}

/** What holds when nothing is chosen. */
function usualValue({ field }: InputProps): string {
  return field.default === undefined ? '' : texts.usual(valueInWords(speaker.value, field, field.default));
}

function textInput(type: 'text' | 'url' | 'tel'): Input {
  return (props) => (
    <input
      {...attributes(props)}
      type={type}
      value={textOf(props.value)}
      placeholder={usualValue(props)}
      autocomplete="off"
      onInput={({ currentTarget: { value } }) => props.onChange(value === '' ? undefined : value)}
    />
  );
}

const NumberInput: Input = (props) => (
  <input
    {...attributes(props)}
    type="number"
    min={props.field.minimum}
    max={props.field.maximum}
    value={props.value === undefined ? '' : Number(props.value)}
    placeholder={usualValue(props)}
    onInput={({ currentTarget: { value } }) => props.onChange(value === '' ? undefined : Number(value))}
  />
);

const DurationInput: Input = (props) => {
  const { amount: usual } = readDuration(props.field.default, ['s']);
  return (
    <span class="with-unit">
      <input
        {...attributes(props)}
        type="number"
        min={0}
        max={3600}
        step="any"
        value={readDuration(props.value, ['s']).amount}
        placeholder={usual === '' ? '' : texts.usual(usual)}
        onInput={({ currentTarget: { value } }) => props.onChange(writeDuration({ amount: value, unit: 's' }))}
      />
      <span>{texts.seconds}</span>
    </span>
  );
};

interface Option {
  id: string;
  name: string;
}

function Select({ props, options, write }: { props: InputProps; options: Option[]; write: (id: string) => unknown }) {
  const chosen = textOf(props.value);
  const isMissing = chosen !== '' && !options.some(({ id }) => id === chosen);
  const none = usualValue(props);
  return (
    <select
      {...attributes(props)}
      value={chosen}
      onChange={({ currentTarget: { value } }) => props.onChange(value === '' ? undefined : write(value))}
    >
      <option value="">{props.label ?? (props.field.required ? texts.choose : none === '' ? texts.none : none)}</option>
      {isMissing && <option value={chosen}>{texts.missing(chosen)}</option>}
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

const asIs = (id: string) => id;

function reference(kind: FieldKind, write: (id: string) => unknown): Input {
  return (props) => <Select props={props} options={choicesOf(kind)} write={write} />;
}

function promptOptions(): Option[] {
  return choicesOf('prompt').map(({ id, name }) => ({ id, name: `${id} · ${name}` }));
}

const PromptInput: Input = (props) => (
  <span class="with-button">
    <Select props={props} options={promptOptions()} write={Number} />
    {typeof props.value === 'number' && <PlayButton prompt={props.value} />}
  </span>
);

/** One prompt, or several one after another: the last, empty field adds one. */
const PromptsInput: Input = (props) => {
  const { value, disabled, field, id } = props;
  const chosen = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'number');
  const shown = disabled && chosen.length > 0 ? chosen : [...chosen, undefined];
  const set = (index: number, prompt: unknown) => {
    const next = shown.with(index, prompt as number | undefined).filter((each) => each !== undefined);
    props.onChange(next.length > 1 ? next : next[0]);
  };
  return (
    <span class="stacked">
      {shown.map((prompt, index) => (
        <PromptInput
          key={index}
          {...props}
          id={index === 0 ? id : `${id}-${index}`}
          label={index === 0 ? undefined : texts.addPrompt}
          field={{ ...field, required: index === 0 }}
          value={prompt}
          onChange={(next) => set(index, next)}
        />
      ))}
    </span>
  );
};

const KeyInput: Input = (props) => (
  <Select props={props} options={Array.from('1234567890*#', (id) => ({ id, name: id }))} write={asIs} />
);

const ChoiceInput: Input = (props) => (
  <Select
    props={props}
    options={(props.field.choices ?? []).map((id) => ({ id, name: texts.choices[id] ?? id }))}
    write={asIs}
  />
);

const SwitchInput: Input = (props) => (
  <input
    {...attributes(props)}
    type="checkbox"
    checked={props.value === true}
    onChange={({ currentTarget: { checked } }) => props.onChange(checked)}
  />
);

const RecordingInput: Input = (props) => {
  const announce = (props.value as { announce?: number } | null | undefined)?.announce;
  const mode =
    typeof props.value === 'object' && props.value !== null ? 'announced' : props.value === true ? 'on' : 'off';
  const choose = (chosen: string) =>
    props.onChange(chosen === 'off' ? undefined : chosen === 'on' ? true : { announce: announce ?? undefined });
  return (
    <span class="stacked">
      <select {...attributes(props)} value={mode} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="off">{texts.recordingOff}</option>
        <option value="on">{texts.recordingOn}</option>
        <option value="announced">{texts.recordingAnnounced}</option>
      </select>
      {mode === 'announced' && (
        <PromptInput
          {...props}
          id={`${props.id}-prompt`}
          label={texts.recordingAnnounced}
          field={{ ...props.field, kind: 'prompt', required: true }}
          value={announce}
          onChange={(id) => props.onChange({ announce: id })}
        />
      )}
    </span>
  );
};

const HoursField = deferred(async () => (await import('../hours/hours-field.js')).HoursField, 8);

const HoursInput: Input = ({ field, value, disabled, onChange }) => (
  <HoursField value={value} isOptional={!field.required} disabled={disabled} onChange={onChange} />
);

const PartInput: Input = (props) =>
  choicesOf('part').length === 0 && props.value === undefined ? (
    <p class="soft">{texts.noPartYet}</p>
  ) : (
    <span class="with-button">
      <Select props={props} options={choicesOf('part')} write={asIs} />
      {typeof props.value === 'string' && props.value !== '' && (
        <a
          class="icon-only button"
          href={`/plans/parts/${encodeURIComponent(props.value)}`}
          aria-label={texts.open(props.value)}
          title={texts.open(props.value)}
        >
          <Icon name="plans" />
        </a>
      )}
    </span>
  );

/** One input for each kind of setting. A new kind without an input does not compile. */
export const inputs: Record<FieldKind, Input> = {
  prompt: PromptInput,
  prompts: PromptsInput,
  queue: reference('queue', Number),
  handset: reference('handset', asIs),
  part: PartInput,
  profile: reference('profile', asIs),
  phone_number: textInput('tel'),
  duration: DurationInput,
  key: KeyInput,
  hours: HoursInput,
  recording: RecordingInput,
  url: textInput('url'),
  text: textInput('text'),
  number: NumberInput,
  choice: ChoiceInput,
  switch: SwitchInput,
};
