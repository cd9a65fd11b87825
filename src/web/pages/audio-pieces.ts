import { html, type Html } from '../../http/html.js';
import type { Usage } from '../../prompts/service.js';
import type { PageTexts } from '../texts/texts.js';

/** A form that uploads an audio file. @param about subject of the audio, for screen readers */
export function uploadForm(action: string, about: string, texts: PageTexts, verb: string): Html {
  return html`<form method="post" action="${action}" enctype="multipart/form-data" class="upload">
    <input
      type="file"
      name="audio"
      required
      accept=".wav,.mp3,.ogg,.flac,audio/*"
      aria-label="${texts.chooseFile}: ${about}"
    />
    <button aria-label="${verb}: ${about}">${verb}</button>
  </form>`;
}

export function player(url: string, about: string, texts: PageTexts): Html {
  return html`<audio controls preload="none" src="${url}" aria-label="${texts.listen}: ${about}"></audio>`;
}

export function lengthOf(durationMs: number, texts: PageTexts): string {
  return `${(durationMs / 1000).toFixed(1)} ${texts.seconds}`;
}

export function usageList(usedIn: Usage[], nowhere: string, texts: PageTexts): Html {
  return html`<h2>${texts.usedIn}</h2>
    ${
      usedIn.length === 0
        ? html`<p>${nowhere}</p>`
        : html`<ul>
            ${usedIn.map(({ where }) => html`<li><code>${where}</code></li>`)}
          </ul>`
    }`;
}

/** A deletion that needs a second step. */
export function removalForm(action: string, hint: string, texts: PageTexts): Html {
  return html`<details>
    <summary>${texts.remove}…</summary>
    <form method="post" action="${action}">
      <p>${hint}</p>
      <button class="danger">${texts.remove}</button>
    </form>
  </details>`;
}
