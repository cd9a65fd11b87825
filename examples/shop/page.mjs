/** The page on which a tester sees the orders and changes how one stands. */
export function page(orders, statuses) {
  const rows = [...orders].map(([number, status]) => row(number, status, statuses)).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sample shop</title>
<style>body{font:16px system-ui;max-width:34rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;padding:.3rem 1rem .3rem 0}</style>
<h1>Sample shop</h1>
<p><a href="/panel">Panel of calls</a>: ringing and waiting callers, live.</p>
<p>Call the shop, press 9 and type one of these numbers. Change an order and call again: changes last until the shop is restarted.</p>
<table><tr><th>Order</th><th>Status</th></tr>
${rows}
</table>
</html>
`;
}

function row(number, status, statuses) {
  const options = statuses.map((name) => `<option${name === status ? ' selected' : ''}>${name}</option>`).join('');
  return `<tr><td>${number}</td><td><form method="post" action="/orders">
<input type="hidden" name="number" value="${number}">
<select name="status" aria-label="Status of order ${number}">${options}</select> <button>Change</button></form></td></tr>`;
}
