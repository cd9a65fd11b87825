import type { TrunkProblemCode } from '../../trunk-problem.js';

/** What is wrong with a trunk, on pages, in alarms and in the API. Placeholders are replaced by the values of the problem. */
export const trunkProblemTexts = {
  rejected:
    '{server} rejects the registration of {user}: compare user, password and domain with the data of the provider',
  unreachable:
    '{server} does not answer: compare the server with the data of the provider; a firewall may block its answers',
  registering: '{server} has not answered the registration yet',
  missing: 'Asterisk does not have the trunk',
  busy: 'all channels are in use',
  no_password: 'no password of {user} is stored',
  unknown_host: 'DNS returned no address for {hosts}',
  name_taken: 'Asterisk already has an endpoint {name}, which is not a trunk of the gateway',
  not_written: 'Asterisk did not accept the trunk: {details}',
  endpoint_missing: 'Asterisk has no PJSIP endpoint {name} (TRUNK_ENDPOINT)',
  endpoint_not_registered: 'the trunk {name} is not registered with its provider: {status}',
  endpoint_unreachable: 'the trunk {name} has no reachable contact',
  no_answer: 'the other side did not answer',
  silent: 'the other side did not respond to a call within {seconds} s',
  sip: 'the other side answered SIP {status}',
  cause: 'the call failed with cause {cause} (Q.850)',
} satisfies Record<TrunkProblemCode, string> as Record<TrunkProblemCode, string>;

export type TrunkProblemTexts = typeof trunkProblemTexts;
