import { useSignal } from '@preact/signals';
import { configItems } from '../config/items.js';
import { fieldErrorText, problemText } from '../config/problems.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { useKeptText } from '../ui/kept-text.js';
import { showDone, showProblem } from '../ui/toasts.js';
import { itemOf, withAddress, type HandOver } from './settings.js';

const texts = integrationTexts.shop;

interface AddressFormProps {
  url: string;
  places: HandOver[];
  onClose: () => void;
  onSaved: () => void;
  onUndone: () => void;
}

/** Changes the address of a shop in every place that has it. */
export function AddressForm({ url, places, onClose, onSaved, onUndone }: AddressFormProps) {
  const { text: typed, change, forget } = useKeptText(`address in place of ${url}`, url);
  const problem = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (isBusy.value) return;
    const wanted = typed.value.trim();
    if (!/^https?:\/\/./.test(wanted) || !URL.canParse(wanted)) {
      problem.value = texts.invalidAddress;
      return;
    }
    isBusy.value = true;
    problem.value = await changeAddress(places, url, wanted);
    isBusy.value = false;
    if (problem.value !== undefined) return;
    forget();
    showDone(texts.saved, () => {
      void changeAddress(places, wanted, url).then((failed) => {
        if (failed !== undefined) showProblem(failed);
        onUndone();
      });
    });
    onSaved();
  };
  return (
    <Dialog title={texts.change} onClose={onClose} class="wide">
      <form noValidate onSubmit={(event) => void save(event)}>
        <TextField
          label={texts.address}
          hint={texts.addressHint}
          type="url"
          value={typed.value}
          error={problem.value}
          onChange={(value) => {
            change(value);
            problem.value = undefined;
          }}
        />
        <div class="actions">
          <button class="primary" disabled={isBusy.value}>
            {texts.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Changes the address in every part and line that has it. @returns what is wrong; undefined when it is stored */
async function changeAddress(places: HandOver[], from: string, to: string): Promise<string | undefined> {
  const items = new Map(places.map(({ where }) => [JSON.stringify(itemOf(where)), itemOf(where)]));
  for (const at of items.values()) {
    const read = await configItems.read(at);
    const written = read.ok ? await configItems.write(at, withAddress(read.data.body, from, to), read.data.etag) : read;
    if (written.ok) continue;
    const [error] = written.errors;
    return error === undefined ? problemText(written) : fieldErrorText(error);
  }
  return undefined;
}
