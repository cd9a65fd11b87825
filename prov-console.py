import re
p='docs/console.md'
s=open(p).read()
parts=re.split(r'(?m)^(?=## )',s)
head,secs=parts[0],parts[1:]
d={x.split('\n',1)[0][3:].strip():x.rstrip()+'\n\n' for x in secs}
print(list(d))
head='''# The console

The pages of the gateway for people. After the login everybody starts on the first page of their role. The menu shows the tasks that the [role](accounts.md) and the company need:
notifications, masked bridges and the dispatch only appear for companies with a dispatch, orders or spoken order statuses. On phones the first three tasks are at the bottom, the others behind "More".

| task                   | pages                                                                                                                                                                                                   |
| ---------------------- | ------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------- |
| Now                    | [`/now`](#now), [`/wall`](#wallboard)                                                                                                                                                                   |
| Calls                  | [`/calls`](#calls), [`/missed`](#missed-calls), [`/reports`](#reports)                                                                                                                                  |
| Call plans             | [`/plans`](#call-plans), with [a try-out](#try-a-call-plan-out)                                                                                                                                         |
| Queues and people      | [`/queues`, `/handsets`, `/people`](#queues-handsets-users)                                                                                                                                             |
| Prompts and music      | [`/prompts`, `/music`](#prompts-and-music)                                                                                                                                                              |
| Orders                 | [`/notifications`, `/bridges`, `/do-not-call`](#orders)                                                                                                                                                 |
| Integrations           | [`/shop`, `/webhooks`, `/dispatch`, `/tokens`, `/recorded-requests`, `/docs`](#integrations)                                                                                                             |
| Settings               | [`/lines`, `/settings`](#lines-and-settings), [`/system`](#system), [`/audit`](#who-did-what)                                                                                                           |
| beside the menu        | [`/setup`](#set-up), [`/account`](#your-own-account)                                                                                                                                                    |

What the pages cannot do yet: [below](#what-is-not-here-yet).

'''
d['Missed calls']=d['Missed calls'].replace('''and who marked what. It needs `operators:read` and `numbers:read`.''','''and who marked what. Everybody with `calls:read` sees the list; calling back and "Done" need `operators:read` and `numbers:read`.''')
d['Integrations']='''## Integrations

- `/shop`: the values that the settings of a shop ask for, each with a button that copies it; **Try it** asks the shop as a call would, and tells its answers in words.
- `/webhooks`: for each receiver since when and why deliveries fail; deliveries by receiver, state or call, sent again one by one or all that were given up; **Send a test event** tells what the receiver answers.
- `/dispatch`: the three forms of the dispatch, filled in. `/recorded-requests`: its requests that were not understood.
- `/tokens`: the tokens of programs, made for a purpose or with single scopes; a token is shown once. `/docs`: every request of the [API](api.md).

'''
d['Queues, handsets, users']=d['Queues, handsets, users'].replace(''' `/people/roles` says in words what each role may do. `/tokens` creates tokens by their purpose.''',''' `/people/roles` says in words what each role may do.''')
d['Queues, handsets, users']=d['Queues, handsets, users'].replace('''`/people` has the users with their roles;''','''`/people` has the users with their roles and handsets;''')
d['Orders']='''## Orders

- `/notifications`: automatic calls about orders, what was said in them and what came of them, by state, order or batch; a waiting one can be cancelled. How they are made: [notifications](notifications.md).
- `/bridges`: calls between client and driver without each other's number, running and past; a running one can be ended. How they are made: [masked bridges](bridges.md).
- `/do-not-call`: numbers that notifications never call; needs `numbers:read`, to add and remove numbers also `calls:control`.

'''
d['Your own account']='''## Your own account

`/account` changes your password, and with a dispatch the token that opens its [pages of callers](screen-pop.md). Telephone links of other programs lead to `/click-to-call`, which asks before it calls from your handset.

'''
d['What is not here yet']='''## What is not here yet

- **Settings that are written as JSON**: the texts of spoken statuses (`status_speech.templates`), the trunks by prefix (`notifications.trunks`), and contract profiles. The [configuration](configuration.md) describes them.
- **Keys of order menus**: a form has the prompt, the time limit and the repetitions of the menu for each status; what its keys do is written in the [document](status-ivr.md). Forms keep those keys.
- **Two people in one line**: drafts are merged line by line and part by part, not inside. Whoever publishes second [chooses](#call-plans) between the two states of the line.
- **A browser phone for every day**: only the set-up has one, and it rings while its page is open. Others: [browser phones](browser-phones.md).
- **The provider**: the set-up shows what to write into Asterisk's file and `.env`, but does not write it. The trunk's password is never entered in a page.
- **Orders**: notifications and bridges are started by the dispatch or over the API. The three pages are rendered by the server, without live updates except the progress of a batch.
- **Only over the API or the command line**: a list of all recordings (the page of a call has its own), the history of logins and pauses, a call to a number that is typed in, a prompt played into a talk, export and
  erasure of a person's data, the whole document as YAML.

'''
order=['Keys','Now','Wallboard','Calls','Missed calls','Reports','Call plans','Try a call plan out','Queues, handsets, users','Prompts and music','Orders','Integrations','Lines and settings','System','Who did what','Set-up','Your own account','What is not here yet','Add a page']
assert set(order)==set(d),set(order)^set(d)
open(p,'w').write(head+''.join(d[k] for k in order).rstrip()+'\n')
