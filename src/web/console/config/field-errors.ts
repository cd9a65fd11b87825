import { useState } from 'preact/hooks';
import type { ApiFailure, FieldError } from '../api/client.js';
import { showFailure, showProblem } from '../ui/toasts.js';
import { fieldErrorText, problemText } from './problems.js';

export interface FieldErrors {
  /** What is wrong with a field of the request, such as `body.name`. */
  errorOf: (field: string) => string | undefined;
  /** Shows a refusal: at the fields that are wrong, or else as a message. */
  show: (refusal: Pick<ApiFailure, 'errors' | 'status' | 'code' | 'params' | 'detail'>) => void;
  clear: () => void;
}

/** The errors of a form that sends one request. */
export function useFieldErrors(): FieldErrors {
  const [errors, setErrors] = useState<FieldError[]>([]);
  return {
    errorOf: (field) => {
      const error = errors.find((each) => each.field === field);
      return error && fieldErrorText(error);
    },
    show: (refusal) => {
      setErrors(refusal.errors);
      if (refusal.errors.length > 0) return;
      if (refusal.code === undefined) showFailure(refusal.status);
      else showProblem(problemText(refusal));
    },
    clear: () => setErrors([]),
  };
}
