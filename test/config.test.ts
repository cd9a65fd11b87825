import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { lanAddress } from '../src/lib/lan-address.js';

const needed = { CORDBOARD_API_TOKEN: 'sixteen-letters-or-more', ARI_PASSWORD: 'a', AMI_PASSWORD: 'b' };

describe('where telephones are told to register', () => {
  it.each([
    [{}, lanAddress() ?? '127.0.0.1', 5060],
    [{ SIP_PORT: '5070', BIND_ADDRESS: '192.0.2.9' }, '192.0.2.9', 5070],
    [{ BIND_ADDRESS: '127.0.0.1', OUTSIDE_URL: 'https://pbx.example' }, '127.0.0.1', 5060],
    [{ OUTSIDE_URL: 'https://pbx.example/' }, 'pbx.example', 5060],
    [{ ARI_URL: 'http://192.0.2.5:8088', OUTSIDE_URL: 'https://pbx.example' }, '192.0.2.5', 5060],
    [{ SIP_SERVER: 'sip.example', ARI_URL: 'http://192.0.2.5:8088', BIND_ADDRESS: '192.0.2.9' }, 'sip.example', 5060],
    [{ SIP_FRONT: '192.0.2.10:5070', BIND_ADDRESS: '192.0.2.9', SIP_PORT: '5080' }, '192.0.2.10', 5070],
  ])('%j: %s', (env, server, port) => {
    expect(readConfig({ ...needed, ...env }).sip).toEqual({ server, port });
  });

  it('a proxy in front of Asterisk is no address of pages, nor of checks', () => {
    const env = { SIP_FRONT: '192.0.2.10:5070', BIND_ADDRESS: '192.0.2.9', TLS_DIR: '/tls' };
    const { http, sipNode } = readConfig({ ...needed, ...env });
    expect([http.outsideUrl, sipNode]).toEqual(['https://192.0.2.9:8443', { server: '192.0.2.9', port: 5060 }]);
  });

  it('an address with a port in it is refused by name', () => {
    expect(() => readConfig({ ...needed, SIP_SERVER: 'sip.example/x' })).toThrow('SIP_SERVER');
  });
});

describe('servers for the audio of browsers', () => {
  it('are lists, with or without spaces', () => {
    const env = {
      STUN_URLS: 'stun:pbx.example:3478',
      TURN_URLS: 'turn:pbx.example:3478, turns:[2001:db8::1]:443?transport=tcp',
      TURN_SECRET: 'a-secret-of-sixteen',
    };
    expect(readConfig({ ...needed, ...env }).ice).toEqual({
      stunUrls: ['stun:pbx.example:3478'],
      turnUrls: ['turn:pbx.example:3478', 'turns:[2001:db8::1]:443?transport=tcp'],
      turnSecret: 'a-secret-of-sixteen',
    });
    expect(readConfig(needed).ice).toEqual({ stunUrls: [], turnUrls: [], turnSecret: undefined });
  });

  it.each([
    ['STUN_URLS', { STUN_URLS: 'https://pbx.example' }],
    ['TURN_URLS', { TURN_URLS: 'turn:pbx.example, stun:pbx.example', TURN_SECRET: 'a-secret-of-sixteen' }],
    ['TURN_SECRET', { TURN_URLS: 'turn:pbx.example' }],
    ['TURN_SECRET', { TURN_URLS: 'turn:pbx.example', TURN_SECRET: 'short' }],
  ])('an invalid %s is refused by name', (name, env) => {
    expect(() => readConfig({ ...needed, ...env })).toThrow(name);
  });
});

describe('tokens for programs beside the gateway', () => {
  it('have a name, a file and scopes', () => {
    const text = 'sample-shop:/srv/a, b: c/api-token:calls:reject,stock:/srv/stock/token:calls:read+numbers:read';
    expect(readConfig({ ...needed, TOKEN_FILES: text }).tokenFiles).toEqual([
      { name: 'sample-shop', file: '/srv/a, b: c/api-token', scopes: ['calls:reject'] },
      { name: 'stock', file: '/srv/stock/token', scopes: ['calls:read', 'numbers:read'] },
    ]);
    expect(readConfig(needed).tokenFiles).toEqual([]);
  });

  it.each(['shop', 'shop:relative/token:calls:reject', 'shop:/srv/token:calls:everything', 'shop:/srv/token'])(
    '%s is refused by name',
    (text) => {
      expect(() => readConfig({ ...needed, TOKEN_FILES: text })).toThrow('TOKEN_FILES');
    },
  );
});
