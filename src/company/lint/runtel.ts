import type { Report } from './report.js';

/** Extensions are those of handsets that exist. */
export function lintRuntel(report: Report): void {
  const { runtel, webhooks } = report.company;
  for (const [extension, handset] of Object.entries(runtel?.extensions ?? {}))
    if (!report.names.handsets.has(handset))
      report.error(['runtel', 'extensions', extension], `there is no handset ${handset}`, 'name one of handsets', {
        unknown_handset: handset,
      });
  for (const [index, { routes_calls, events }] of webhooks.entries())
    if (routes_calls === true && events?.includes('call_started') === false)
      report.error(
        ['webhooks', index, 'routes_calls'],
        'it does not hear of new calls',
        'add call_started to its events',
        { no_new_calls: true },
      );
}
