/** What the benchmark adds to Asterisk's configuration: the first competitor, and the way to the second. */

export const extensions = { dialplan: '100', minimalApp: '200' };
export const MINIMAL_APP = 'bench-minimal';

export const extraModules = ['app_read.so', 'func_curl.so', 'func_json.so'];

/** `sounds`: folder of the prompts below Asterisk's own. */
export function extraDialplan(shopUrl: string, sounds: string): string {
  return `[cordboard-from-trunk](+)
exten => ${extensions.dialplan},1,Answer(,i)
 same => n,Read(ORDER,${sounds}/20,10,,1,5)
 same => n,Set(CURLOPT(conntimeout)=3)
 same => n,Set(CURLOPT(httptimeout)=8)
 same => n,Set(CURLOPT(httpheader)=Content-Type: application/json)
 same => n,Set(BODY={"caller_number":"\${CALLERID(num)}","called_number":"\${EXTEN}","received_digits":"\${ORDER}","pokracovani":"0"})
 same => n,Set(ANSWER=\${CURL(${shopUrl},\${BODY})})
 same => n,Playback(${sounds}/\${JSON_DECODE(ANSWER,recording_id)})
 same => n,Hangup()
exten => ${extensions.minimalApp},1,Stasis(${MINIMAL_APP})
 same => n,Hangup()
`;
}
