import { useId } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { showDone } from '../ui/toasts.js';
import { branchesOf, formOf, freeKeys, type Branch } from './form-model.js';
import { branchName } from './sentence.js';
import { speaker } from './speaker.js';
import type { StepProps } from './step-props.js';
import { texts } from './texts.js';
import type { ActionForm } from './types.js';

/** The lists of steps inside a step, each behind its key or condition, and what can be added. */
export function Branches({ editor, path, action, problems, List }: StepProps) {
  const form = formOf(speaker.value.forms, action);
  const branches = branchesOf(form, action);
  const missing = form.branches.filter(
    ({ name, by_key: byKey }) => byKey || !branches.some(({ setting }) => setting === name),
  );
  if (form.branches.length === 0) return null;
  const add = (branch: Pick<Branch, 'setting' | 'key'>, at: string) => {
    editor.setBranch(path, branch, []);
    editor.focus.value = { path: `${path}/${form.name}/${at}` };
  };
  const isShown = branches.length > 0 || editor.open.value === path;
  if (!isShown) return null;
  return (
    <div class="branches">
      {branches.map((branch) => (
        <BranchView key={branch.path} {...{ editor, path, form, action, problems, branch, List }} />
      ))}
      {!editor.isReadOnly && (
        <div class="add-branches">
          {missing.map(({ name, by_key: byKey }) => {
            const [key] = byKey ? freeKeys(form, action, name) : [];
            if (byKey && key === undefined) return null;
            const label = byKey ? texts.addKey : texts.addBranch(branchName(speaker.value, { setting: name }));
            return (
              <button
                key={name}
                type="button"
                class="quiet"
                onClick={() =>
                  add(
                    key === undefined ? { setting: name } : { setting: name, key },
                    key === undefined ? name : `${name}/${key}`,
                  )
                }
              >
                <Icon name="add" />
                {label}
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}

function BranchView({
  editor,
  path,
  form,
  action,
  problems,
  branch,
  List,
}: StepProps & { form: ActionForm; branch: Branch }) {
  const id = useId();
  const isKey = branch.key !== undefined;
  const name = branchName(speaker.value, branch);
  const title = branch.key === undefined ? name : texts.key(branch.key);
  const remove = () => showDone(texts.removed(title), editor.setBranch(path, branch, undefined));
  const items: MenuItem[] = [{ name: texts.removeBranch(title), icon: 'remove', run: remove }];
  return (
    <section class="branch" aria-labelledby={id}>
      <div class="branch-head">
        <span id={id} class={isKey ? 'key-cap' : 'condition'}>
          {isKey && <span class="unseen">{texts.key('')}</span>}
          {name}
        </span>
        {!editor.isReadOnly && (
          <>
            {branch.key !== undefined && editor.open.value === path && (
              <select
                aria-label={texts.changeKey}
                value={branch.key}
                onChange={({ currentTarget: { value } }) => editor.setKey(path, branch, value)}
              >
                {[branch.key, ...freeKeys(form, action, branch.setting)].map((key) => (
                  <option key={key} value={key}>
                    {key}
                  </option>
                ))}
              </select>
            )}
            <Menu label={texts.more(title)} items={items} />
          </>
        )}
      </div>
      <List editor={editor} list={`${path}/${branch.path}`} actions={branch.actions} problems={problems} />
    </section>
  );
}
