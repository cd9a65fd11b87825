/** The form of an order. With `?clid=&did=&call_id=`: of the caller's order, or a new one with what is known of the caller filled in. */
import { callLink, node, post, say, show } from './page.js';

const form = document.querySelector('#form');
const query = new URLSearchParams(location.search);
let line;
let id;

const response = await fetch(`/form?${query}`).catch(() => undefined);
if (response?.ok) fill(await response.json());
else show('#failed', say.failed);

form.onsubmit = async (event) => {
  event.preventDefault();
  show('#saved', '');
  const fields = Object.fromEntries(new FormData(form));
  const { ok, body } = await post('/orders', { ...fields, line, ...(id !== undefined && { id }) });
  showProblems(body.problems ?? {});
  show('#failed', ok ? '' : [say.failed, body.error].filter(Boolean).join(' '));
  if (!ok) return;
  id = body.id;
  show('#title', `${say.order} ${id}`);
  show('#saved', say.saved);
};

function fill({ mode, order, others, line: itsLine, callUrl, ...choices }) {
  line = order.line ?? itsLine.number;
  id = order.id;
  show('#title', mode === 'edit' ? `${say.order} ${id}` : say.newOrder);
  choose(
    'branch',
    choices.branches.map((each) => [each, each]),
  );
  choose(
    'tariff',
    choices.tariffs.map((each) => [each, each]),
  );
  choose('driver', [['', '–'], ...choices.drivers.map(({ id: driver, name, plate }) => [driver, `${name}, ${plate}`])]);
  choose(
    'status',
    choices.statuses.map((each) => [each, say.statuses[each]]),
  );
  for (const field of form.elements) if (field.name && order[field.name] !== undefined) field.value = order[field.name];
  if (query.has('clid')) {
    const where = document.querySelector('#call');
    const number = order.phone || query.get('clid');
    where.replaceChildren(
      `${say.news.call} `,
      number ? callLink(number, callUrl, 'caller') : say.withheld,
      ` → ${[itsLine.number, query.get('call_id')].filter(Boolean).join(' · ')}`,
    );
    where.hidden = false;
  }
  const links = others.flatMap(({ id: other, status }) => [
    ' ',
    node('a', { href: `/order?id=${other}` }, `${other} (${say.statuses[status]})`),
  ]);
  const where = document.querySelector('#others');
  where.replaceChildren(`${say.otherOrders}:`, ...links);
  where.hidden = others.length === 0;
}

function choose(name, options) {
  form.elements[name].replaceChildren(...options.map(([value, text]) => node('option', { value }, text)));
}

/** Beside each field what is wrong with it; the first one gets the focus. */
function showProblems(problems) {
  for (const old of form.querySelectorAll('.problem')) old.remove();
  for (const field of form.elements) {
    const problem = problems[field.name];
    if (problem === undefined) {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
      continue;
    }
    const hint = `problem-${field.name}`;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', hint);
    field.after(node('span', { class: 'problem bad', id: hint }, say.problems[problem] ?? problem));
  }
  form.querySelector('[aria-invalid]')?.focus();
}
