import { z } from 'zod';
import { seeOther, type Answer } from '../../http/answer.js';
import { html, type Html, type HtmlPiece } from '../../http/html.js';
import { receiveFile, uploadBytes } from '../../http/multipart.js';
import { route, type Request, type Route } from '../../http/route.js';
import { musicPath, trackHash } from '../../prompts/music-routes.js';
import type { MusicDetails, MusicService } from '../../prompts/music-service.js';
import { AUDIO_FIELD } from '../../prompts/service.js';
import { lengthOf, player, removalForm, uploadForm, usageList } from './audio-pieces.js';
import { show } from './layout.js';
import { numeric, table } from './table.js';
import { confirmedRemoval } from './two-steps.js';
import { textsFor, type PageTexts } from '../texts/texts.js';

const titled = z.object({ title: z.string().trim().max(120).default('') });
const page = { kind: 'page' } as const;
const form = { kind: 'page', bodyType: 'form' } as const;

/** `/music` and `/music/{name}`: music on hold and in queues. */
export function musicPages(musics: MusicService): Route[] {
  const maxBytes = musics.maxUploadBytes;
  return [
    route({
      ...page,
      method: 'GET',
      path: '/music',
      scope: 'prompts:read',
      summary: 'Music',
      handle: async (request) => listPage(request, await musics.list()),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/music',
      scope: 'prompts:write',
      summary: 'Creates music',
      body: titled.extend(musicPath.shape),
      handle: async ({ body }) => backTo((await musics.create(body)).music.name),
    }),
    route({
      ...page,
      method: 'GET',
      path: '/music/:name',
      scope: 'prompts:read',
      summary: 'One music',
      params: musicPath,
      handle: async (request) => onePage(request, await musics.get(request.params.name)),
    }),
    route({
      ...form,
      method: 'POST',
      path: '/music/:name/title',
      scope: 'prompts:write',
      summary: 'Changes the title of music',
      params: musicPath,
      body: titled,
      handle: async ({ params: { name }, body: { title } }) => {
        const { music } = await musics.get(name);
        await musics.change(name, { title, sound: music.sound });
        return backTo(name);
      },
    }),
    route({
      ...page,
      method: 'POST',
      path: '/music/:name/audio',
      scope: 'prompts:write',
      summary: 'Uploads audio',
      params: musicPath,
      upload: { types: ['multipart/form-data'], maxBytes: uploadBytes(maxBytes) },
      handle: async ({ params: { name }, stream }) => {
        await receiveFile(stream, AUDIO_FIELD, maxBytes, (file) => musics.addAudio(name, file));
        return backTo(name);
      },
    }),
    route({
      ...form,
      method: 'POST',
      path: '/music/:name/remove-audio',
      scope: 'prompts:write',
      summary: 'Removes audio',
      params: musicPath,
      body: z.object({ sha256: trackHash }),
      handle: async ({ params: { name }, body: { sha256 } }) => {
        await musics.removeAudio(name, sha256);
        return backTo(name);
      },
    }),
    route({
      ...page,
      method: 'POST',
      path: '/music/:name/delete',
      scope: 'prompts:write',
      summary: 'Deletes music',
      params: musicPath,
      handle: async ({ params: { name } }) => {
        await musics.remove(name);
        return seeOther('/music');
      },
    }),
  ];
}

function backTo(name: string): Answer {
  return seeOther(`/music/${name}`);
}

function listPage(request: Request, all: MusicDetails[]): Answer {
  const texts = textsFor(request.languages);
  const heads = [texts.ofMusic.title, texts.id, numeric(texts.length)];
  const rows = all.map(({ music: { name, title }, audio }) => [
    html`<a href="/music/${name}">${title || name}</a>`,
    html`<code>${name}</code>`,
    audio.length === 0 ? html`<span class="bad">${texts.noAudio}</span>` : lengthOf(totalMs(audio), texts),
  ]);
  const content = html`${table(heads, rows, 'lines')} ${request.can('prompts:write') && newMusicForm(texts)}`;
  return show(request, texts.music, content);
}

function totalMs(audio: MusicDetails['audio']): number {
  return audio.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

function newMusicForm(texts: PageTexts): Html {
  return html`<h2>${texts.ofMusic.made}</h2>
    <form method="post" action="/music" class="row">
      <label>${texts.ofMusic.name} <input name="name" required maxlength="40" pattern="[a-z0-9][a-z0-9_\\-]*" /></label>
      <label>${texts.ofMusic.title} <input name="title" maxlength="120" size="40" /></label>
      <button>${texts.create}</button>
    </form>`;
}

function onePage(request: Request, { music: { name, title }, audio, usedIn }: MusicDetails): Answer {
  const texts = textsFor(request.languages);
  const mayChange = request.can('prompts:write');
  const content = html`<p class="soft">${texts.id}: <strong>${name}</strong></p>
    ${
      mayChange &&
      html`<form method="post" action="/music/${name}/title" class="row">
        <label>${texts.ofMusic.title} <input name="title" maxlength="120" size="40" value="${title}" /></label>
        <button>${texts.save}</button>
      </form>`
    }
    <h2>${texts.ofMusic.tracks}</h2>
    ${table(
      ['', texts.listen, numeric(texts.length), texts.source],
      audio.map((track, index) => trackRow(name, track, index + 1, texts, mayChange)),
    )}
    ${
      mayChange &&
      html`<h2>${texts.ofMusic.add}</h2>
        <p class="soft">${texts.chooseFile}</p>
        ${uploadForm(`/music/${name}/audio`, title || name, texts, texts.upload)}`
    }
    ${usageList(usedIn, texts.ofMusic.usedNowhere, texts)} ${mayChange && removal(name, usedIn.length > 0, texts)}`;
  return show(request, title || name, content);
}

function removal(name: string, isUsed: boolean, texts: PageTexts): Html {
  if (isUsed) return html`<p class="soft">${texts.ofMusic.usedHint}</p>`;
  return removalForm(`/music/${name}/delete`, texts.ofMusic.usedNowhere, texts);
}

function trackRow(
  name: string,
  { source, sha256, durationMs }: MusicDetails['audio'][number],
  place: number,
  texts: PageTexts,
  mayChange: boolean,
): HtmlPiece[] {
  return [
    `${place}.`,
    player(`/api/v1/music/${name}/audio/${sha256}`, String(place), texts),
    lengthOf(durationMs, texts),
    html`${texts[source]}
    ${
      mayChange &&
      source === 'own' &&
      confirmedRemoval(
        `/music/${name}/remove-audio`,
        texts.ofMusic.removeTrack,
        String(place),
        html`<input type="hidden" name="sha256" value="${sha256}" />`,
      )
    }`,
  ];
}
