import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { session } from '../session.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { showDone } from '../ui/toasts.js';
import { LONGEST_NAME, readSaved, storageKeyOf, withoutSaved, withSaved, type SavedSearch } from './saved-searches.js';
import { texts } from './texts.js';

const KEY = storageKeyOf(session.operator);

/** A search is an address. It is stored in the browser: colleagues get it as a link, and the gateway needs no table of preferences. */
const saved = signal<SavedSearch[]>(readSaved(localStorage.getItem(KEY)));

function store(searches: SavedSearch[]): void {
  saved.value = searches;
  localStorage.setItem(KEY, JSON.stringify(searches));
}

/** The saved searches as links. @param search the query of the list that is shown, without `?`; empty: all calls */
export function SavedSearches({ search }: { search: string }) {
  const [isNaming, setNaming] = useState(false);
  const all = saved.value;
  const isKnown = all.some((each) => each.search === search);
  if (all.length === 0 && search === '') return null;
  const remove = (one: SavedSearch) => {
    const before = saved.value;
    store(withoutSaved(before, one.name));
    showDone(texts.searchRemoved(one.name), () => store(before));
  };
  return (
    <div class="saved">
      {all.length > 0 && (
        <ul aria-label={texts.savedSearches}>
          {all.map((one) => (
            <li key={one.name}>
              <a href={`/calls?${one.search}`} aria-current={one.search === search ? 'page' : undefined}>
                {one.name}
              </a>
              <button
                type="button"
                class="icon-only"
                aria-label={texts.removeSearch(one.name)}
                title={texts.removeSearch(one.name)}
                onClick={() => remove(one)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {search !== '' && !isKnown && (
        <button type="button" onClick={() => setNaming(true)}>
          {texts.saveSearch}
        </button>
      )}
      {isNaming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => {
            setNaming(false);
            store(withSaved(saved.value, { name, search }));
          }}
        />
      )}
    </div>
  );
}

function NameDialog({ onClose, onName }: { onClose: () => void; onName: (name: string) => void }) {
  const [name, setName] = useState('');
  const save = (event: Event) => {
    event.preventDefault();
    if (name.trim() !== '') onName(name.trim());
  };
  return (
    <Dialog title={texts.saveSearch} onClose={onClose}>
      <form onSubmit={save}>
        <label>
          {texts.searchName}
          <input
            type="text"
            required
            autofocus
            maxLength={LONGEST_NAME}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <p>
          <button type="submit" class="primary">
            {texts.save}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
