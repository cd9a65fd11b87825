/**
 * Names of fields with a phone number or pressed keys: omitted in logs, and masked in timelines for readers without the
 * permission to see them.
 */
export const PERSONAL_FIELDS = [
  'caller',
  'callee',
  'caller_number',
  'called_number',
  'callerNumber',
  'calledNumber',
  'caller_id',
  'callerId',
  'number',
  'phone',
  'clid',
  'from',
  'to',
  'digit',
  'digits',
  'received_digits',
  'receivedDigits',
  'key',
  'keys',
  'typed',
  'collected',
  'saved',
  'input',
] as const;

/** Names of fields with a secret: never logged or shown. */
export const SECRET_FIELDS = [
  'password',
  'secret',
  'token',
  'access_token',
  'api_key',
  'apiKey',
  'api-key',
  'authorization',
  'cookie',
  'set-cookie',
] as const;

/** Names of fields with the content of requests and responses, which may contain anything. */
export const CONTENT_FIELDS = ['body', 'request_body', 'requestBody', 'answer', 'answer_body', 'answerBody'] as const;
