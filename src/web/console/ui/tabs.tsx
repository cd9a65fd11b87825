interface TabsProps<T extends string> {
  /** Of all views, for screen readers. */
  label: string;
  /** In their order. `href`: its address. */
  tabs: readonly { view: T; name: string; href: string }[];
  shown: T;
}

/** Links between the views of a page. */
export function Tabs<T extends string>({ label, tabs, shown }: TabsProps<T>) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ view, name, href }) => (
        <a key={view} href={href} aria-current={view === shown ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
