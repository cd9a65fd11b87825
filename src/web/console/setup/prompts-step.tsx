import type { SetupAnswers } from '../../../company/setup-progress.js';
import { ActionForm } from '../ui/action-form.js';
import { Choices } from './fields.js';
import { hasMenu } from './company.js';
import { useKeptInput } from '../ui/kept-input.js';
import { progress } from './progress.js';
import { texts } from './texts.js';
import type { StepProps } from './step-props.js';

type Prompts = NonNullable<SetupAnswers['prompts']>;
type Role = keyof Prompts;

/** What callers hear: ready announcements, own words spoken by the computer, or own recordings. */
export function PromptsStep({ answers, busy, back, store }: StepProps) {
  const roles: Role[] = ['greeting', ...(answers.hours === 'always' ? [] : (['closed'] as const)), 'nobody'];
  const input = useKeptInput<{ prompts: Prompts }>('prompts', { prompts: answers.prompts ?? usualPrompts(answers) });
  const set = (role: Role, choice: Prompts[Role]) =>
    (input.value = { prompts: { ...input.value.prompts, [role]: choice } });
  const submit = () => {
    const chosen = roles.map((role) => [role, input.value.prompts[role] ?? { kind: 'shipped' }] as const);
    void store({ prompts: Object.fromEntries(chosen) });
  };
  return (
    <ActionForm submit={texts.next} busy={busy} others={back} onSubmit={submit}>
      {roles.map((role) => (
        <PromptChoice
          key={role}
          role={role}
          answers={answers}
          choice={input.value.prompts[role] ?? { kind: 'shipped' }}
          onChange={(choice) => set(role, choice)}
        />
      ))}
    </ActionForm>
  );
}

function PromptChoice(props: {
  role: Role;
  answers: SetupAnswers;
  choice: NonNullable<Prompts[Role]>;
  onChange: (choice: NonNullable<Prompts[Role]>) => void;
}) {
  const { role, answers, choice, onChange } = props;
  const words = texts.prompts;
  const title = words[role];
  const id = progress.value?.made.prompts[purposeOf(role, answers)];
  const isNothing = role === 'greeting' && answers.kind === 'taxi';
  return (
    <section class="prompt-choice" aria-label={title}>
      <h3>{title}</h3>
      <Choices
        legend={title}
        value={choice.kind}
        onChange={(kind) =>
          onChange(kind === 'spoken' ? { kind, text: choice.text ?? usualText(role, answers) } : { kind })
        }
        choices={[
          { value: 'shipped', name: isNothing ? words.greetingNone : words.shipped },
          { value: 'spoken', name: words.spoken },
        ]}
      />
      {choice.kind === 'shipped' && id !== undefined && (
        <div class="row">
          <audio
            controls
            preload="none"
            aria-label={title}
            src={`/api/v1/prompts/${id}/audio/${answers.language ?? 'en'}`}
          />
          <a href={`/prompts/${id}`} target="_blank" rel="noreferrer">
            {words.record}
          </a>
          <span class="soft">({words.recordHint})</span>
        </div>
      )}
      {choice.kind === 'shipped' && role === 'closed' && !beginsAtEight(answers) && (
        <p class="bad">{words.hoursDiffer}</p>
      )}
      {choice.kind === 'spoken' && (
        <label class="field">
          <span>{words.text}</span>
          <textarea
            rows={3}
            maxLength={500}
            required
            lang={answers.language}
            value={choice.text ?? ''}
            onInput={({ currentTarget }) => onChange({ kind: 'spoken', text: currentTarget.value })}
          />
        </label>
      )}
    </section>
  );
}

/** Ready announcements, except where one would announce other hours than the company has. */
function usualPrompts(answers: SetupAnswers): Prompts {
  if (answers.hours === 'always' || beginsAtEight(answers)) return {};
  return { closed: { kind: 'spoken', text: usualText('closed', answers) } };
}

/** The ready announcement names eight o'clock on working days. */
function beginsAtEight({ hours }: SetupAnswers): boolean {
  if (hours === undefined || hours === 'always') return true;
  return (['mon', 'tue', 'wed', 'thu', 'fri'] as const).every((day) => hours.weekly[day]?.[0]?.from === '08:00');
}

function usualText(role: Role, answers: SetupAnswers): string {
  const { prompts: words } = texts;
  if (role === 'closed') return words.closedText;
  if (role === 'nobody') return words.nobodyText;
  const name = answers.name ?? '';
  return hasMenu(answers) ? words.menuText(name) : words.greetingText(name);
}

function purposeOf(role: Role, answers: SetupAnswers): string {
  if (role !== 'greeting') return role;
  return hasMenu(answers) ? 'menu' : 'welcome';
}
