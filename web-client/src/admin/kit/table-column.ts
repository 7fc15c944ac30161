import type { ReactNode } from 'react';

/** One column of a table, and one line of a row's card on a phone. */
export interface TableColumn<Row> {
  key: string;
  title: string;
  /** What stands in its cell. */
  value: (row: Row) => ReactNode;
  /** What is searched and sorted of it; only asked for where all rows are on the page (`rows`). */
  text?: (row: Row) => string | number | null;
  /** Whether one can sort by it; the platform has to know its key where it makes the pages. */
  sort?: boolean;
  filter?: {
    options: readonly { value: string; label: string }[];
    /** A row's own values; only asked for where all rows are on the page. */
    of?: (row: Row) => string | readonly string[] | null;
  };
  align?: 'end';
  /** Not on a phone's cards. */
  wideOnly?: boolean;
}

/** What to begin with where there is nothing yet. */
export interface TableEmpty {
  title: string;
  hint?: string;
  action?: ReactNode;
}
