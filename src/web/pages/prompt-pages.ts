import { z } from 'zod';
import { seeOther, type Answer } from '../../http/answer.js';
import { html, type Html, type HtmlPiece } from '../../http/html.js';
import { receiveFile, uploadBytes } from '../../http/multipart.js';
import { route, type Request, type Route } from '../../http/route.js';
import { languageCode } from '../../lib/language-code.js';
import { supportedLanguages } from '../../lib/language.js';
import { textInput } from '../../prompts/routes.js';
import { AUDIO_FIELD, type PromptDetails, type PromptService } from '../../prompts/service.js';
import { MAX_TEXT } from '../../prompts/speech/port.js';
import { lengthOf, player, removalForm, uploadForm, usageList } from './audio-pieces.js';
import { show } from './layout.js';
import { numeric, table } from './table.js';
import { confirmedRemoval } from './two-steps.js';
import { textsFor, type PageTexts } from '../texts/texts.js';

const byId = z.object({ id: z.coerce.number().int().positive() });
const named = z.object({ name: z.string().trim().min(1).max(120) });
const byLanguage = byId.extend({ language: languageCode });
const page = { kind: 'page' } as const;
const form = { kind: 'page', bodyType: 'form' } as const;

/** `/prompts` and `/prompts/{id}`. */
export function promptPages(prompts: PromptService): Route[] {
  const maxBytes = prompts.maxUploadBytes;
  return [
    route({
      ...page,
      method: 'GET',
      path: '/prompts',
      scope: 'prompts:read',
      summary: 'Prompts',
      handle: async (request) => listPage(request, await prompts.list()),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/prompts',
      scope: 'prompts:write',
      summary: 'Creates a prompt',
      body: named,
      handle: async ({ body }) => backTo((await prompts.create(body)).prompt.id),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/prompts/from-text',
      scope: 'prompts:write',
      summary: 'Creates a prompt from text with the speech engine',
      body: textInput,
      handle: async ({ body }) => backTo((await prompts.createFromText(body)).prompt.id),
    }),
    route({
      ...page,
      method: 'GET',
      path: '/prompts/:id',
      scope: 'prompts:read',
      summary: 'One prompt',
      params: byId,
      handle: async (request) => onePage(request, await prompts.get(request.params.id)),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/prompts/:id/name',
      scope: 'prompts:write',
      summary: 'Renames a prompt',
      params: byId,
      body: named,
      handle: async ({ params: { id }, body }) => {
        const { prompt } = await prompts.get(id);
        await prompts.change(id, { sound: prompt.sound, ...body });
        return backTo(id);
      },
    }),
    route({
      ...page,
      method: 'POST',
      path: '/prompts/:id/audio',
      scope: 'prompts:write',
      summary: 'Uploads audio',
      params: byId,
      query: z.object({ language: languageCode }),
      upload: { types: ['multipart/form-data'], maxBytes: uploadBytes(maxBytes) },
      handle: async ({ params: { id }, query: { language }, stream }) => {
        await receiveFile(stream, AUDIO_FIELD, maxBytes, (file) => prompts.putAudio(id, language, file));
        return backTo(id);
      },
    }),
    route({
      ...form,
      method: 'POST',
      path: '/prompts/:id/remove-audio',
      scope: 'prompts:write',
      summary: 'Removes audio',
      params: byId,
      body: byLanguage.pick({ language: true }),
      handle: async ({ params: { id }, body: { language } }) => {
        await prompts.removeAudio(id, language);
        return backTo(id);
      },
    }),
    route({
      ...page,
      method: 'POST',
      path: '/prompts/:id/delete',
      scope: 'prompts:write',
      summary: 'Deletes a prompt',
      params: byId,
      handle: async ({ params: { id } }) => {
        await prompts.remove(id);
        return seeOther('/prompts');
      },
    }),
  ];
}

function backTo(id: number): Answer {
  return seeOther(`/prompts/${id}`);
}

function listPage(request: Request, all: PromptDetails[]): Answer {
  const texts = textsFor(request.languages);
  const rows = all.map(({ prompt: { id, name }, audio }) => [
    id,
    html`<a href="/prompts/${id}">${name}</a>`,
    audio.length === 0
      ? html`<span class="bad">${texts.noAudio}</span>`
      : audio.map(({ language }) => language).join(' '),
  ]);
  const content = html`${table([numeric(texts.id), texts.name, texts.languages], rows, 'lines')}
  ${request.can('prompts:write') && newPromptForm(texts)}`;
  return show(request, texts.prompts, content);
}

function newPromptForm(texts: PageTexts): Html {
  return html`<h2>${texts.newPrompt}</h2>
    <form method="post" action="/prompts" class="row">
      <label>${texts.name} <input name="name" required maxlength="120" size="40" /></label>
      <button>${texts.create}</button>
    </form>
    <h2>${texts.promptFromText}</h2>
    <form method="post" action="/prompts/from-text" class="row">
      <label>${texts.name} <input name="name" required maxlength="120" size="40" /></label>
      <label
        >${texts.textToSpeak} <textarea name="text" required maxlength="${MAX_TEXT}" rows="3" cols="60"></textarea>
      </label>
      <label
        >${texts.languageName}
        <select name="voice">
          ${supportedLanguages.map((language) => html`<option value="${language}">${nameOf(language, texts)}</option>`)}
        </select></label
      >
      <button>${texts.speak}</button>
    </form>`;
}

function onePage(request: Request, { prompt, audio, usedIn }: PromptDetails): Answer {
  const texts = textsFor(request.languages);
  const mayChange = request.can('prompts:write');
  const { id, name } = prompt;
  const heads = [texts.languageName, texts.listen, numeric(texts.length), texts.source];
  const content = html`<p class="soft">${texts.promptHint}: <strong>${id}</strong></p>
    ${mayChange && renameForm(id, name, texts)}
    <h2>${texts.languages}</h2>
    ${table(
      [...heads, ...(mayChange ? [texts.replace] : [])],
      audio.map((entry) => audioRow(id, entry, texts, mayChange)),
    )}
    ${mayChange && addForm(id, audio, texts)} ${usageList(usedIn, texts.usedNowhere, texts)}
    ${mayChange && removal(id, usedIn.length > 0, texts)}`;
  return show(request, `${id} · ${name}`, content);
}

/** The deletion of a prompt. The hint warns that shops may still use its id, which the gateway cannot know. */
function removal(id: number, isUsed: boolean, texts: PageTexts): Html {
  if (isUsed) return html`<p class="soft">${texts.usedHint}</p>`;
  return removalForm(`/prompts/${id}/delete`, texts.removeHint, texts);
}

function renameForm(id: number, name: string, texts: PageTexts): Html {
  return html`<form method="post" action="/prompts/${id}/name" class="row">
    <label>${texts.name} <input name="name" required maxlength="120" size="40" value="${name}" /></label>
    <button>${texts.save}</button>
  </form>`;
}

function audioRow(
  id: number,
  entry: PromptDetails['audio'][number],
  texts: PageTexts,
  mayChange: boolean,
): HtmlPiece[] {
  const { language, source, sha256, durationMs } = entry;
  const url = `/api/v1/prompts/${id}/audio/${language}?v=${sha256.slice(0, 12)}`;
  const spoken = nameOf(language, texts);
  return [
    spoken,
    player(url, spoken, texts),
    lengthOf(durationMs, texts),
    html`${texts[source]}
    ${
      mayChange &&
      source === 'own' &&
      confirmedRemoval(
        `/prompts/${id}/remove-audio`,
        texts.removeRecording,
        spoken,
        html`<input type="hidden" name="language" value="${language}" />`,
      )
    }`,
    mayChange && languageForm(id, language, texts, texts.replace),
  ];
}

function languageForm(id: number, language: string, texts: PageTexts, verb: string): Html {
  return uploadForm(`/prompts/${id}/audio?language=${language}`, nameOf(language, texts), texts, verb);
}

/** An upload form for each supported language without audio; other languages can be added over the API. */
function addForm(id: number, audio: PromptDetails['audio'], texts: PageTexts): Html | false {
  const missing = supportedLanguages.filter((language) => !audio.some((entry) => entry.language === language));
  if (missing.length === 0) return false;
  const rows = missing.map((language) => [nameOf(language, texts), languageForm(id, language, texts, texts.upload)]);
  return html`<h2>${texts.addLanguage}</h2>
    <p class="soft">${texts.chooseFile}</p>
    ${table([texts.languageName, { name: texts.upload, label: '' }], rows)}`;
}

/** Name of a language in the reader's language: `cs` is `Czech` in English. */
function nameOf(language: string, texts: PageTexts): string {
  return new Intl.DisplayNames([texts.language], { type: 'language' }).of(language) ?? language;
}
