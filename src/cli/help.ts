export const HELP = `cordboard - a telephony gateway's configuration, from the command line

  cordboard adopt                    say that the data folder was moved here with its installation, and is no copy
  cordboard apply FILE [--dry-run]   make the configuration what FILE says: all of it, or nothing
  cordboard export [FILE]            write the configuration to FILE, or to the screen
  cordboard export-person NUMBER     print all that is stored of a person's number, as JSON
  cordboard forget NUMBER [--remove-do-not-call] [--json]
                                     erase what is stored of a person's number and print a receipt; the entry of
                                     the do-not-call list stays without --remove-do-not-call
  cordboard lint FILE                say what is wrong in FILE, where, and what to do about it
  cordboard passwd LOGIN [--stdin]   make a new password for an operator and print it; with --stdin take the one
                                     that is the first line of the standard input
  cordboard settings [options]       print what the dispatch's forms ask for, ready to copy
  cordboard simulate FILE [options]  run a call through FILE's plan without a telephone
  cordboard record [options]         pass requests on between two systems, and keep a redacted copy of each
  cordboard verify URL [options]     take a web application through the contract, and say what it gets wrong

Options of settings:
  --for PROVIDER     runtel (Runtel new), common (Common ATS) or custom (Custom ATS); default: all
  --make-tokens      make the tokens that are asked for, and show them this once
  --replace          with it: revoke those that there are, and make others
  --json             print JSON

Options of simulate:
  --line NUMBER      the line that is called; may be left out when there is only one
  --keys 9,1001#     keys: each group is pressed when the call asks for input; an empty group presses nothing
  --at TIME          when the call comes in, such as "2026-12-24 10:00" on the line's clock; default: now
  --caller NUMBER    who calls; default: a withheld number
  --shop URL         ask this shop in place of the plan's own URLs
  --stub FILE        answers in place of a shop's: a YAML or JSON list, one for each request
  --order-status STATUS   the caller has an order of that status, such as arrived
  --nobody-answers   handsets and numbers that are rung do not answer
  --json             print JSON

Options of record:
  --listen PORT      where requests are taken: a port of this machine's loopback, or HOST:PORT
  --to URL           where they are passed on to
  --out DIR          folder in which exchanges are kept, without what is personal or secret
  --country CODE     where numbers without a country code are read; default: CZ

Options of verify:
  --kind KIND        what is at URL: shop (default; the hand-over of control), webhooks, dispatch (the page
                     that opens when somebody calls), orders or customers (what is asked about callers)
  --order NUMBER     an order that the shop knows; may be given several times
  --unknown-order N  an order that it does not know; default: 9
  --company FILE     the configuration: its profiles, country, prompts and queues
  --profile NAME     the profile of that configuration; default: telfa
  --caller NUMBER    who calls; --line NUMBER the line that is called
  --unknown-caller N   somebody whom orders and customers do not know
  --secret VARIABLE  environment variable, WEBHOOK_..., with the key that signs webhooks
  --basic-auth VARIABLE, --bearer VARIABLE   with the login that webhooks bring
  --fixtures DIR     in place of a URL: look at what cordboard record has kept there
  --json             print JSON

apply, export, export-person, forget, passwd and settings speak to the running gateway:
  CORDBOARD_URL        where it is; default http://127.0.0.1:$HTTP_PORT, and 8080 without that
  CORDBOARD_API_TOKEN  its token; default: read from $CORDBOARD_DATA/secrets/api-token

They read the file .env of the gateway's folder, too; the environment goes before it. A gateway behind https with a certificate of one's
own: NODE_EXTRA_CA_CERTS=/path/to/ca.pem

  cordboard --version                print the version

It ends with 0 when all is well, 1 when there are problems, 2 when it was called wrongly, 3 when the gateway does not answer.
`;
