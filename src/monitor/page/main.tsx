import { render } from 'preact';
import { App } from './app.js';
import './monitor.css';

const place = document.getElementById('monitor');
if (place !== null) {
  const labels = JSON.parse(place.dataset['labels'] ?? '[]') as string[];
  const { mayReject, own, pops, operator = '' } = place.dataset;
  const here = pops === 'on' || pops === 'no_token' ? pops : 'off';
  render(
    <App labels={labels} mayReject={mayReject === 'true'} own={own || undefined} pops={{ here, operator }} />,
    place,
  );
}
