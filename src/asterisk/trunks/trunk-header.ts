/** The header field by which the proxy in front of Asterisk names the trunk of a call. It takes the field from everyone else. */
export const TRUNK_HEADER = 'X-Cordboard-Trunk';
