/**
 * The competition: AMI events to WebSockets, as it is written in ten minutes. No state, no snapshot, no login, no filter, and
 * a watcher that does not read is kept for ever. `/` is a page that lists who waits.
 */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { WebSocketServer } from 'ws';

const { AMI_PORT, AMI_USER, AMI_PASSWORD, PORT } = process.env;
const PAGE = `<!doctype html><ul></ul><script>
const list = document.querySelector('ul');
new WebSocket('ws://' + location.host).onmessage = ({ data }) => {
  const event = JSON.parse(data);
  if (event.Event === 'QueueCallerJoin') {
    const item = document.createElement('li');
    item.dataset.id = event.Uniqueid;
    item.textContent = event.CallerIDNum;
    list.append(item);
  }
  if (event.Event === 'QueueCallerLeave') list.querySelector('[data-id="' + event.Uniqueid + '"]')?.remove();
};
</script>`;

const http = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE));
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
const ami = connect(Number(AMI_PORT), '127.0.0.1', () =>
  ami.write(`Action: Login\r\nUsername: ${AMI_USER}\r\nSecret: ${AMI_PASSWORD}\r\n\r\n`),
);
let unread = '';
ami.setEncoding('utf8').on('data', (text) => {
  const blocks = (unread + text).split('\r\n\r\n');
  unread = blocks.pop() ?? '';
  for (const block of blocks) {
    const event = Object.fromEntries(block.split('\r\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
    if (!String(event.Event).startsWith('Queue')) continue;
    const message = JSON.stringify(event);
    for (const socket of sockets.clients) socket.send(message);
  }
});
http.listen(Number(PORT), '127.0.0.1', () => console.log('ready'));
