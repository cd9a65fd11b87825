// Lists the lines and the last calls, and rejects a call that is over, to show an error.
// Usage: npx tsx sample.ts https://phone.example TOKEN (scopes lines:read, calls:read, calls:reject)
import { connect } from './client.js';

const [url = 'http://127.0.0.1:8080', token = process.env['CORDBOARD_API_TOKEN'] ?? ''] = process.argv.slice(2);
const cordboard = connect(url, token);

const lines = await cordboard.GET('/api/v1/lines');
if (lines.error) throw new Error(lines.error.detail);
for (const { number } of lines.data.lines) console.log(`line ${number}`);

const recent = await cordboard.GET('/api/v1/calls', { params: { query: { direction: 'incoming', limit: 3 } } });
if (recent.error) throw new Error(recent.error.detail);
for (const call of recent.data.calls) console.log(`call ${call.id} to ${call.line} at ${call.started_at}`);

const refused = await cordboard.POST('/api/v1/calls/{id}/interrupt', { params: { path: { id: 'c_none' } }, body: {} });
if (refused.error) console.log(`refused: ${refused.response.status} ${refused.error.code}`);
