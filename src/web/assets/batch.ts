/** Keeps the progress of a batch of notifications up to date while its page is open, until every notification is done. */

const INTERVAL_MS = 2000;

/** Response of the API about a batch. */
interface BatchProgress {
  total: number;
  states: Record<string, number>;
  results: Record<string, number>;
}

/** @returns whether the batch is done; false also when the API cannot be reached */
async function update(section: HTMLElement, address: string): Promise<boolean> {
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) return false;
  const { total, states, results } = (await response.json()) as BatchProgress;
  const done = states['done'] ?? 0;
  const counts: Record<string, number> = { ...states, ...results, total, done };
  for (const element of section.querySelectorAll<HTMLElement>('[data-count]'))
    element.textContent = String(counts[element.dataset['count'] ?? ''] ?? 0);
  const bar = section.querySelector('progress');
  if (bar !== null) {
    bar.max = total;
    bar.value = done;
  }
  return done >= total;
}

function scheduleUpdate(section: HTMLElement, address: string): void {
  setTimeout(() => {
    if (document.hidden) scheduleUpdate(section, address);
    else void update(section, address).then((isDone) => isDone || scheduleUpdate(section, address));
  }, INTERVAL_MS);
}

const section = document.getElementById('batch');
const address = section?.dataset['address'];
if (section && address !== undefined) scheduleUpdate(section, address);
