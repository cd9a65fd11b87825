import type { DoctorTexts } from '../../texts/en/doctor.js';
import { loadTexts } from '../texts.js';

export const doctorTexts = await loadTexts(
  import.meta.glob<DoctorTexts>('../../texts/*/doctor.ts', { import: 'doctorTexts' }),
);
