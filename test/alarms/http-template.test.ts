import { expect, it } from 'vitest';
import { requestOf } from '../../src/alarms/http-template.js';
import { alarmsSchema, type HttpTemplate } from '../../src/alarms/schema.js';

const message = { subject: 'Down: "a"\nb', text: 'Žluťoučký & kůň', secret: 'from the message' };
const secrets = { WEBHOOK_BOT: '123:abc' };

function template(http: object): HttpTemplate {
  const [receiver] = alarmsSchema.parse({ receivers: [{ name: 'bot', http }] }).receivers;
  return receiver?.http ?? expect.fail('no template');
}

const request = (http: object) => requestOf(template(http), message, '{"whole":1}', secrets);

it('writes values into JSON so that it stays JSON', () => {
  const url = 'https://api.telegram.org/bot{secret}/sendMessage';
  const made = request({ url, body: '{"chat_id":"1","text":"{subject}"}', secret: 'WEBHOOK_BOT' });
  expect(made.url).toBe('https://api.telegram.org/bot123:abc/sendMessage');
  expect(JSON.parse(made.body ?? '')).toEqual({ chat_id: '1', text: message.subject });
  expect(made.headers).toMatchObject({ 'content-type': 'application/json' });
});

it('encodes values of forms and of the address', () => {
  const form = 'application/x-www-form-urlencoded';
  const made = request({ url: 'https://sms.example/send?text={text}', content_type: form, body: 'text={text}&x={y}' });
  expect(made.url).toBe(`https://sms.example/send?text=${encodeURIComponent(message.text)}`);
  expect(made.body).toBe(`text=${encodeURIComponent(message.text)}&x={y}`);
});

it('sends plain text as it is, the whole alarm without a body, and nothing with GET', () => {
  const url = 'https://ntfy.example/alarms';
  expect(request({ url, content_type: 'text/plain', body: '{subject}' }).body).toBe(message.subject);
  expect(request({ url, bearer: 'WEBHOOK_BOT' })).toMatchObject({
    body: '{"whole":1}',
    headers: { authorization: 'Bearer 123:abc' },
  });
  expect(request({ url, method: 'GET', body: 'x' })).not.toHaveProperty('body');
});

it('says which secret is missing', () => {
  expect(() => request({ url: 'https://a.example/', secret: 'WEBHOOK_OTHER' })).toThrow(
    'the environment variable WEBHOOK_OTHER is not set',
  );
});

it.each([
  { url: 'https://{subject}.example/' },
  { url: 'https://a{secret}/x' },
  { url: 'ftp://a.example/' },
  { url: 'https://a.example/', secret: 'CORDBOARD_API_TOKEN' },
])('refuses $url $secret', (http) => {
  expect(() => template(http)).toThrow();
});

it.each([{}, { mail: ['a@b.example'], http: { url: 'https://a.example/' } }])(
  'refuses a receiver without one way: %j',
  (ways) => {
    expect(() => alarmsSchema.parse({ receivers: [{ name: 'x', ...ways }] })).toThrow('either mail or http');
  },
);
