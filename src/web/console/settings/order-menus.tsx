import { specsAt } from '../config/field-spec.js';
import type { ItemEditor } from '../config/item-editor.js';
import { wordsAt } from '../config/words-at.js';
import { SpecFields } from '../config/spec-field.js';
import { deferred } from '../ui/deferred.js';
import { Combobox } from '../ui/combobox.js';
import { FieldGroup } from '../ui/field.js';
import { orderStatuses } from '../../../orders/status.js';
import { menuFields } from './fields.js';
import { texts } from './texts.js';

const MenuKeys = deferred(async () => (await import('./menu-keys.js')).MenuKeys, 2);

const MENUS = [...orderStatuses, 'unknown', 'with_driver', 'without_driver'] as const;

interface Orders {
  orders?: { menus?: Record<string, { prompt?: number | number[] }> };
}

/** Menus for callers with an order, by its status. */
export function OrderMenus({ editor, disabled }: { editor: ItemEditor<object>; disabled: boolean }) {
  const { orders } = editor.body.value as Orders;
  if (orders === undefined) return null;
  const menus = orders.menus ?? {};
  const [label, hint] = texts.form.fields['orders.menus'];
  const statuses: Record<string, string> = texts.statuses;
  const nameOf = (status: string) => statuses[status] ?? status;
  const unused = MENUS.filter((status) => menus[status] === undefined);
  return (
    <FieldGroup label={label} hint={hint} name="orders.menus">
      {Object.entries(menus).map(([status]) => {
        const path = `orders.menus.${status}`;
        return (
          <div key={status} class="card">
            <h3>{nameOf(status)}</h3>
            <SpecFields
              specs={specsAt(menuFields, path)}
              form={editor}
              words={wordsAt(texts.form, 'orders.menus', status)}
              disabled={disabled}
            />
            <MenuKeys editor={editor} path={['orders', 'menus', status, 'keys']} disabled={disabled} />
            {!disabled && (
              <p>
                <button type="button" onClick={() => editor.set(['orders', 'menus', status], undefined)}>
                  {texts.removeMenu}
                </button>
              </p>
            )}
          </div>
        );
      })}
      {!disabled && unused.length > 0 && (
        <Combobox
          label={texts.addMenu}
          value=""
          options={unused.map((value) => ({ value, name: nameOf(value) }))}
          onChange={(status) => editor.set(['orders', 'menus', status], {})}
        />
      )}
    </FieldGroup>
  );
}
