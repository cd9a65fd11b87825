import type { ComponentChildren } from 'preact';
import '../styles/forms.css';
import '../styles/setup.css';

/** A form with one action, which Return starts too, and perhaps further buttons. */
export function ActionForm(props: {
  onSubmit: () => void;
  busy: boolean;
  submit: string;
  /** Another button of the page is the first one to press. */
  isSecondary?: boolean;
  children: ComponentChildren;
  /** Further buttons. */
  others?: ComponentChildren;
}) {
  const { onSubmit, busy, submit, isSecondary = false, children, others } = props;
  return (
    <form
      class="setup-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      {children}
      <div class="form-actions">
        <button class={isSecondary ? '' : 'primary'} aria-disabled={busy}>
          {submit}
        </button>
        {others}
      </div>
    </form>
  );
}
