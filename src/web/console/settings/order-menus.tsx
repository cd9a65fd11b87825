import type { FieldSpec } from '../config/field-spec.js';
import type { ItemEditor } from '../config/item-editor.js';
import { SpecFields } from '../config/spec-field.js';
import { Combobox } from '../ui/combobox.js';
import { FieldGroup } from '../ui/field.js';
import { orderStatuses } from '../../../orders/status.js';
import { texts } from './texts.js';

/** The menu of one status. What its keys do are call plans. */
const menuFields = {
  prompt: { kind: 'choices', of: 'prompt', isNumber: true },
  timeout: { kind: 'duration', fallback: '5s' },
  retries: { kind: 'number', min: 0, max: 10, fallback: 1 },
} as const;

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
        const specs = Object.entries(menuFields).map(([name, spec]): FieldSpec => ({
          path: `${path}.${name}`,
          ...spec,
        }));
        const fields = Object.fromEntries(
          Object.keys(menuFields).map((name) => [`${path}.${name}`, texts.menu[name as keyof typeof menuFields]]),
        );
        return (
          <div key={status} class="card">
            <h3>{nameOf(status)}</h3>
            <SpecFields specs={specs} form={editor} words={{ fields, options: {} }} disabled={disabled} />
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
