/** What becomes of rows that a list brought before and has no more. */
export const ROSTER_MISSING = [
  `alter table roster_import add column missing text not null default 'keep'
    check (missing in ('keep', 'archive'))`,
];
