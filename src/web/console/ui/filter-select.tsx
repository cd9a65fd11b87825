interface FilterSelectProps {
  label: string;
  /** Empty: no condition. */
  value: string;
  /** Name of the option without a condition. */
  all: string;
  options: readonly (readonly [value: string, name: string])[];
  onChoose: (value: string) => void;
}

/** One condition of a list's filter. */
export function FilterSelect({ label, value, all, options, onChoose }: FilterSelectProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{all}</option>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
