import { access, constants } from 'node:fs/promises';
import type { AsteriskNames } from '../asterisk/names.js';
import type { Config } from '../config.js';
import { lookAtAsterisk } from '../connect/look.js';
import { OwnFolder, USUAL_FOLDER } from '../connect/own-folder.js';
import type { ConnectSheetSource } from '../connect/routes.js';
import { shownSnippets } from '../connect/snippet-view.js';
import { isLoopback } from '../lib/loopback.js';

/** Composes the sheet of `cordboard connect` for the page; it needs no link to Asterisk. */
export function connectSheetSource(
  { ari, ami, amiConfig, trunkEndpoint }: Config,
  names: AsteriskNames,
): ConnectSheetSource {
  const isLocal = isLoopback(new URL(ari.url).hostname);
  return {
    ariUrl: ari.url,
    app: ari.app,
    folder: async () => (isLocal && (await isReadable(USUAL_FOLDER)) ? USUAL_FOLDER : undefined),
    async look(etc) {
      const files = etc === undefined ? [] : await new OwnFolder(etc, names).findings();
      return [...files, ...(await lookAtAsterisk({ ari, ami, amiConfig, names, trunk: trunkEndpoint, etc }))];
    },
    snippets: () => shownSnippets({ ari, ami, amiConfig }),
  };
}

/** Files of Asterisk are often for its own user only. */
function isReadable(folder: string): Promise<boolean> {
  return access(`${folder}/extensions.conf`, constants.R_OK).then(
    () => true,
    () => false,
  );
}
