import type { ComponentChildren } from 'preact';
import { session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { SelectField } from '../ui/field.js';
import { WayBack } from '../ui/way-back.js';
import { texts } from './texts.js';

interface NewItemProps {
  title: string;
  list: { path: string; name: string };
  hint?: string;
  submit: string;
  isSending: boolean;
  onSubmit: () => void;
  children: ComponentChildren;
}

/** The page of a form that starts calls. */
export function NewItemPage({ title, list, hint, submit, isSending, onSubmit, children }: NewItemProps) {
  return (
    <>
      <WayBack to={list.path}>{list.name}</WayBack>
      <PageHeader title={title} />
      <form
        class="item"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <section class="card">
          {hint !== undefined && <p class="soft">{hint}</p>}
          {children}
          <div class="row">
            <button class="primary" disabled={isSending}>
              {submit}
            </button>
          </div>
        </section>
      </form>
    </>
  );
}

/** The line that the call is made for; nothing when there is only one. @param value empty: the first line */
export function LineField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  if (session.lines.length < 2 && error === undefined) return null;
  return (
    <SelectField
      label={texts.line}
      value={value}
      error={error}
      options={[
        { value: '', name: texts.defaultLine },
        ...session.lines.map(({ number, name }) => ({ value: number, name: name === '' ? number : name })),
      ]}
      onChange={onChange}
    />
  );
}
