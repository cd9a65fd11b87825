import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { valueAt, withValue } from '../config/values.js';
import { PageHeader } from '../shell/page-header.js';
import { WayBack } from '../ui/way-back.js';
import { changeableRoles, RIGHTS, type Right } from './fields.js';
import { texts } from './texts.js';

/** The changed rights of all roles, without roles that have no change. */
function rightsWith(body: object, path: string[], value: boolean | undefined): object | undefined {
  const { roles } = withValue(body as { roles?: Record<string, object> }, path, value);
  const changed = Object.entries(roles ?? {}).filter(([, rights]) => Object.keys(rights).length > 0);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** What each role may do. A company can change some rights of operators and supervisors. */
export default function RolesPage() {
  const editor = useItemEditor<object>({ section: 'settings', key: 'company' });
  return (
    <>
      <WayBack to="/people">{texts.title}</WayBack>
      <PageHeader title={texts.roles} />
      <p class="soft">{texts.rolesHint}</p>
      <ItemForm editor={editor} labelOf={(path) => (path.startsWith('roles') ? texts.roles : undefined)}>
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.right}</th>
              {changeableRoles.map((role) => (
                <th key={role}>{texts.roleNames[role]}</th>
              ))}
              <th>{texts.roleNames.admin}</th>
            </tr>
          </thead>
          <tbody>
            {texts.always.map(([words, forOperators]) => (
              <tr key={words}>
                <td>{words}</td>
                <td data-label={texts.roleNames.operator}>{forOperators ? texts.yes : texts.no}</td>
                <td data-label={texts.roleNames.supervisor}>{texts.yes}</td>
                <td data-label={texts.roleNames.admin}>{texts.yes}</td>
              </tr>
            ))}
            {(Object.keys(RIGHTS) as Right[]).map((right) => (
              <tr key={right}>
                <td>{texts.rights[right]}</td>
                {changeableRoles.map((role) => {
                  const usual = RIGHTS[right][role];
                  const path = ['roles', role, right];
                  return (
                    <td key={role} data-label={texts.roleNames[role]}>
                      <input
                        type="checkbox"
                        data-field={path.join('.')}
                        aria-label={`${texts.roleNames[role]}: ${texts.rights[right]}`}
                        checked={(valueAt(editor.body.value, path) ?? usual) === true}
                        disabled={!mayConfigure()}
                        onChange={({ currentTarget: { checked } }) =>
                          editor.set(
                            ['roles'],
                            rightsWith(editor.body.value, path, checked === usual ? undefined : checked),
                          )
                        }
                      />
                    </td>
                  );
                })}
                <td data-label={texts.roleNames.admin}>{texts.yes}</td>
              </tr>
            ))}
            {texts.onlyAdmins.map((words) => (
              <tr key={words}>
                <td>{words}</td>
                <td data-label={texts.roleNames.operator}>{texts.no}</td>
                <td data-label={texts.roleNames.supervisor}>{texts.no}</td>
                <td data-label={texts.roleNames.admin}>{texts.yes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ItemForm>
    </>
  );
}
