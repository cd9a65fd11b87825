import type { ItemEditor } from '../config/item-editor.js';
import { errorAt } from '../config/spec-field.js';
import { FieldGroup } from '../ui/field.js';
import { DIGIT_ACTIONS, NOTIFICATION_KEYS } from './fields.js';
import { texts } from './texts.js';

interface KeyOption {
  digit: string;
  action: string;
}

/** What each key does after the message of a notification. */
export function NotificationKeys({ editor, disabled }: { editor: ItemEditor<object>; disabled: boolean }) {
  const body = editor.body.value as { notifications?: { options?: KeyOption[] } };
  const options = body.notifications?.options ?? [];
  const actionOf = (digit: string) => options.find((option) => option.digit === digit)?.action ?? '';
  const choose = (digit: string, action: string) => {
    const others = options.filter((option) => option.digit !== digit);
    const next = action === '' ? others : [...others, { digit, action }];
    const inOrder = NOTIFICATION_KEYS.flatMap((key) => next.filter((option) => option.digit === key));
    editor.set(['notifications', 'options'], inOrder.length === 0 ? undefined : inOrder);
  };
  const [label, hint] = texts.form.fields['notifications.options'];
  return (
    <FieldGroup label={label} hint={hint} name="notifications.options" error={errorAt(editor, 'notifications.options')}>
      <div class="key-actions">
        {NOTIFICATION_KEYS.map((digit) => (
          <label key={digit}>
            <kbd>{digit}</kbd>
            <select
              value={actionOf(digit)}
              disabled={disabled}
              onChange={({ currentTarget }) => choose(digit, currentTarget.value)}
            >
              <option value="">{texts.noAction}</option>
              {DIGIT_ACTIONS.map((action) => (
                <option key={action} value={action}>
                  {texts.actions[action]}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
