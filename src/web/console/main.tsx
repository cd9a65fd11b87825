import { render } from 'preact';
import { ConsoleApp } from './app.js';
import './styles/console.css';
import './styles/now.css';

const place = document.getElementById('app');
if (place !== null) {
  place.replaceChildren();
  render(<ConsoleApp />, place);
}
