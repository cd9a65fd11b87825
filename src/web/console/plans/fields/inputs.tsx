import type { FunctionComponent } from 'preact';
import { deferred } from '../../ui/deferred.js';
import {
  CheckField,
  DurationField,
  FieldGroup,
  NumberField,
  SelectField,
  TextField,
  type FieldProps,
  type Option,
} from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { textOf } from '../form-model.js';
import { valueInWords } from '../sentence.js';
import { choicesOf, speaker } from '../speaker.js';
import { texts } from '../texts.js';
import type { FieldKind, FormField } from '../types.js';
import { NewPrompt } from './new-prompt.js';
import { PlayButton } from './play-button.js';

interface InputProps {
  field: FormField;
  value: unknown;
  onChange: (value: unknown) => void;
  /** What is shown around the control. */
  shown: FieldProps;
}

type Input = FunctionComponent<InputProps>;

/** What holds when nothing is chosen. */
function usualValue({ field }: InputProps): string {
  return field.default === undefined ? '' : texts.usual(valueInWords(speaker.value, field, field.default));
}

function textInput(type: 'text' | 'url' | 'tel'): Input {
  return (props) => (
    <TextField
      {...props.shown}
      type={type}
      value={textOf(props.value)}
      placeholder={usualValue(props)}
      onChange={(text) => props.onChange(text === '' ? undefined : text)}
    />
  );
}

const NumberInput: Input = (props) => (
  <NumberField
    {...props.shown}
    min={props.field.minimum}
    max={props.field.maximum}
    value={props.value === undefined ? undefined : Number(props.value)}
    placeholder={usualValue(props)}
    onChange={props.onChange}
  />
);

const DurationInput: Input = ({ shown, field, value, onChange }) => (
  <DurationField {...shown} units={['s']} fallback={field.default} value={value} onChange={onChange} />
);

interface SelectProps extends InputProps {
  options: readonly Option[];
  write: (value: string) => unknown;
}

/** A choice that may refer to something that does not exist any more. */
function Select(props: SelectProps) {
  const { shown, field, value, options, write, onChange } = props;
  const chosen = textOf(value);
  const isMissing = chosen !== '' && options.every((option) => option.value !== chosen);
  const none = usualValue(props);
  return (
    <SelectField
      {...shown}
      value={chosen}
      options={[
        { value: '', name: field.required ? texts.choose : none === '' ? texts.none : none },
        ...(isMissing ? [{ value: chosen, name: texts.missing(chosen) }] : []),
        ...options,
      ]}
      onChange={(next) => onChange(next === '' ? undefined : write(next))}
    />
  );
}

const asIs = (value: string) => value;

function reference(kind: FieldKind, write: (value: string) => unknown): Input {
  return (props) => <Select {...props} options={choicesOf(kind)} write={write} />;
}

const PromptInput: Input = (props) => (
  <div class="with-listen">
    <Select
      {...props}
      options={choicesOf('prompt').map(({ value, name }) => ({ value, name: `${value} · ${name}` }))}
      write={Number}
    />
    {typeof props.value === 'number' ? (
      <PlayButton prompt={props.value} />
    ) : (
      props.shown.disabled !== true && <NewPrompt onAdded={props.onChange} />
    )}
  </div>
);

/** One prompt, or several one after another: the last, empty field adds one. */
const PromptsInput: Input = (props) => {
  const { value, field, shown } = props;
  const chosen = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'number');
  const prompts = shown.disabled === true && chosen.length > 0 ? chosen : [...chosen, undefined];
  const set = (index: number, prompt: unknown) => {
    const next = prompts.with(index, prompt as number | undefined).filter((each) => each !== undefined);
    props.onChange(next.length > 1 ? next : next[0]);
  };
  return (
    <div class="stacked">
      {prompts.map((prompt, index) => (
        <PromptInput
          key={index}
          shown={index === 0 ? shown : { label: texts.addPrompt, disabled: shown.disabled }}
          field={{ ...field, required: index === 0 }}
          value={prompt}
          onChange={(next) => set(index, next)}
        />
      ))}
    </div>
  );
};

const KeyInput: Input = (props) => (
  <Select {...props} options={Array.from('1234567890*#', (value) => ({ value, name: value }))} write={asIs} />
);

const ChoiceInput: Input = (props) => (
  <Select
    {...props}
    options={(props.field.choices ?? []).map((value) => ({ value, name: texts.choices[value] ?? value }))}
    write={asIs}
  />
);

const SwitchInput: Input = ({ shown, value, onChange }) => (
  <CheckField {...shown} value={value === true} onChange={onChange} />
);

const RecordingInput: Input = (props) => {
  const { shown, value, onChange } = props;
  const announce = (value as { announce?: number } | null | undefined)?.announce;
  const mode = typeof value === 'object' && value !== null ? 'announced' : value === true ? 'on' : 'off';
  const choose = (chosen: string) =>
    onChange(chosen === 'off' ? undefined : chosen === 'on' ? true : { announce: announce ?? undefined });
  return (
    <div class="stacked">
      <SelectField
        {...shown}
        value={mode}
        options={[
          { value: 'off', name: texts.recordingOff },
          { value: 'on', name: texts.recordingOn },
          { value: 'announced', name: texts.recordingAnnounced },
        ]}
        onChange={choose}
      />
      {mode === 'announced' && (
        <PromptInput
          shown={{ label: texts.recordingAnnounced, disabled: shown.disabled }}
          field={{ ...props.field, kind: 'prompt', required: true }}
          value={announce}
          onChange={(id) => onChange({ announce: id })}
        />
      )}
    </div>
  );
};

const HoursField = deferred(async () => (await import('../hours/hours-field.js')).HoursField, 8);

const HoursInput: Input = ({ field, shown, value, onChange }) => (
  <FieldGroup {...shown}>
    <HoursField value={value} isOptional={!field.required} disabled={shown.disabled === true} onChange={onChange} />
  </FieldGroup>
);

const PartInput: Input = (props) =>
  choicesOf('part').length === 0 && props.value === undefined ? (
    <p class="soft">{texts.noPartYet}</p>
  ) : (
    <div class="with-listen">
      <Select {...props} options={choicesOf('part')} write={asIs} />
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
    </div>
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
