import { expect, test } from 'vitest';
import { fileSettingsFor } from '../../../../src/web/console/handsets/phones.js';

const FOLDER = 'pbx.example/provisioning/token';

test('Linphone gets the address of its file', () => {
  expect(fileSettingsFor('linphone', `https://${FOLDER}/linphone.xml`)).toEqual([
    ['Remote provisioning URL', `https://${FOLDER}/linphone.xml`],
  ]);
});

test('Yealink gets the folder, in which it asks for a file of its own name', () => {
  expect(fileSettingsFor('yealink', `https://${FOLDER}/yealink.cfg`)).toEqual([['Server URL', `https://${FOLDER}/`]]);
});

test('Grandstream gets the folder without the protocol, which is another setting', () => {
  expect(fileSettingsFor('grandstream', `https://${FOLDER}/cfg.xml`)).toEqual([
    ['Config Upgrade Via', 'HTTPS'],
    ['Config Server Path', FOLDER],
  ]);
  expect(fileSettingsFor('grandstream', 'http://127.0.0.1:8080/provisioning/token/cfg.xml')).toEqual([
    ['Config Upgrade Via', 'HTTP'],
    ['Config Server Path', '127.0.0.1:8080/provisioning/token'],
  ]);
});
