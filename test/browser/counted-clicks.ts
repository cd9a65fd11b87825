import type { Locator, Page } from 'playwright-core';

/** What one task took. */
export interface CountedTask {
  task: string;
  /** Where in the menu. */
  where: string;
  clicks: number;
  /** Fields that were typed into. */
  typed: number;
}

/** A person at a page, with a mouse and a keyboard: counts the clicks and the typed fields of each task. */
export class CountedClicks {
  readonly tasks: CountedTask[] = [];
  #current: CountedTask | undefined;

  constructor(private readonly page: Page) {}

  /** Counts what `steps` does as one task. What is done outside of tasks is not counted. */
  async task(task: string, where: string, steps: () => Promise<void>): Promise<void> {
    this.#current = { task, where, clicks: 0, typed: 0 };
    this.tasks.push(this.#current);
    await steps();
    this.#current = undefined;
  }

  async click(target: Locator): Promise<void> {
    await target.click();
    this.#count('clicks');
  }

  /** Clicks a field and types. */
  async type(field: Locator, text: string): Promise<void> {
    await this.click(field);
    await this.#fill(field, text);
  }

  /** Types into a field that has the focus by itself. */
  async typeAtOnce(field: Locator, text: string): Promise<void> {
    await field.and(this.page.locator(':focus')).waitFor();
    await this.#fill(field, text);
  }

  /** Opens a list and chooses: two clicks. */
  async choose(list: Locator, option: string | { label: string }): Promise<void> {
    await list.selectOption(option);
    this.#count('clicks');
    this.#count('clicks');
  }

  /** Presses a button that asks for files. What is clicked in the system's dialog is not counted. */
  async chooseFiles(button: Locator, files: string | string[]): Promise<void> {
    const asked = this.page.waitForEvent('filechooser');
    await this.click(button);
    await (await asked).setFiles(files);
  }

  /** The tasks as rows of a Markdown table. */
  rows(): string[] {
    return this.tasks.map(({ task, where, clicks, typed }) => `| ${task} | ${where} | ${clicks} | ${typed} |`);
  }

  async #fill(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    this.#count('typed');
  }

  #count(what: 'clicks' | 'typed'): void {
    if (this.#current !== undefined) this.#current[what] += 1;
  }
}
