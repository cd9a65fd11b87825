export const HELP = `cordboard - configure and test a telephony gateway from the command line

  cordboard adopt                    accept a data folder that was moved here with its installation (not a copy)
  cordboard apply FILE [--dry-run]   replace the configuration by FILE: all of it, or nothing
  cordboard backup [FILE]            let the running gateway make a backup of all its data; with FILE also download it
  cordboard backup FILE --data DIR   make a backup of a data folder, without a gateway
  cordboard backup --check FILE      check a backup to its last byte
  cordboard connect [--config DIR]   join an Asterisk of your own: write the gateway's files into a folder inside DIR
                                     (default: /etc/asterisk), and print what is missing, with remedies
  cordboard connect --check          only print what is there and what is missing
  cordboard connect --remove         take everything of the gateway out of that Asterisk again
  cordboard doctor [--no-call] [--json]
                                     check everything: ports, NAT, rights, clocks, disk, codecs, prompts, certificate,
                                     trunk, backup, and test calls over SIP and inside Asterisk; with remedies. Without a
                                     running gateway it checks what it can
  cordboard export [FILE]            write the configuration to FILE, or to standard output
  cordboard export-person NUMBER     print all that is stored of a person's number, as JSON
  cordboard forget NUMBER [--remove-do-not-call] [--json]
                                     erase what is stored of a person's number and print a receipt; the entry of
                                     the do-not-call list stays without --remove-do-not-call
  cordboard kamailio DIR [--watch]   write the files of a Kamailio in front of several Asterisks into DIR, from the company of
                                     the running gateway; with --watch again after each change, until it is stopped
  cordboard lint FILE                print the problems of FILE with their places and remedies
  cordboard move-database --to KIND  move the stopped gateway's database to postgres, into the empty one of DATABASE_URL, or
                                     back to sqlite, into the data folder; compares every table and leaves the source
                                     as it is
  cordboard passwd LOGIN [--stdin]   generate a new password for an operator and print it; with --stdin read it from
                                     the first line of standard input
  cordboard restore FILE [--data DIR]
                                     restore a backup into an empty data folder; default: CORDBOARD_DATA
  cordboard setup-link               print a one-time link for the set-up of a company that has no account yet
  cordboard settings [options]       print the values for the dispatch's forms, ready to copy
  cordboard simulate FILE [options]  run a call through FILE's plan without a telephone
  cordboard record [options]         forward requests between two systems, and store a redacted copy of each
  cordboard verify URL [options]     check a web application against its contract, and print its faults

Options of backup and restore:
  --passphrase-file FILE   the passphrase of an encrypted backup is in FILE; with --data it encrypts
  --identity-file FILE     the key (AGE-SECRET-KEY-1...) of an encrypted backup is in FILE
  --recipient KEY          with --data: encrypt for this public key (age1...)

Options of settings:
  --for PROVIDER     runtel (Runtel new), common (Common ATS) or custom (Custom ATS); default: all
  --make-tokens      create the missing tokens and show them; they are shown only once
  --replace          with --make-tokens: revoke existing tokens and create new ones
  --json             print JSON

Options of simulate:
  --line NUMBER      the called line; optional when there is only one
  --keys 9,1001#     keys: each group is pressed when the call asks for input; an empty group presses nothing
  --at TIME          when the call arrives, such as "2026-12-24 10:00" on the line's clock; default: now
  --caller NUMBER    the caller's number; default: withheld
  --shop URL         send requests to this shop instead of the plan's own URLs
  --stub FILE        answers instead of a shop's: a YAML or JSON list, one for each request
  --call FILE        repeat a recorded call, exported from its page or /api/v1/calls/ID/fixture, and compare what happens
  --order-status STATUS   the caller has an order of that status, such as arrived
  --nobody-answers   dialled handsets and numbers do not answer
  --json             print JSON

Options of record:
  --listen PORT      where requests are accepted: a port of this machine's loopback, or HOST:PORT
  --to URL           where they are forwarded to
  --out DIR          folder for the exchanges, which are stored without personal data and secrets
  --country CODE     country of numbers without a country code; default: CZ

Options of verify:
  --kind KIND        what is at URL: shop (default; the hand-over of control), webhooks, dispatch (the screen pop
                     page of a call), orders or customers (lookups of a caller)
  --order NUMBER     an order that the shop knows; may be given several times
  --unknown-order N  an order that the shop does not know; default: 9
  --company FILE     the configuration: its profiles, country, prompts and queues
  --profile NAME     the profile of that configuration; default: telfa
  --caller NUMBER    the caller's number
  --line NUMBER      the called line
  --unknown-caller N   a number that orders and customers do not know
  --secret VARIABLE  environment variable, WEBHOOK_..., with the key that signs webhooks
  --basic-auth VARIABLE, --bearer VARIABLE   environment variable with the login of webhooks
  --fixtures DIR     instead of a URL: check the exchanges that cordboard record stored there
  --json             print JSON

apply, backup, doctor, export, export-person, forget, passwd, settings and setup-link send requests to the running gateway:
  CORDBOARD_URL        its address; default http://127.0.0.1:$HTTP_PORT, or port 8080 without HTTP_PORT
  CORDBOARD_API_TOKEN  an API token; default: read from $CORDBOARD_DATA/secrets/api-token

They also read the file .env of the gateway's folder; the environment takes precedence. For a gateway behind https with a private
certificate: NODE_EXTRA_CA_CERTS=/path/to/ca.pem

  cordboard --version                print the version

Exit codes: 0 success, 1 problems found, 2 wrong usage, 3 the gateway does not respond.
`;
