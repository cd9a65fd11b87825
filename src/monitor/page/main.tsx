import { render } from 'preact';
import { App } from './app.js';
import './monitor.css';

const place = document.getElementById('monitor');
if (place !== null) {
  const labels = JSON.parse(place.dataset['labels'] ?? '[]') as string[];
  render(<App labels={labels} mayReject={place.dataset['mayReject'] === 'true'} />, place);
}
