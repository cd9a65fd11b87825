import { render } from 'preact';
import { MonitorApp } from './app.js';
import './monitor.css';
import type { Own } from './own-handset.js';

const place = document.getElementById('monitor');
if (place !== null) {
  const labels = JSON.parse(place.dataset['labels'] ?? '[]') as string[];
  const { mayReject, own: handset, pops, operator = '' } = place.dataset;
  const reasons = JSON.parse(place.dataset['pauseReasons'] ?? '[]') as string[];
  const own: Own | undefined = handset ? { handset, reasons } : undefined;
  const mode = pops === 'on' || pops === 'no_token' ? pops : 'off';
  render(<MonitorApp labels={labels} mayReject={mayReject === 'true'} own={own} pops={{ mode, operator }} />, place);
}
